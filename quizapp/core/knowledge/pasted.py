"""A table pasted from a spreadsheet or a CSV file, made into the knowledge file of one comparison.

The first row names the concepts, the first column the attributes; an empty cell, or one with `-`, says that there is
no such fact. Nothing is guessed: a row of another length, or a name that comes twice, is a problem with its line.
"""

import csv
import json
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from io import StringIO
from itertools import chain
from typing import TypeAlias

from quizapp.core.knowledge.keys import propose_key
from quizapp.core.knowledge.limits import MOST_BYTES, MOST_FACTS, strange_escape
from quizapp.core.knowledge.reading import Problem
from quizapp.core.knowledge.table import NO_FACT

PATH = "table"
"""What problems name as their file; their column counts cells from 1."""

LONGEST_CELL = 5_000
LEAST_CONCEPTS = 2
MOST_CONCEPTS = 60
MOST_SHOWN = 20

_SPACE = re.compile(r"[ \t]*(?:\r\n|\r|\n)\s*|\t+")
_PLAIN = re.compile(r"[^\W_][\w ()/'%+.,;–—-]*")
_WIDEST_CELL = 200
"""Longer texts are written below the table: with `MOST_CONCEPTS` of these no row is longer than a line may be."""
_ROW: TypeAlias = tuple[int, list[str]]


@dataclass(frozen=True, slots=True)
class Named:
    """A concept or attribute as it was pasted, with the key proposed for it."""

    key: str
    name: str


@dataclass(frozen=True, slots=True)
class Pasted:
    """A table that can become a comparison: `rows` holds, for each attribute, a text for each concept or none ("").

    `corner` is what the first cell said, often nothing.
    """

    corner: str
    concepts: tuple[Named, ...]
    attributes: tuple[Named, ...]
    rows: tuple[tuple[str, ...], ...]

    @property
    def facts(self) -> int:
        """Count the cells that say something."""
        return sum(1 for row in self.rows for cell in row if cell)


def table_of(text: str) -> Pasted | tuple[Problem, ...]:
    """Read a pasted table: tabs between cells, else semicolons or commas, quotes round cells that hold them.

    Line breaks inside a cell become spaces. Never raises on any text.
    """
    if len(text) > MOST_BYTES:
        return (Problem(PATH, 1, 1, f"the table has more than {MOST_BYTES:,} characters", "paste a part of it"),)
    try:
        rows = list(_rows(text))
    except csv.Error as error:
        return (Problem(PATH, 1, 1, f"the table cannot be read: {error}", "paste it from the spreadsheet again"),)
    if not rows:
        return (Problem(PATH, 1, 1, "the table is empty", "the first row names what is compared"),)
    width = max(_width(cells) for _, cells in rows)
    problems = list(chain(_too_small(rows, width), _names_wanted(rows, width), _odd_cells(rows)))
    if problems:
        return tuple(sorted(problems, key=lambda problem: (problem.line, problem.column))[:MOST_SHOWN])
    (_, head), *body = rows
    return Pasted(
        head[0],
        _named(head[1:width]),
        _named(cells[0] for _, cells in body),
        tuple(tuple("" if cell == NO_FACT else cell for cell in cells[1:width]) for _, cells in body),
    )


def source_of(
    pasted: Pasted,
    *,
    bank_id: str,
    language: str,
    title: str,
    comparison: str,
    concepts: Sequence[str] | None = None,
    attributes: Sequence[str] | None = None,
) -> str:
    """Write the knowledge file of a bank with this one comparison; it reads back without a problem.

    `concepts` and `attributes` are keys to use instead of those proposed, in the table's order. ValueError when their
    number is another; whether they are keys, and all different, is for the reader to say.
    """
    columns, rows = _keyed(pasted.concepts, concepts), _keyed(pasted.attributes, attributes)
    pasted = replace(pasted, concepts=columns, attributes=rows)
    lines = [
        "knowledge: 1",
        f"id: {bank_id}",
        f"language: {language}",
        f"title: {_scalar(title)}",
        "",
        "comparisons:",
        f"  {comparison}:",
        f"    title: {_scalar(title)}",
        "    concepts:",
        *(f"      {each.key}: {_scalar(each.name)}" for each in pasted.concepts),
        "    attributes:",
        *(f"      {each.key}: {_attribute(each.name)}" for each in pasted.attributes),
        "    facts: |",
        *(f"      {line}" for line in _table(pasted)),
        *_cells(pasted),
    ]
    return "\n".join(lines) + "\n"


def _rows(text: str) -> Iterator[_ROW]:
    """Give the rows that say something, each with the line it begins on."""
    reader = csv.reader(StringIO(text.removeprefix("\ufeff"), newline=""), delimiter=_delimiter(text))
    line = 1
    for cells in reader:
        tidy = [_SPACE.sub(" ", cell).strip() for cell in cells]
        if any(tidy):
            yield line, tidy
        line = reader.line_num + 1


def _delimiter(text: str) -> str:
    if "\t" in text:
        return "\t"
    first = next((line for line in text.splitlines() if line.strip()), "")
    bare = re.sub(r'"[^"]*"', "", first)
    return ";" if bare.count(";") > bare.count(",") else ","


def _width(cells: Sequence[str]) -> int:
    """Count the cells up to the last that says something."""
    return max((number for number, cell in enumerate(cells, 1) if cell), default=0)


def _too_small(rows: Sequence[_ROW], width: int) -> Iterator[Problem]:
    if width - 1 < LEAST_CONCEPTS:
        hint = "the first row names the concepts, after an empty cell; put a tab, semicolon or comma between cells"
        yield Problem(PATH, rows[0][0], 1, "a comparison needs two concepts or more", hint)
    elif width - 1 > MOST_CONCEPTS:
        said = f"the table has {width - 1} columns; the most is {MOST_CONCEPTS}"
        yield Problem(PATH, rows[0][0], 1, said, "swap rows and columns, or paste a part of it")
    elif len(rows) == 1:
        yield Problem(PATH, rows[0][0], 1, "the table has only its first row", "each row below is an attribute")
    elif (width - 1) * (len(rows) - 1) > MOST_FACTS:
        yield Problem(PATH, 1, 1, f"the table has more than {MOST_FACTS:,} cells", "paste a part of it")
    elif not any(cell not in {"", NO_FACT} for _, cells in rows[1:] for cell in cells[1:]):
        yield Problem(PATH, rows[1][0], 2, "no cell says anything", "write what is true of each concept")


def _names_wanted(rows: Sequence[_ROW], width: int) -> Iterator[Problem]:
    """Every column and every row has one name of its own, and a cell for each column."""
    line, head = rows[0][0], rows[0][1] + [""] * width
    yield from _named_once([(line, at, cell) for at, cell in enumerate(head[1:width], 2)], "column")
    yield from _named_once([(each, 1, cells[0]) for each, cells in rows[1:]], "row")
    for each, cells in rows[1:]:
        if len(cells) < width:
            said = f"the row has {len(cells) - 1} of {width - 1} values"
            yield Problem(PATH, each, len(cells) + 1, said, "leave a cell empty where there is no such fact")


def _named_once(places: Iterable[tuple[int, int, str]], what: str) -> Iterator[Problem]:
    seen: dict[str, tuple[int, int]] = {}
    for line, column, name in places:
        if not name or name == NO_FACT:
            yield Problem(PATH, line, column, f"the {what} has no name", f"name the {what}, or delete it")
        elif name.casefold() in seen:
            first, at = seen[name.casefold()]
            where = f"on line {first}" if what == "row" else f"in cell {at}"
            said = f'the {what} "{name[:60]}" is there twice, first {where}'
            yield Problem(PATH, line, column, said, "delete or rename one")
        seen.setdefault(name.casefold(), (line, column))


def _odd_cells(rows: Sequence[_ROW]) -> Iterator[Problem]:
    for line, cells in rows:
        for column, cell in enumerate(cells, 1):
            if len(cell) > LONGEST_CELL:
                said = f"the cell has {len(cell):,} characters; the most is {LONGEST_CELL:,}"
                yield Problem(PATH, line, column, said, "a fact is short: make it several")
            elif strange := strange_escape(cell):
                yield Problem(PATH, line, column, f"{strange} in the cell", "delete it")


def _named(names: Iterable[str]) -> tuple[Named, ...]:
    found: dict[str, Named] = {}
    for name in names:
        key = propose_key(name, found)
        found[key] = Named(key, name)
    return tuple(found.values())


def _keyed(named: tuple[Named, ...], keys: Sequence[str] | None) -> tuple[Named, ...]:
    if keys is None:
        return named
    if len(keys) != len(named):
        raise ValueError(f"{len(keys)} keys for {len(named)} names")
    return tuple(replace(each, key=key) for each, key in zip(named, keys, strict=True))


def _scalar(text: str) -> str:
    """Write a text plain where nobody could read it otherwise, else in double quotes."""
    return text if _PLAIN.fullmatch(text) and text == text.strip() else json.dumps(text, ensure_ascii=False)


def _attribute(name: str) -> str:
    """Write a row's name; one that asks about its concept is a question already."""
    return _scalar(name) if "{concept}" in name else f"{{name: {json.dumps(name, ensure_ascii=False)}}}"


def _table(pasted: Pasted) -> list[str]:
    grid = [["", *(each.key for each in pasted.concepts)]]
    for each, row in zip(pasted.attributes, pasted.rows, strict=True):
        grid.append([each.key, *("" if _is_long(cell) else _barred(cell) for cell in row)])
    widths = [min(max(len(line[at]) for line in grid), 40) for at in range(len(grid[0]))]
    return [
        "| " + " | ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)) + " |" for line in grid
    ]


def _cells(pasted: Pasted) -> list[str]:
    """Write the texts that are too long for a table."""
    lines: list[str] = []
    for each, row in zip(pasted.attributes, pasted.rows, strict=True):
        long = [(concept.key, cell) for concept, cell in zip(pasted.concepts, row, strict=True) if _is_long(cell)]
        lines += [f"      {each.key}:"] if long else []
        lines += [f"        {key}: {_scalar(cell)}" for key, cell in long]
    return ["    cells:", *lines] if lines else []


def _is_long(cell: str) -> bool:
    return len(_barred(cell)) > _WIDEST_CELL


def _barred(cell: str) -> str:
    return cell.replace("|", "\\|") or NO_FACT
