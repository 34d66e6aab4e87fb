"""Rosters: a list of students as a file or pasted, read line by line, tried without changes, then taken as a whole."""

import csv
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from quizapp.actions import audit
from quizapp.actions.account_fields import checked_email, checked_name
from quizapp.actions.enrolling import enrol, hold, refuse_archived
from quizapp.actions.errors import Refused
from quizapp.messages import msg
from quizapp.store import models

MOST_LINES = 2000
MOST_BYTES = 1024 * 1024
ENROL, THERE, RESTORE, INVITE, EXPECTED, ERROR = "enrol", "there", "restore", "invite", "expected", "error"
"""What becomes of a line: enrolled, in the course already, brought back, invited, invited already, or wrong."""

_AT_ONCE = 500
_DELIMITERS = "\t;,"
_EMAIL = frozenset({"email", "e-mail", "mail", "email address", "e-mail address"})
_EMAIL |= {"epost", "e-post", "e-postadress", "e-postadresse", "e-mail-adresse", "sähköposti", "sähköpostiosoite"}
_NAME = frozenset({"name", "full name", "student", "student name", "namn", "navn", "nimi", "opiskelija"})
_FIRST = frozenset({"first name", "given name", "firstname", "förnamn", "vorname", "etunimi", "fornavn"})
_LAST = frozenset({"last name", "surname", "family name", "lastname"})
_LAST |= {"efternamn", "nachname", "familienname", "sukunimi", "etternavn"}
"""What the columns are called in exports, in the languages of the pages."""


@dataclass(frozen=True, slots=True)
class Line:
    """One student of a roster, by the number of their line in it, and what becomes of them or what is wrong."""

    number: int
    email: str
    name: str
    outcome: str = ""
    problem: str = ""


@dataclass(frozen=True, slots=True)
class Columns:
    """Where a roster's header says that things stand; None where it does not."""

    email: int
    name: int | None
    first: int | None
    last: int | None


def text_of(data: bytes) -> str:
    """Read the bytes of a roster's file; Refused where they are too many or no text."""
    if len(data) > MOST_BYTES:
        raise Refused("A roster has at most 1 MB.", "file")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise Refused("This is not a text in UTF-8. In a spreadsheet, save it as “CSV UTF-8”.", "file") from None
    if "\0" in text:
        raise Refused("This is not a text. In a spreadsheet, save it as “CSV UTF-8”.", "file")
    return text


def try_roster(session: Session, course_id: int, text: str) -> list[Line]:
    """Say for each line of a roster what taking it would do, changing nothing; Refused if it cannot be read at all."""
    lines = _unlike(read_roster(text))
    people = _people(session, [line.email for line in lines if not line.problem])
    parts = _parts(session, course_id)
    expected = set(session.scalars(select(models.Invitation.email).where(models.Invitation.course_id == course_id)))
    return [_judged(line, people, parts, expected) for line in lines]


def take_roster(session: Session, user: models.User, course_id: int, text: str, *, now: datetime) -> list[Line]:
    """Do what `try_roster` says, all of it or, if one line is wrong, nothing; nobody is removed by it."""
    place = hold(session, user, course_id, "instructor")
    refuse_archived(place.course)
    lines = try_roster(session, course_id, text)
    wrong = sum(line.outcome == ERROR for line in lines)
    if wrong:
        raise Refused("Nobody was enrolled: first mend the lines that are wrong.", "text")
    people = _people(session, [line.email for line in lines])
    for line in lines:
        if line.outcome == RESTORE:
            enrol(session, course_id, people[line.email], "student", now=now)
        elif line.outcome == ENROL:
            part = {"course_id": course_id, "user_id": people[line.email], "role": "student"}
            session.add(models.Enrolment(**part, joined_at=now))
        elif line.outcome == INVITE:
            expected = {"course_id": course_id, "email": line.email, "name": line.name}
            session.add(models.Invitation(**expected, created_at=now))
    counts = {outcome: sum(line.outcome == outcome for line in lines) for outcome in (ENROL, RESTORE, INVITE)}
    audit.enter(session, user, "roster.import", place.course.name, now=now, course_id=course_id, detail=counts)
    session.flush()
    return lines


def read_roster(text: str) -> list[Line]:
    """Read the lines of a roster: columns by its header, or else the cell with an @ and a name from the others."""
    if len(text.encode()) > MOST_BYTES:
        raise Refused("A roster has at most 1 MB.", "text")
    rows = _rows(text.removeprefix("\ufeff"))
    if not rows:
        raise Refused("There is nothing in this roster.", "text")
    columns = _columns(rows[0][1])
    body = rows if columns is None else rows[1:]
    if not body:
        raise Refused("There is only a header in this roster.", "text")
    if len(body) > MOST_LINES:
        raise Refused("A roster has at most 2,000 lines: split it.", "text")
    return [_line(number, cells, columns) for number, cells in body]


def _rows(text: str) -> list[tuple[int, list[str]]]:
    """Split a text into numbered rows of cells, without empty ones."""
    first = next((line for line in text.splitlines() if line.strip()), "")
    delimiter = max(_DELIMITERS, key=first.count) if any(sign in first for sign in _DELIMITERS) else ","
    reader = csv.reader(text.splitlines(keepends=True), delimiter=delimiter, strict=True)
    rows, begin = [], 1
    try:
        for row in reader:
            cells = [" ".join(cell.split()) for cell in row]
            if any(cells):
                rows.append((begin, cells))
            begin = reader.line_num + 1
    except csv.Error:
        reason = msg("The quotation marks in line %(line)d do not close as they should.", line=begin)
        raise Refused(reason, "text") from None
    return rows


def _columns(cells: Sequence[str]) -> Columns | None:
    names = [cell.casefold() for cell in cells]

    def at(known: frozenset[str]) -> int | None:
        return next((place for place, name in enumerate(names) if name in known), None)

    email = at(_EMAIL)
    return None if email is None else Columns(email, at(_NAME), at(_FIRST), at(_LAST))


def _line(number: int, cells: Sequence[str], columns: Columns | None) -> Line:
    def cell(place: int | None) -> str:
        return cells[place] if place is not None and place < len(cells) else ""

    if columns is None:
        email = next((text for text in cells if "@" in text), "")
        name = " ".join(text for text in cells if text and text != email)
    else:
        email = cell(columns.email)
        name = cell(columns.name) or f"{cell(columns.first)} {cell(columns.last)}".strip()
    if not email:
        return Line(number, "", name, ERROR, msg("There is no e-mail address in this line."))
    try:
        return Line(number, checked_email(email), checked_name(name) if name else "")
    except Refused as refused:
        return Line(number, email, name, ERROR, refused.reason)


def _unlike(lines: Sequence[Line]) -> list[Line]:
    """Mark each line that names somebody named before."""
    seen: dict[str, int] = {}
    marked = []
    for line in lines:
        before = None if line.problem else seen.setdefault(line.email, line.number)
        again = before is not None and before != line.number
        if again:
            problem = msg("The same address stands in line %(line)d.", line=before)
            marked.append(replace(line, outcome=ERROR, problem=problem))
        else:
            marked.append(line)
    return marked


def _people(session: Session, addresses: Sequence[str]) -> dict[str, int]:
    """Give the row ids of the accounts by address."""
    found: dict[str, int] = {}
    for start in range(0, len(addresses), _AT_ONCE):
        part = addresses[start : start + _AT_ONCE]
        address = func.lower(models.User.email)
        rows = session.execute(select(address, models.User.id).where(address.in_(part)))
        found.update(dict(rows.all()))
    return found


def _parts(session: Session, course_id: int) -> dict[int, bool]:
    """Say of everybody who is or was in a course whether they are."""
    query = select(models.Enrolment.user_id, models.Enrolment.removed_at).where(models.Enrolment.course_id == course_id)
    return {user: removed is None for user, removed in session.execute(query)}


def _judged(line: Line, people: Mapping[str, int], parts: Mapping[int, bool], expected: set[str]) -> Line:
    if line.problem:
        return line
    person = people.get(line.email)
    if person is None:
        return replace(line, outcome=EXPECTED if line.email in expected else INVITE)
    if person not in parts:
        return replace(line, outcome=ENROL)
    return replace(line, outcome=THERE if parts[person] else RESTORE)
