"""The story of a class as its people click through it: windows, quizzes answered by their words, files read back."""

import csv
import json
import re
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from io import BytesIO, StringIO
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET
from zipfile import ZipFile

from playwright.sync_api import Page, expect
from reliability.server import ROOT, Server, environment
from support import visitor
from support.banks import SOURCING
from support.cast import PASSWORD
from support.visitor import LAPTOP, PHONE, Visitor, log_in

BANK, QUIZ, PRACTICE, COURSE = "sourcing-story", "Week 47", "Ready for the exam", "Sourcing, autumn"
HANDOVER, WAGES = "Handover", "Monthly wages"
"""What is right at first, and what is right once the teacher has edited the bank."""

REASON = "The source says that wages are forgotten first."
MINUTES, QUESTIONS = 20, 5

_AS_TAUGHT = (
    ("id: sourcing-test", f"id: {BANK}"),
    ("right: The cost of transition", f"right: {HANDOVER}"),
    ("text: The supplier's hourly rate", f"text: {WAGES}"),
)
MISTAKES = (
    ("source: lecture", "source: lectur"),
    ("| control | Direct control |", "| controll | Direct control |"),
    ("back: Total cost of ownership, both-ways", "back: Total cost of ownership, both-way"),
)
"""What is right in the file, and what the teacher wrote instead."""

SWAP = ((f"right: {HANDOVER}", f"right: {WAGES}"), (f"text: {WAGES}", f"text: {HANDOVER}"))
SHEET = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


@dataclass
class Story:
    """The site, everybody's windows, and the addresses that are found on the way."""

    server: Server
    visitor: Visitor
    teacher: Page
    places: dict[str, str] = field(default_factory=dict)

    def student(self, path: str = "/") -> Page:
        """Open a window on a phone."""
        return self.visitor.open(path, size=PHONE)

    def quiet(self) -> None:
        """Fail if a window has complained, of an error or of what its security policy forbids."""
        heard, self.visitor.complaints[:] = list(self.visitor.complaints), []
        assert [each for each in heard if not any(words in each for words in self.visitor.forgiven)] == []


def appoint(server: Server, email: str, role: str) -> None:
    """Make an account as whoever runs the site does."""
    subprocess.run(  # noqa: S603 -- this Python, this program
        [sys.executable, "-m", "quizapp", "user", "add", email, "--role", role, "--password-stdin"],
        cwd=ROOT,
        env=environment(server.folder, server.url),
        input=f"{PASSWORD}\n",
        text=True,
        capture_output=True,
        check=True,
    )


def write_flawed(folder: Path) -> tuple[Path, list[int]]:
    """Write the bank with its mistakes, and tell in which lines they are."""
    content = _replaced(SOURCING, _AS_TAUGHT)
    lines = [content[: content.index(right)].count("\n") + 1 for right, _wrong in MISTAKES]
    path = folder / f"{BANK}.yaml"
    path.write_text(_replaced(content, MISTAKES), encoding="utf-8")
    return path, lines


def rewrite(page: Page, changes: Sequence[tuple[str, str]]) -> None:
    """Type other words into the editor."""
    text = page.get_by_label("Text of")
    text.fill(_replaced(text.input_value(), changes))


def sign_up(page: Page, name: str) -> None:
    """Fill in the page for a new account."""
    page.get_by_label("Name").fill(name)
    page.get_by_label("E-mail address").fill(f"{name.lower()}@example.org")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Make my account").click()


def examine(page: Page) -> None:
    """Examine a page as it is, and as wide as on a phone and a laptop."""
    own = page.viewport_size
    assert own is not None
    for width, height in dict.fromkeys(((own["width"], own["height"]), PHONE, LAPTOP)):
        page.set_viewport_size({"width": width, "height": height})
        visitor.examine(page)
    page.set_viewport_size(own)


def local_time(after: timedelta) -> str:
    """Write a moment from now on as a field for date and time takes it, in a course whose zone is UTC."""
    return f"{datetime.now(UTC) + after:%Y-%m-%dT%H:%M}"


def answer_quiz(page: Page, costs: str) -> str:
    """Answer the question of a quiz that is open, the one about costs with these words, and give what was chosen."""
    slot = page.url
    expect(page.locator("[data-question]")).to_be_visible()
    options = page.locator("label.option")
    if options.count():
        own = options.filter(has_text=costs)
        (own if own.count() else options).first.click()
        given = page.locator("label.option:has(input:checked) .option__text").inner_text()
    else:
        given = "service level agreement"
        page.locator("input[name=text]").fill(given)
    page.get_by_role("button", name="Save").click()
    expect(page).not_to_have_url(slot)
    return given


def given_in(page: Page) -> str:
    """Read what is chosen or written in the question that is open."""
    if page.locator("label.option").count():
        return page.locator("label.option:has(input:checked) .option__text").inner_text()
    return page.locator("input[name=text]").input_value()


def practise(page: Page, turns: int) -> None:
    """Answer questions of a practice, most of them by not knowing."""
    for _turn in range(turns):
        expect(page.locator("[data-question]")).to_be_visible()
        if page.locator("button.option").count():
            page.locator("button.option").first.click()
        else:
            page.locator("label.toggle").click()
            page.locator("form.answer button[data-key=Enter]").click()
        expect(page.locator("[data-verdict]")).to_be_visible()
        page.locator("[data-verdict] [data-next]").click()
        expect(page.locator("[data-verdict]")).to_have_count(0)


def minutes_left(page: Page) -> float:
    """Read how long the clock of an attempt runs."""
    clock = page.locator("count-down")
    ends, now = (datetime.fromisoformat(clock.get_attribute(name) or "") for name in ("data-deadline", "data-now"))
    return (ends - now).total_seconds() / 60


def ends_at(page: Page) -> str:
    """Read when the attempt that is open ends."""
    return page.locator("count-down").get_attribute("data-deadline") or ""


def downloaded(page: Page, label: str) -> bytes:
    """Take a file by its link."""
    with page.expect_download() as caught:
        page.get_by_role("link", name=label, exact=True).click()
    assert re.fullmatch(r"grades-sourcing-autumn-[0-9-]{10}\.(csv|xlsx|json)", caught.value.suggested_filename)
    return Path(caught.value.path()).read_bytes()


def csv_rows(data: bytes) -> list[dict[str, str]]:
    """Read a table by its head."""
    return list(csv.DictReader(StringIO(data.decode("utf-8-sig"), newline="")))


def sheet_rows(data: bytes, sheet: int) -> list[dict[str, str]]:
    """Read a sheet of a workbook by its head."""
    head, *rows = _cells(data, sheet)
    return [dict(zip(head, row, strict=True)) for row in rows]


def json_book(data: bytes) -> dict[str, Any]:
    """Read the grades with all that lies below them."""
    book = json.loads(data)
    assert isinstance(book, dict)
    return book


@contextmanager
def served(server: Server, visitor: Visitor) -> Iterator[Story]:
    """Appoint the teacher and open their window."""
    appoint(server, "teacher@example.org", "instructor")
    page = visitor.open("/", size=LAPTOP)
    log_in(page, "teacher")
    yield Story(server, visitor, page)


def _replaced(content: str, changes: Sequence[tuple[str, str]]) -> str:
    for old, new in changes:
        assert content.count(old) == 1, old
        content = content.replace(old, new)
    return content


def _cells(data: bytes, sheet: int) -> Iterator[list[str]]:
    with ZipFile(BytesIO(data)) as book:
        shared = ["".join(part.itertext()) for part in ET.fromstring(book.read("xl/sharedStrings.xml"))]  # noqa: S314 -- written here
        rows = ET.fromstring(book.read(f"xl/worksheets/sheet{sheet}.xml")).iter(f"{SHEET}row")  # noqa: S314 -- as above
    for row in rows:
        values = [(cell.get("t"), cell.findtext(f"{SHEET}v", "")) for cell in row]
        yield [shared[int(value)] if kind == "s" else value for kind, value in values]
