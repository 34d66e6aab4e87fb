"""Grades of a course: students by quizzes, and one quiz with the spread of its grades."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial

from flask import Blueprint, render_template
from flask_babel import gettext as _

from quizapp.actions.access import Seat, assignment_in
from quizapp.actions.errors import NotFound
from quizapp.core.insight.spread import Spread, spread
from quizapp.store import grades, models
from quizapp.store.db import db
from quizapp.store.grades import Column, Student, Taken
from quizapp.web import listing
from quizapp.web.listing import Filter
from quizapp.web.seats import place

bp = Blueprint("grades", __name__)

CHANGED = frozenset({"regraded", "set"})
"""Kinds of a grade that is not the first one."""


@dataclass(frozen=True, slots=True)
class Line:
    """One student's row: the attempt that counts at each quiz, in order, and what they come to together."""

    student: Student
    cells: Mapping[int, Taken | None]
    points: float
    possible: float
    handed_in: int
    missing: bool

    @property
    def share(self) -> float | None:
        """Give the share of the points that were possible in what was handed in."""
        return self.points / self.possible if self.possible else None


@dataclass(frozen=True, slots=True)
class One:
    """One student at one quiz: the attempt that counts, and how many there are."""

    student: Student
    taken: Taken | None
    attempts: int


@bp.get("/courses/<int:course_id>/grades")
def index(course_id: int) -> str:
    """Show who got what at each quiz."""
    seat = place(course_id, "assistant")
    table = grades.table_of(db.session(), course_id)
    now = datetime.now(UTC)
    lines = [line_of(student, table.columns, table.best, now) for student in table.students]
    states = [
        ("missing", _("something not handed in")),
        ("late", _("something late")),
        ("changed", _("a grade changed")),
    ]
    listed = listing.of(
        lines,
        keys={
            "name": lambda line: line.student.name,
            "all": lambda line: line.share,
            **{f"q{column.id}": partial(_share_at, column.id) for column in table.columns},
        },
        default="name",
        search=lambda line: f"{line.student.name} {line.student.email}",
        filters=[Filter("show", _("Show"), states, _fits)],
    )
    return render_template("grades/index.html", place=seat, tab="grades", listed=listed, columns=table.columns, now=now)


@bp.get("/courses/<int:course_id>/assignments/<int:assignment_id>/grades")
def assignment(course_id: int, assignment_id: int) -> str:
    """Show the grades of one quiz and how they are spread."""
    seat = place(course_id, "assistant")
    quiz = quiz_in(seat, assignment_id)
    students, attempts = grades.of_assignment(db.session(), course_id, assignment_id)
    best = grades.best_of(attempts)
    counts: dict[int, int] = {}
    for each in attempts:
        counts[each.learner_id] = counts.get(each.learner_id, 0) + 1
    ones = [One(student, best.get((student.id, quiz.id)), counts.get(student.id, 0)) for student in students]
    states = [
        ("in", _("handed in")),
        ("missing", _("not handed in")),
        ("late", _("late")),
        ("changed", _("grade changed")),
    ]
    listed = listing.of(
        ones,
        keys={
            "name": lambda one: one.student.name,
            "points": lambda one: one.taken.share if one.taken else None,
            "at": lambda one: one.taken.finished_at if one.taken else None,
            "attempts": lambda one: one.attempts,
        },
        default="name",
        search=lambda one: f"{one.student.name} {one.student.email}",
        filters=[Filter("show", _("Show"), states, lambda one, state: _is(one.taken, state))],
    )
    shares = [one.taken.share for one in ones if one.taken is not None and one.taken.share is not None]
    return render_template(
        "grades/assignment.html",
        place=seat,
        tab="grades",
        assignment=quiz,
        listed=listed,
        spread=spread(shares),
        tenths=_tenths(spread(shares)),
        students=len(students),
        now=datetime.now(UTC),
    )


def line_of(student: Student, columns: Sequence[Column], best: Mapping[tuple[int, int], Taken], now: datetime) -> Line:
    """Gather a student's row of the table."""
    cells = {column.id: best.get((student.id, column.id)) for column in columns}
    graded = [cell for cell in cells.values() if cell is not None and cell.points is not None]
    return Line(
        student=student,
        cells=cells,
        points=sum(cell.points or 0.0 for cell in graded),
        possible=sum(cell.possible or 0.0 for cell in graded),
        handed_in=len(graded),
        missing=any(_is(cells[column.id], "missing") and column.due_at <= now for column in columns),
    )


def quiz_in(seat: Seat, assignment_id: int) -> models.Assignment:
    """Give a quiz of a course; practice has no grades."""
    found = assignment_in(db.session(), seat, assignment_id)
    if found.kind != "quiz":
        raise NotFound
    return found


def _share_at(column: int, line: Line) -> float | None:
    cell = line.cells[column]
    return cell.share if cell is not None else None


def _fits(line: Line, state: str) -> bool:
    if state == "missing":
        return line.missing
    return any(_is(cell, state) for cell in line.cells.values())


def _is(cell: Taken | None, state: str) -> bool:
    if cell is None or cell.points is None:
        return state == "missing"
    return state == "in" or (state == "late" and cell.late) or (state == "changed" and cell.kind in CHANGED)


def _tenths(found: Spread) -> list[tuple[str, int]]:
    last = len(found.tenths) - 1
    width = 100 // len(found.tenths)
    return [
        (f"{at * width}–{(at + 1) * width if at == last else (at + 1) * width - 1}", count)
        for at, count in enumerate(found.tenths)
    ]
