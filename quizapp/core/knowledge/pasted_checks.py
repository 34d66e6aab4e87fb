"""What keeps a pasted table from becoming a comparison, each at its line and cell."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from typing import NamedTuple, TypeAlias

from quizapp.core.knowledge.limits import MOST_FACTS, strange_escape
from quizapp.core.knowledge.reading import Problem
from quizapp.core.knowledge.table import NO_FACT
from quizapp.messages import Message, Number, msg

PATH = "table"
"""What problems name as their file; their column counts cells from 1."""

LONGEST_CELL = 5_000
LEAST_CONCEPTS = 2
MOST_CONCEPTS = 60
PASTE_A_PART = msg("paste a part of it")

Row: TypeAlias = tuple[int, list[str]]
"""The line that a row begins on, and its cells."""


def misfits(rows: Sequence[Row], width: int) -> Iterator[Problem]:
    """Give the problems of a table with so many cells in its widest row."""
    return chain(_too_small(rows, width), _names_wanted(rows, width), _odd_cells(rows))


def width_of(cells: Sequence[str]) -> int:
    """Count the cells up to the last that says something."""
    return max((number for number, cell in enumerate(cells, 1) if cell), default=0)


def _too_small(rows: Sequence[Row], width: int) -> Iterator[Problem]:
    if width - 1 < LEAST_CONCEPTS:
        hint = msg("the first row names the concepts, after an empty cell; put a tab, semicolon or comma between cells")
        yield Problem(PATH, rows[0][0], 1, msg("a comparison needs two concepts or more"), hint)
    elif width - 1 > MOST_CONCEPTS:
        said = msg("the table has %(count)d columns; the most is %(most)d", count=width - 1, most=MOST_CONCEPTS)
        yield Problem(PATH, rows[0][0], 1, said, msg("swap rows and columns, or paste a part of it"))
    elif len(rows) == 1:
        said = msg("the table has only its first row")
        yield Problem(PATH, rows[0][0], 1, said, msg("each row below is an attribute"))
    elif (width - 1) * (len(rows) - 1) > MOST_FACTS:
        said = msg("the table has more than %(most)s cells", most=Number(MOST_FACTS))
        yield Problem(PATH, 1, 1, said, PASTE_A_PART)
    elif not any(cell not in {"", NO_FACT} for _, cells in rows[1:] for cell in cells[1:]):
        yield Problem(PATH, rows[1][0], 2, msg("no cell says anything"), msg("write what is true of each concept"))


def _names_wanted(rows: Sequence[Row], width: int) -> Iterator[Problem]:
    """Every column and every row has one name of its own, and a cell for each column."""
    line, head = rows[0][0], rows[0][1] + [""] * width
    yield from _named_once([(line, at, cell) for at, cell in enumerate(head[1:width], 2)], _COLUMN)
    yield from _named_once([(each, 1, cells[0]) for each, cells in rows[1:]], _ROW)
    for each, cells in rows[1:]:
        if len(cells) < width:
            said = msg("the row has %(has)d of %(needs)d values", has=len(cells) - 1, needs=width - 1)
            yield Problem(PATH, each, len(cells) + 1, said, msg("leave a cell empty where there is no such fact"))


class _Says(NamedTuple):
    """What is said of a row or column without a name of its own."""

    nameless: Message
    name_it: Message
    twice: Message


_COLUMN = _Says(
    msg("the column has no name"),
    msg("name the column, or delete it"),
    msg('the column "%(name)s" is there twice, first in cell %(cell)d'),
)
_ROW = _Says(
    msg("the row has no name"),
    msg("name the row, or delete it"),
    msg('the row "%(name)s" is there twice, first on line %(line)d'),
)


def _named_once(places: Iterable[tuple[int, int, str]], says: _Says) -> Iterator[Problem]:
    seen: dict[str, tuple[int, int]] = {}
    for line, column, name in places:
        if not name or name == NO_FACT:
            yield Problem(PATH, line, column, says.nameless, says.name_it)
        elif name.casefold() in seen:
            first, at = seen[name.casefold()]
            said = says.twice.filled(name=name[:60], line=first, cell=at)
            yield Problem(PATH, line, column, said, msg("delete or rename one"))
        seen.setdefault(name.casefold(), (line, column))


def _odd_cells(rows: Sequence[Row]) -> Iterator[Problem]:
    for line, cells in rows:
        for column, cell in enumerate(cells, 1):
            if len(cell) > LONGEST_CELL:
                count, most = Number(len(cell)), Number(LONGEST_CELL)
                said = msg("the cell has %(count)s characters; the most is %(most)s", count=count, most=most)
                yield Problem(PATH, line, column, said, msg("a fact is short: make it several"))
            elif strange := strange_escape(cell):
                yield Problem(PATH, line, column, msg("%(what)s in the cell", what=strange), msg("delete it"))
