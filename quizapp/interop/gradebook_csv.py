"""A table of grades as CSV that spreadsheets open as it is meant: no cell of it is ever a formula."""

import csv
from collections.abc import Sequence
from io import StringIO
from typing import TypeAlias

Cell: TypeAlias = str | float | int | None
"""A text, a number, or nothing."""

_BEGINNINGS = ("=", "+", "-", "@", "\t", "\r", "\n")


def write_csv(head: Sequence[str], rows: Sequence[Sequence[Cell]]) -> bytes:
    """Write UTF-8 with a byte order mark and the lines of RFC 4180.

    A text that a spreadsheet could take for a formula, since it begins with `=`, `+`, `-`, `@`, a tab or the end of a
    line, gets an apostrophe before it (OWASP, "CSV Injection"). Numbers have a point and no other sign but a minus.
    """
    text = StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow([harmless(name) for name in head])
    writer.writerows([[_plain(cell) for cell in row] for row in rows])
    return text.getvalue().encode("utf-8-sig", errors="replace")


def harmless(text: str) -> str:
    """Give a text as a cell that no spreadsheet runs."""
    return f"'{text}" if text.startswith(_BEGINNINGS) else text


def _plain(cell: Cell) -> Cell:
    if isinstance(cell, str):
        return harmless(cell)
    return None if cell is None else round(cell, 4)
