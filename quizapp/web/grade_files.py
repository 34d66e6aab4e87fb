"""The grades of a course as files: a table for spreadsheets, a workbook, and JSON with everything."""

import re
import unicodedata
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from flask import Blueprint, Response

from quizapp.actions.access import Seat
from quizapp.interop.gradebook_csv import Cell, write_csv
from quizapp.interop.gradebook_json import write_json
from quizapp.interop.gradebook_xlsx import Sheet, write_xlsx
from quizapp.store import grades, grades_archive
from quizapp.store.db import db
from quizapp.store.grades import Table, Taken
from quizapp.web.grades import CHANGED, line_of
from quizapp.web.seats import place

bp = Blueprint("grade_files", __name__)
# What stands in files stays English in every language of the page: programs and colleagues read them by these words.

WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
LONGEST_NAME = 40


@bp.get("/courses/<int:course_id>/grades.csv")
def as_csv(course_id: int) -> Response:
    """Give the table of grades as CSV."""
    seat = place(course_id, "assistant")
    head, rows = _table(grades.table_of(db.session(), course_id), _now())
    return _download(seat, write_csv(head, rows), "text/csv; charset=utf-8", "csv")


@bp.get("/courses/<int:course_id>/grades.xlsx")
def as_workbook(course_id: int) -> Response:
    """Give the table of grades, and all attempts, as a workbook."""
    seat = place(course_id, "assistant")
    table = grades.table_of(db.session(), course_id)
    attempts = _attempts(table, ZoneInfo(seat.course.zone))
    sheets = [Sheet("Grades", *_table(table, _now())), Sheet("Attempts", *attempts)]
    title = f"Grades of {seat.course.name}"
    return _download(seat, write_xlsx(sheets, title=title, made_at=_now()), WORKBOOK, "xlsx")


@bp.get("/courses/<int:course_id>/grades.json")
def as_json(course_id: int) -> Response:
    """Give everything there is about the grades of a course."""
    seat = place(course_id, "assistant")
    book = grades_archive.of_course(db.session(), seat.course, now=_now())
    return _download(seat, write_json(book), "application/json", "json")


def file_name(name: str, number: int, day: str, ending: str) -> str:
    """Make a name that every disk takes of the name of a course."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    words = re.sub(r"[^a-z0-9]+", "-", plain.lower()).strip("-")[:LONGEST_NAME].strip("-")
    return f"grades-{words or f'course-{number}'}-{day}.{ending}"


def _download(seat: Seat, body: bytes, kind: str, ending: str) -> Response:
    name = file_name(seat.course.name, seat.course.id, _now().date().isoformat(), ending)
    return Response(body, content_type=kind, headers={"Content-Disposition": f'attachment; filename="{name}"'})


def _table(table: Table, now: datetime) -> tuple[list[str], list[list[Cell]]]:
    head = ["Name", "E-mail", "Points", "Possible", "Handed in"]
    for column in table.columns:
        head += [column.title, f"{column.title}: possible", f"{column.title}: standing"]
    rows: list[list[Cell]] = []
    for student in table.students:
        line = line_of(student, table.columns, table.best, now)
        row: list[Cell] = [student.name, student.email, line.points, line.possible, line.handed_in]
        for column in table.columns:
            cell = line.cells[column.id]
            row += [cell.points if cell else None, cell.possible if cell else None, _standing(cell)]
        rows.append(row)
    return head, rows


def _attempts(table: Table, zone: ZoneInfo) -> tuple[list[str], list[list[Cell]]]:
    head = [
        "Name",
        "E-mail",
        "Quiz",
        "Attempt",
        "Counts",
        "Started",
        "Finished",
        "Points",
        "Possible",
        "Factor for being late",
        "Standing",
    ]
    students = {student.id: student for student in table.students}
    titles = {column.id: column.title for column in table.columns}
    rows: list[list[Cell]] = []
    for each in table.attempts:
        student, title = students.get(each.learner_id), titles.get(each.assignment_id)
        if student is None or title is None:
            continue
        counts = table.best.get((each.learner_id, each.assignment_id)) is each
        times = [f"{at.astimezone(zone):%Y-%m-%d %H:%M}" if at else None for at in (each.started_at, each.finished_at)]
        row: list[Cell] = [student.name, student.email, title, each.number, "yes" if counts else "no", *times]
        rows.append([*row, each.points, each.possible, each.factor, _standing(each)])
    return head, rows


def _standing(cell: Taken | None) -> str:
    if cell is None:
        return "not handed in"
    if cell.points is None:
        return "in progress"
    said = ["handed in"]
    if cell.late:
        said.append("late")
    if cell.kind in CHANGED:
        said.append("regraded" if cell.kind == "regraded" else "set by hand")
    return ", ".join(said)


def _now() -> datetime:
    return datetime.now(UTC)
