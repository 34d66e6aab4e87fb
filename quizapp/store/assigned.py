"""What assignments read: the banks they may draw from, what a learner has to do, who has done it, what ran out."""

from collections.abc import Collection
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import and_, bindparam, case, func, literal, or_, select
from sqlalchemy.orm import Session

from quizapp.store import models

_Assignment, _Attempt, _Bank, _User = models.Assignment, models.Attempt, models.Bank, models.User
_Course, _Enrolment, _Sitting = models.Course, models.Enrolment, models.Sitting


class ToDo(NamedTuple):
    """An assignment as one learner has it, with the course's name and what they have done.

    `attempts` counts those begun, `done` those finished; `running` is the attempt that is not, with its end.
    """

    assignment: models.Assignment
    course: str
    attempts: int
    done: int
    running: int | None
    deadline_at: datetime | None
    practised: bool


class Taker(NamedTuple):
    """A student of a course and how they stand with an assignment; `running` is set for an attempt not finished.

    For practice `attempts` and `done` count sittings, and `finished_at` is when the last was begun.
    """

    id: int
    name: str
    email: str
    private: bool
    attempts: int
    done: int
    late: int
    started_at: datetime | None
    finished_at: datetime | None
    running: int | None
    deadline_at: datetime | None


_BANKS = (
    select(_Bank)
    .where(_Bank.id.in_(bindparam("banks", expanding=True)), _Bank.archived_at.is_(None), _Bank.version_id.is_not(None))
    .order_by(_Bank.id)
)
_OF_COURSE = (
    select(models.CourseBank.bank_id).where(
        models.CourseBank.course_id == bindparam("course"), models.CourseBank.bank_id == _Bank.id
    )
).exists()
_OFFERED = (
    select(_Bank, _OF_COURSE)
    .where(
        _Bank.archived_at.is_(None),
        _Bank.version_id.is_not(None),
        or_(_Bank.visibility == "site", and_(_OF_COURSE, _Bank.visibility == "course")),
    )
    .order_by(_OF_COURSE.desc(), _Bank.title, _Bank.id)
)
_OVERDUE = (
    select(_Attempt.id, _Attempt.learner_id)
    .where(_Attempt.finished_at.is_(None), _Attempt.deadline_at < bindparam("before", type_=_Attempt.deadline_at.type))
    .order_by(_Attempt.deadline_at, _Attempt.id)
    .limit(bindparam("most"))
)
_OPEN_END = case((_Attempt.finished_at.is_(None), _Attempt.deadline_at))
_OPEN_ID = case((_Attempt.finished_at.is_(None), _Attempt.id))
_BY_LEARNER = (
    select(
        _Attempt.assignment_id,
        func.count().label("attempts"),
        func.count(_Attempt.finished_at).label("done"),
        func.max(_OPEN_ID).label("running"),
        func.max(_OPEN_END).label("deadline_at"),
    )
    .where(_Attempt.learner_id == bindparam("learner"), _Attempt.preview.is_(False))
    .group_by(_Attempt.assignment_id)
    .subquery()
)
_PRACTISED = (
    select(_Sitting.id)
    .where(_Sitting.assignment_id == _Assignment.id, _Sitting.learner_id == bindparam("learner"))
    .correlate(_Assignment)
    .exists()
)
_NOW = bindparam("now", type_=_Assignment.due_at.type)
_LAST = case((_Assignment.late_rule == "refuse", _Assignment.due_at), else_=_Assignment.closes_at)
_TO_DO = (
    select(
        _Assignment,
        _Course.name,
        func.coalesce(_BY_LEARNER.c.attempts, 0),
        func.coalesce(_BY_LEARNER.c.done, 0),
        _BY_LEARNER.c.running,
        _BY_LEARNER.c.deadline_at,
        _PRACTISED,
    )
    .join(_Course, _Course.id == _Assignment.course_id)
    .join(_Enrolment, _Enrolment.course_id == _Course.id)
    .outerjoin(_BY_LEARNER, _BY_LEARNER.c.assignment_id == _Assignment.id)
    .where(
        _Enrolment.user_id == bindparam("learner"),
        _Enrolment.role == "student",
        _Enrolment.removed_at.is_(None),
        _Course.archived_at.is_(None),
        _Assignment.published_at.is_not(None),
        _Assignment.archived_at.is_(None),
        or_(_Assignment.opens_at.is_(None), _Assignment.opens_at <= _NOW),
        or_(_LAST.is_(None), _LAST > _NOW),
    )
    .order_by(_Assignment.due_at, _Assignment.id)
)
_TAKERS = (
    select(
        _User.id,
        _User.name,
        _User.email,
        _User.private,
        func.count(_Attempt.id),
        func.count(_Attempt.finished_at),
        func.count(case((_Attempt.late, _Attempt.id))),
        func.max(_Attempt.started_at),
        func.max(_Attempt.finished_at),
        func.max(_OPEN_ID),
        func.max(_OPEN_END),
    )
    .join(_Enrolment, _Enrolment.user_id == _User.id)
    .outerjoin(
        _Attempt,
        and_(
            _Attempt.learner_id == _User.id,
            _Attempt.assignment_id == bindparam("assignment"),
            _Attempt.preview.is_(False),
        ),
    )
    .where(_Enrolment.course_id == bindparam("course"), _Enrolment.role == "student", _Enrolment.removed_at.is_(None))
    .group_by(_User.id, _User.name, _User.email, _User.private)
    .order_by(_User.name, _User.id)
)
_PRACTISERS = (
    select(
        _User.id,
        _User.name,
        _User.email,
        _User.private,
        func.count(_Sitting.id),
        func.count(_Sitting.id),
        literal(0),
        func.min(_Sitting.started_at),
        func.max(_Sitting.started_at),
    )
    .join(_Enrolment, _Enrolment.user_id == _User.id)
    .outerjoin(_Sitting, and_(_Sitting.learner_id == _User.id, _Sitting.assignment_id == bindparam("assignment")))
    .where(_Enrolment.course_id == bindparam("course"), _Enrolment.role == "student", _Enrolment.removed_at.is_(None))
    .group_by(_User.id, _User.name, _User.email, _User.private)
    .order_by(_User.name, _User.id)
)
_TAKEN = (
    select(_Attempt.id).where(_Attempt.assignment_id == bindparam("assignment"), _Attempt.preview.is_(False)).limit(1)
)


def banks(session: Session, bank_ids: Collection[int]) -> list[models.Bank]:
    """Give those of some banks that are published and not archived."""
    return list(session.scalars(_BANKS, {"banks": sorted(bank_ids)})) if bank_ids else []


def offered(session: Session, course_id: int) -> list[tuple[models.Bank, bool]]:
    """Give the banks that a course may be asked about, each with whether it is one of the course's; those first."""
    return [(bank, bool(own)) for bank, own in session.execute(_OFFERED, {"course": course_id})]


def overdue(session: Session, *, before: datetime, limit: int) -> list[tuple[int, int]]:
    """Give attempt and learner of running attempts with a deadline before an instant, in the order of the learners."""
    rows = session.execute(_OVERDUE, {"before": before, "most": limit})
    return sorted(((attempt, learner) for attempt, learner in rows), key=lambda row: (row[1], row[0]))


def to_do(session: Session, learner_id: int, now: datetime) -> list[ToDo]:
    """Give the assignments that are open to a learner as a student, the next due first."""
    return [ToDo._make(row) for row in session.execute(_TO_DO, {"learner": learner_id, "now": now})]


def takers(session: Session, assignment: models.Assignment) -> list[Taker]:
    """Give the students of an assignment's course with what they did, by name."""
    values = {"assignment": assignment.id, "course": assignment.course_id}
    if assignment.kind == "quiz":
        return [Taker._make(row) for row in session.execute(_TAKERS, values)]
    return [Taker(*row, None, None) for row in session.execute(_PRACTISERS, values)]


def is_taken(session: Session, assignment_id: int) -> bool:
    """Say whether a student has begun an attempt at an assignment."""
    return session.scalar(_TAKEN, {"assignment": assignment_id}) is not None
