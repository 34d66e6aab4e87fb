r"""Pipe tables inside a block text: attributes down, concepts across, `\|` for a bar, `-` for "no such fact"."""

import re
from collections.abc import Iterator, Mapping
from typing import NamedTuple, TypeAlias

from quizapp.core.knowledge.problems import Problems, show
from quizapp.core.knowledge.tree import Node, Scalar
from quizapp.messages import Message, msg

NO_FACT = "-"

_BAR = re.compile(r"(?<!\\)\|")
_RULE = re.compile(r" *\|(?: *:?-{2,}:? *\|)+ *")

Cells: TypeAlias = dict[tuple[str, str], Scalar]


class Table(NamedTuple):
    """The cells of a table by attribute and concept; `whole` when no row or column had to be left out."""

    cells: Cells
    whole: bool


def read_table(node: Node, attributes: Mapping[str, str], concepts: Mapping[str, str], problems: Problems) -> Table:
    """Read the table of a comparison whose attributes and concepts map keys to names.

    Rows and columns may be missing and cells empty: what must be there is for the caller to say.
    """
    if not isinstance(node, Scalar) or node.style != "|":
        hint = msg("write facts: | and the table on the lines below")
        problems.at(node, msg("facts must be a table in a block text"), hint)
        return Table({}, whole=False)
    before = len(problems)
    rows = _rows(node, problems)
    header = next(rows, None)
    if header is None:
        if len(problems) == before:
            problems.at(node, msg("the table is empty"), msg("begin it with a header such as | | in | out |"))
        return Table({}, whole=False)
    columns = _header(_cells(*header), concepts, problems)
    cells: Cells = {}
    seen: set[str] = set()
    for line, parts in rows:
        if problems.full or not _fits(line, parts, len(columns), problems):
            continue
        key, *values = _cells(line, parts)
        if key.text in seen:
            message = msg("the row %(key)s is there twice", key=show(key.text))
            problems.at(key, message, msg("delete or rename one"))
        elif _known(key, attributes, _ROW, problems):
            cells.update(((key.text, column), cell) for column, cell in zip(columns, values, strict=True) if column)
        seen.add(key.text)
    return Table(cells, whole=len(problems) == before)


def _rows(node: Scalar, problems: Problems) -> Iterator[tuple[int, list[str]]]:
    """Give the line and the parts between bars of each row, as far as they are rows."""
    count = node.text.rstrip("\n").count("\n") + 1 if node.text.strip() else 0
    number = 0
    for line in range(node.line + 1, node.line + 1 + count):
        text = problems.lines[line].replace("\t", " ")
        if not text or text.isspace() or (number == 1 and _RULE.fullmatch(text)):
            continue
        parts = _BAR.split(text) if "\\" in text else text.split("|")
        if parts[0].strip() or parts[-1].strip() or len(parts) < 3:  # noqa: PLR2004 - a bar on either side of one cell
            column = len(text) - len(text.lstrip())
            hint = msg("write | before and after every cell")
            problems.add(line, column, msg("a row of a table begins and ends with |"), hint)
        else:
            number += 1
            yield line, parts


def _cells(line: int, parts: list[str]) -> list[Scalar]:
    column = len(parts[0]) + 1
    cells = []
    for part in parts[1:-1]:
        cell = part.strip()
        start = column + (len(part) - len(part.lstrip()) if cell else min(1, len(part)))
        cells.append(Scalar(line, start, cell.replace("\\|", "|") if "\\" in cell else cell))
        column += len(part) + 1
    return cells


def _fits(line: int, parts: list[str], needs: int, problems: Problems) -> bool:
    has = len(parts) - 3
    if has == needs:
        return True
    row = show(parts[1].strip())
    if has > needs:
        hint = msg("write \\| for a bar inside a cell")
        message = msg("the row %(row)s has %(has)d values for %(needs)d concepts", row=row, has=has, needs=needs)
    else:
        hint = msg("write - in a cell where there is no such fact")
        message = msg("the row %(row)s has %(has)d of %(needs)d values", row=row, has=has, needs=needs)
    before = parts[: min(needs + 2, len(parts) - 2)]
    column = sum(len(part) + 1 for part in before) + 1
    problems.add(line, column, message, hint)
    return False


def _header(header: list[Scalar], concepts: Mapping[str, str], problems: Problems) -> list[str]:
    corner, *names = header
    if corner.text:
        hint = msg("the header names the concepts only")
        problems.at(corner, msg("the first cell of the header must be empty"), hint)
    columns: list[str] = []
    seen: set[str] = set()
    for cell in names:
        if cell.text in seen:
            message = msg("the column %(key)s is there twice", key=show(cell.text))
            problems.at(cell, message, msg("delete or rename one"))
            columns.append("")
        else:
            columns.append(cell.text if _known(cell, concepts, _COLUMN, problems) else "")
        seen.add(cell.text)
    return columns


def _known(cell: Scalar, names: Mapping[str, str], says: "_Says", problems: Problems) -> bool:
    if cell.text in names:
        return True
    by_name = [] if problems.full else [key for key, name in names.items() if name.casefold() == cell.text.casefold()]
    hint = msg("write its id: %(key)s", key=by_name[0]) if by_name else says.add
    problems.at(cell, says.unknown.filled(key=show(cell.text)), hint, None if by_name else (cell.text, names))
    return False


class _Says(NamedTuple):
    """What is said of an id in the table that is none of the comparison's."""

    unknown: Message
    add: Message


_ROW = _Says(
    msg("the row %(key)s is not an attribute"),
    msg("add an attribute with this id, or delete the row"),
)
_COLUMN = _Says(
    msg("the column %(key)s is not a concept"),
    msg("add a concept with this id, or delete the column"),
)
