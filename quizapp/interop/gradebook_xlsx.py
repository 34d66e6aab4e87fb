"""Tables of grades as an Excel workbook: texts stay texts, numbers are numbers, the first row and column stay put."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO

from xlsxwriter import Workbook

from quizapp.interop.gradebook_csv import Cell

LONGEST_CELL = 32_767
"""Characters that a cell of a workbook may hold."""

_OPTIONS = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
    "nan_inf_to_errors": True,
}
_UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_WIDEST = 40


@dataclass(frozen=True, slots=True)
class Sheet:
    """One table of a workbook; `name` has at most 31 characters, none of them special."""

    name: str
    head: Sequence[str]
    rows: Sequence[Sequence[Cell]]


def write_xlsx(sheets: Sequence[Sheet], *, title: str, made_at: datetime) -> bytes:
    """Write a workbook with one sheet for each table; characters that XML cannot hold become a replacement mark."""
    target = BytesIO()
    book = Workbook(target, _OPTIONS)
    book.set_properties({"title": _text(title), "created": made_at.replace(tzinfo=None)})
    bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
    number = book.add_format({"num_format": "0.##"})
    for table in sheets:
        sheet = book.add_worksheet(table.name)
        for column, name in enumerate(table.head):
            sheet.write_string(0, column, _text(name), bold)
        for line, row in enumerate(table.rows, 1):
            for column, cell in enumerate(row):
                if isinstance(cell, str):
                    sheet.write_string(line, column, _text(cell))
                elif cell is not None:
                    sheet.write_number(line, column, cell, number)
        for column in range(len(table.head)):
            sheet.set_column(column, column, _width(table, column))
        sheet.freeze_panes(1, 1)
        if table.head:
            sheet.autofilter(0, 0, max(len(table.rows), 1), len(table.head) - 1)
    book.close()
    return target.getvalue()


def _text(text: str) -> str:
    return _UNWRITABLE.sub("\N{REPLACEMENT CHARACTER}", text)[:LONGEST_CELL]


def _width(table: Sheet, column: int) -> int:
    longest = max((len(str(row[column])) for row in table.rows if row[column] is not None), default=0)
    return max(10, min(_WIDEST, max(longest, len(table.head[column])) + 2))
