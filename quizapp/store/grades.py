"""The grades of a course in few statements: students by assignments, and the history of one attempt's grade."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import bindparam, exists, func, select
from sqlalchemy.orm import Session, aliased

from quizapp.store import models


@dataclass(frozen=True, slots=True)
class Column:
    """A quiz of a course."""

    id: int
    title: str
    due_at: datetime


@dataclass(frozen=True, slots=True)
class Student:
    """Somebody whose grades a course keeps."""

    id: int
    name: str
    email: str


@dataclass(frozen=True, slots=True)
class Taken:
    """An attempt and the newest grade it has; `points` counts what being late costs, None while there is no grade."""

    attempt_id: int
    learner_id: int
    assignment_id: int
    number: int
    started_at: datetime
    finished_at: datetime | None
    late: bool
    kind: str = ""
    points: float | None = None
    possible: float | None = None
    factor: float = 1.0

    @property
    def share(self) -> float | None:
        """Give the share of the possible points in [0, 1]."""
        if self.points is None or self.possible is None:
            return None
        return self.points / self.possible if self.possible else 0.0


@dataclass(frozen=True, slots=True)
class Table:
    """The gradebook of a course: `best` holds the attempt that counts by (student, assignment)."""

    columns: tuple[Column, ...]
    students: tuple[Student, ...]
    best: Mapping[tuple[int, int], Taken]
    attempts: tuple[Taken, ...]


@dataclass(frozen=True, slots=True)
class Entry:
    """One grade of an attempt, with who gave it and why."""

    id: int
    kind: str
    points: float
    possible: float
    factor: float
    marks: Mapping[str, float | None]
    reason: str
    by: str
    at: datetime


class Asking(NamedTuple):
    """A quiz of a course that has asked a bank's facts and was handed in."""

    course_id: int
    assignment_id: int
    title: str
    course: str


_ASKING = (
    select(models.Assignment.course_id, models.Assignment.id, models.Assignment.title, models.Course.name)
    .join(models.Course, models.Course.id == models.Assignment.course_id)
    .join(models.Enrolment, models.Enrolment.course_id == models.Course.id)
    .where(
        models.Enrolment.user_id == bindparam("user"),
        models.Enrolment.role == "instructor",
        models.Enrolment.removed_at.is_(None),
        models.Course.archived_at.is_(None),
        exists()
        .where(
            models.Attempt.assignment_id == models.Assignment.id,
            models.Attempt.finished_at.is_not(None),
            models.Attempt.preview.is_(False),
            models.Item.sitting_id == models.Attempt.sitting_id,
            models.Item.bank_id == bindparam("bank"),
        )
        .correlate(models.Assignment),
    )
    .order_by(models.Assignment.due_at.desc(), models.Assignment.id)
)
_COLUMNS = (
    select(models.Assignment.id, models.Assignment.title, models.Assignment.due_at)
    .where(
        models.Assignment.course_id == bindparam("course"),
        models.Assignment.kind == "quiz",
        models.Assignment.published_at.is_not(None),
        models.Assignment.archived_at.is_(None),
    )
    .order_by(models.Assignment.due_at, models.Assignment.id)
)
_STUDENTS = (
    select(models.User.id, models.User.name, models.User.email)
    .join(models.Enrolment, models.Enrolment.user_id == models.User.id)
    .where(
        models.Enrolment.course_id == bindparam("course"),
        models.Enrolment.role == "student",
        models.Enrolment.removed_at.is_(None),
    )
    .order_by(models.User.name, models.User.id)
)
_later = aliased(models.Grade)
_newest = select(func.max(_later.id)).where(_later.attempt_id == models.Attempt.id).correlate(models.Attempt)
_TAKEN = (
    select(
        models.Attempt.id,
        models.Attempt.learner_id,
        models.Attempt.assignment_id,
        models.Attempt.number,
        models.Attempt.started_at,
        models.Attempt.finished_at,
        models.Attempt.late,
        models.Grade.kind,
        models.Grade.points,
        models.Grade.possible,
        models.Grade.factor,
    )
    .join(models.Assignment, models.Assignment.id == models.Attempt.assignment_id)
    .outerjoin(models.Grade, models.Grade.id == _newest.scalar_subquery())
    .where(models.Attempt.preview.is_(False))
    .order_by(models.Attempt.learner_id, models.Attempt.assignment_id, models.Attempt.number, models.Attempt.id)
)
_OF_COURSE = _TAKEN.where(models.Assignment.course_id == bindparam("course"))
_OF_ASSIGNMENT = _TAKEN.where(models.Assignment.id == bindparam("assignment"))
_HISTORY = (
    select(models.Grade, func.coalesce(models.User.name, ""))
    .outerjoin(models.User, models.User.id == models.Grade.by_id)
    .where(models.Grade.attempt_id == bindparam("attempt"))
    .order_by(models.Grade.id)
)
_ATTEMPT = (
    select(models.Attempt)
    .join(models.Assignment, models.Assignment.id == models.Attempt.assignment_id)
    .where(models.Attempt.id == bindparam("attempt"), models.Assignment.course_id == bindparam("course"))
)


def asking(session: Session, user_id: int, bank_id: int) -> list[Asking]:
    """Give the quizzes in somebody's courses, where they are an instructor, that were handed in and asked a bank."""
    return [Asking._make(row) for row in session.execute(_ASKING, {"user": user_id, "bank": bank_id})]


def table_of(session: Session, course_id: int) -> Table:
    """Give the students of a course, its published quizzes, every attempt, and which attempts count."""
    taken = tuple(_taken(row) for row in session.execute(_OF_COURSE, {"course": course_id}))
    return Table(
        columns=tuple(Column(*row) for row in session.execute(_COLUMNS, {"course": course_id})),
        students=_students(session, course_id),
        best=best_of(taken),
        attempts=taken,
    )


def of_assignment(session: Session, course_id: int, assignment_id: int) -> tuple[tuple[Student, ...], Sequence[Taken]]:
    """Give the students of a course and every attempt at one of its assignments."""
    taken = [_taken(row) for row in session.execute(_OF_ASSIGNMENT, {"assignment": assignment_id})]
    return _students(session, course_id), taken


def best_of(taken: Iterable[Taken]) -> dict[tuple[int, int], Taken]:
    """Find the attempt that counts by (student, assignment): the one with the greatest share, the earliest of equals.

    An attempt without a grade counts only where there is no other.
    """
    found: dict[tuple[int, int], Taken] = {}
    for each in taken:
        key = (each.learner_id, each.assignment_id)
        if key not in found or _worth(each) > _worth(found[key]):
            found[key] = each
    return found


def attempt_in(session: Session, course_id: int, attempt_id: int) -> models.Attempt | None:
    """Find an attempt at an assignment of a course."""
    return session.scalar(_ATTEMPT, {"course": course_id, "attempt": attempt_id})


def history_of(session: Session, attempt_id: int) -> tuple[Entry, ...]:
    """Give every grade an attempt ever had, the first one first."""
    rows = session.execute(_HISTORY, {"attempt": attempt_id})
    return tuple(
        Entry(
            grade.id, grade.kind, grade.points, grade.possible, grade.factor, grade.marks, grade.reason, name, grade.at
        )
        for grade, name in rows
    )


def _students(session: Session, course_id: int) -> tuple[Student, ...]:
    return tuple(Student(*row) for row in session.execute(_STUDENTS, {"course": course_id}))


def _taken(row: Any) -> Taken:  # noqa: ANN401 -- a row has no name for the types of its columns
    (attempt, learner, assignment, number, started, finished, late, kind, points, possible, factor) = row
    taken = Taken(attempt, learner, assignment, number, started, finished, late)
    return (
        taken if points is None else replace(taken, kind=kind, points=points * factor, possible=possible, factor=factor)
    )


def _worth(taken: Taken) -> float:
    return -1.0 if taken.share is None else taken.share
