"""Files of grades hold what they were given, and no text in them is ever run."""

import csv
import json
import re
from datetime import UTC, datetime
from hashlib import sha256
from io import BytesIO, StringIO
from xml.etree import ElementTree as ET
from zipfile import ZipFile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizapp.interop.gradebook_csv import Cell, harmless, write_csv
from quizapp.interop.gradebook_json import FORMAT, Gradebook, reference, write_json
from quizapp.interop.gradebook_xlsx import Sheet, write_xlsx

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
HOSTILE = [
    '=HYPERLINK("https://example.org","click")',
    "=1+1",
    "+46 70 123 45 67",
    "-2+3+cmd|' /C calc'!A0",
    "@SUM(A1:A9)",
    "\t=1+1",
    "\r=1+1",
    "\n=1+1",
    "{=1+1}",
    "https://example.org/x",
    "internal:Sheet2!A1",
    "mailto:a@example.org",
    'Comma, "quotes" and\nlines',
    "Åsa Öberg 🎓 — 李",
    "</t><f>1+1</f>",
    "&amp;",
    "007",
    "1e5",
    "\x00\x07bell",
    "\ud800 half a letter",
    " spaces ",
    "",
]
SPACE = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


def parsed(data: bytes) -> list[list[str]]:
    return list(csv.reader(StringIO(data.decode("utf-8-sig"), newline=""), strict=True))


def parts(data: bytes) -> dict[str, ET.Element]:
    with ZipFile(BytesIO(data)) as book:
        return {name: ET.fromstring(book.read(name)) for name in book.namelist()}  # noqa: S314 -- written here


def cells(data: bytes, sheet: int = 1) -> list[list[str]]:
    """Read a sheet's cells as texts, the shared ones looked up."""
    found = parts(data)
    shared = ["".join(part.itertext()) for part in found["xl/sharedStrings.xml"]]
    rows = []
    for row in found[f"xl/worksheets/sheet{sheet}.xml"].iter(f"{SPACE}row"):
        texts = []
        for cell in row:
            value = cell.findtext(f"{SPACE}v", "")
            texts.append(shared[int(value)] if cell.get("t") == "s" else value)
        rows.append(texts)
    return rows


@pytest.mark.parametrize("name", HOSTILE)
def test_no_cell_of_a_csv_begins_like_a_formula(name: str) -> None:
    head, row = parsed(write_csv([name], [[name, 1]]))[0], parsed(write_csv(["Name", "Points"], [[name, 1]]))[1]
    for cell in (head[0] if head else "", row[0]):
        assert not cell.startswith(("=", "+", "-", "@", "\t", "\r", "\n"))
        assert cell.removeprefix("'").encode(errors="replace") == name.removeprefix("'").encode(errors="replace")


@given(
    st.lists(
        st.lists(
            st.one_of(st.text(alphabet=st.characters(exclude_categories=["Cs"])), st.integers(-99, 99)),
            min_size=2,
            max_size=2,
        )
    )
)
def test_a_csv_gives_back_what_was_written(rows: list[list[str | int]]) -> None:
    written = write_csv(["One", "Two"], rows)
    assert written.startswith(b"\xef\xbb\xbfOne,Two\r\n")
    expected = [[harmless(cell) if isinstance(cell, str) else str(cell) for cell in row] for row in rows]
    assert parsed(written)[1:] == expected


def test_numbers_in_a_csv_are_numbers() -> None:
    row: list[Cell] = [-1, 2.5, 1 / 3, 0.1 + 0.2, None, ""]
    assert write_csv(["a"] * 6, [row]).decode("utf-8-sig").splitlines()[1] == "-1,2.5,0.3333,0.3,,"


def test_a_workbook_holds_texts_numbers_and_no_formula_and_no_link() -> None:
    rows: list[list[Cell]] = [[name, 2.5, None] for name in HOSTILE]
    data = write_xlsx([Sheet("Grades", ["Name", "=1+1", "Empty"], rows)], title="=1+1", made_at=NOW)
    found = parts(data)
    tags = {element.tag for part in found.values() for element in part.iter()}
    assert not [tag for tag in tags if tag.endswith(("}f", "}hyperlink", "}ddeLink", "}externalLink"))]
    assert not [name for name in found if re.search("external|vba|hyperlink", name, re.IGNORECASE)]
    read = cells(data)
    assert read[0] == ["Name", "=1+1", "Empty"]
    texts = [name.replace("\x00", "\ufffd").replace("\x07", "\ufffd").replace("\ud800", "\ufffd") for name in HOSTILE]
    shown = [row[0] if len(row) > 1 else "" for row in read[1:]]
    for wanted, text in zip(texts, shown, strict=True):
        assert _unescaped(text) == wanted
    assert {row[-1] for row in read[1:]} == {"2.5"}


def test_a_workbook_has_a_sheet_for_each_table_and_keeps_its_head_in_view() -> None:
    data = write_xlsx(
        [Sheet("Grades", ["Name"], [["Åsa"]]), Sheet("Attempts", ["Name"], [])], title="Grades", made_at=NOW
    )
    assert cells(data, 2) == [["Name"]]
    pane = next(parts(data)["xl/worksheets/sheet1.xml"].iter(f"{SPACE}pane"))
    assert (pane.get("xSplit"), pane.get("ySplit"), pane.get("state")) == ("1", "1", "frozen")


def test_a_text_longer_than_a_cell_is_cut() -> None:
    data = write_xlsx([Sheet("Grades", ["Name"], [["x" * 40_000]])], title="", made_at=NOW)
    assert cells(data)[1] == ["x" * 32_767]


def test_json_says_its_format_and_version_and_loses_nothing() -> None:
    rows = [{"id": at, "name": name} for at, name in enumerate(HOSTILE) if "\ud800" not in name]
    book = Gradebook(
        "2026-03-02T09:00:00+00:00", {"id": 1}, rows, [], [], [], [{"points": 1 / 3, "marks": {"1": None}}]
    )
    read = json.loads(write_json(book))
    assert (read["format"], read["version"]) == (FORMAT, 1)
    assert read["people"] == rows
    assert read["grades"] == [{"points": 1 / 3, "marks": {"1": None}}]


def test_an_item_is_named_by_what_was_shown() -> None:
    shown = {"v": 1, "head": {"stem": "Vad står Ö för?"}}
    assert reference(shown) == reference({"head": {"stem": "Vad står Ö för?"}, "v": 1}) != reference({"v": 2})
    written = b'{"head":{"stem":"Vad st\\u00e5r \\u00d6 f\\u00f6r?"},"v":1}'
    assert reference(shown) == sha256(written).hexdigest()


def _unescaped(text: str) -> str:
    """Read the escapes that a workbook writes for characters which XML would change."""
    return re.sub("_x([0-9A-F]{4})_", lambda code: chr(int(code[1], 16)), text)
