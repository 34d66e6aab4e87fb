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

from quizapp.core.knowledge.keys import propose_key
from quizapp.core.knowledge.limits import MOST_BYTES
from quizapp.core.knowledge.pasted_checks import LONGEST_CELL, PASTE_A_PART, PATH, Row, misfits, width_of
from quizapp.core.knowledge.reading import Problem
from quizapp.core.knowledge.table import NO_FACT
from quizapp.messages import Number, msg

__all__ = ["LONGEST_CELL", "PATH", "Named", "Pasted", "source_of", "table_of"]

MOST_SHOWN = 20

_SPACE = re.compile(r"[ \t]*(?:\r\n|\r|\n)\s*|\t+")
_PLAIN = re.compile(r"[^\W_][\w ()/'%+.,;–—-]*")
_WIDEST_CELL = 200
"""Longer texts are written below the table: with the most concepts of these no row is longer than a line may be."""


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
        said = msg("the table has more than %(most)s characters", most=Number(MOST_BYTES))
        return (Problem(PATH, 1, 1, said, PASTE_A_PART),)
    try:
        rows = list(_rows(text))
    except csv.Error as error:
        said = msg("the table cannot be read: %(error)s", error=str(error))
        return (Problem(PATH, 1, 1, said, msg("paste it from the spreadsheet again")),)
    if not rows:
        return (Problem(PATH, 1, 1, msg("the table is empty"), msg("the first row names what is compared")),)
    width = max(width_of(cells) for _, cells in rows)
    problems = list(misfits(rows, width))
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


def _rows(text: str) -> Iterator[Row]:
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
