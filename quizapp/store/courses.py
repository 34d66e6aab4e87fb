"""What the pages of courses read: one's courses, their students, banks and assignments; statements built once."""

from datetime import date, datetime
from typing import NamedTuple

from sqlalchemy import and_, bindparam, func, select
from sqlalchemy.orm import Session, aliased

from quizapp.store import models
from quizapp.store.rights import VISIBLE

_Course, _Enrolment, _User, _Bank = models.Course, models.Enrolment, models.User, models.Bank
_Assignment, _Attempt = models.Assignment, models.Attempt
_Owner = aliased(models.User)


class Mine(NamedTuple):
    """One of somebody's courses; `next_due` is the next end of an assignment that students see."""

    id: int
    name: str
    role: str
    archived_at: datetime | None
    students: int
    next_due: datetime | None


class Student(NamedTuple):
    """A student of a course, with what steers their scheduler."""

    id: int
    name: str
    email: str
    zone: str
    private: bool
    retention: float
    recognition_cap: float
    quiet_weekdays: str
    minutes_a_day: int
    joined_at: datetime


class Holding(NamedTuple):
    """A bank of a course; `visible` says whether whoever asks may open it, `facts` is None for one never published."""

    id: int
    key: str
    title: str
    visibility: str
    owner_id: int | None
    owner: str | None
    editable: bool
    facts: int | None
    archived_at: datetime | None
    visible: bool


class Task(NamedTuple):
    """An assignment with one person's attempts at it: those `handed_in`, and whether one is `running`.

    `by_students` counts the students of the course who have begun.
    """

    id: int
    kind: str
    title: str
    opens_at: datetime | None
    due_at: datetime
    closes_at: datetime | None
    late_rule: str
    attempts: int | None
    published_at: datetime | None
    archived_at: datetime | None
    handed_in: int
    running: bool
    begun: bool
    by_students: int

    @property
    def last_at(self) -> datetime | None:
        """Give the instant when it is closed to everybody, None where late work is always taken."""
        return self.due_at if self.late_rule == "refuse" else self.closes_at


_STUDENTS_OF = (
    select(func.count())
    .where(
        _Enrolment.course_id == _Course.id,
        _Enrolment.role == "student",
        _Enrolment.removed_at.is_(None),
    )
    .correlate(_Course)
    .scalar_subquery()
)
_NEXT_DUE = (
    select(func.min(_Assignment.due_at))
    .where(
        _Assignment.course_id == _Course.id,
        _Assignment.published_at.is_not(None),
        _Assignment.archived_at.is_(None),
        _Assignment.due_at > bindparam("now", type_=_Assignment.due_at.type),
    )
    .correlate(_Course)
    .scalar_subquery()
)
_MINE = (
    select(_Course.id, _Course.name, _Enrolment.role, _Course.archived_at, _STUDENTS_OF, _NEXT_DUE)
    .join(_Enrolment, _Enrolment.course_id == _Course.id)
    .where(_Enrolment.user_id == bindparam("user"), _Enrolment.removed_at.is_(None))
    .order_by(_Course.name, _Course.id)
)
_IN_COURSE = and_(
    _Enrolment.course_id == bindparam("course"),
    _Enrolment.role == "student",
    _Enrolment.removed_at.is_(None),
)
_STUDENTS = (
    select(
        _User.id,
        _User.name,
        _User.email,
        _User.zone,
        _User.private,
        _User.retention,
        _User.recognition_cap,
        _User.quiet_weekdays,
        _User.minutes_a_day,
        _Enrolment.joined_at,
    )
    .join(_Enrolment, _Enrolment.user_id == _User.id)
    .where(_IN_COURSE)
    .order_by(_User.name, _User.id)
)
_HOLDINGS = (
    select(
        _Bank.id,
        _Bank.key,
        _Bank.title,
        _Bank.visibility,
        _Bank.owner_id,
        _Owner.name,
        models.CourseBank.editable,
        models.BankVersion.facts,
        _Bank.archived_at,
        and_(_Bank.archived_at.is_(None), _Bank.version_id.is_not(None), VISIBLE),
    )
    .join(models.CourseBank, models.CourseBank.bank_id == _Bank.id)
    .outerjoin(_Owner, _Owner.id == _Bank.owner_id)
    .outerjoin(models.BankVersion, models.BankVersion.id == _Bank.version_id)
    .where(models.CourseBank.course_id == bindparam("course"))
    .order_by(_Bank.title, _Bank.id)
)
_BY_ONE = (
    select(
        _Attempt.assignment_id,
        func.count(_Attempt.finished_at).label("handed_in"),
        (func.count() > func.count(_Attempt.finished_at)).label("running"),
    )
    .where(_Attempt.learner_id == bindparam("learner"), _Attempt.preview.is_(False))
    .group_by(_Attempt.assignment_id)
    .subquery()
)
_BEGUN = (
    select(models.Sitting.id)
    .where(models.Sitting.assignment_id == _Assignment.id, models.Sitting.learner_id == bindparam("learner"))
    .correlate(_Assignment)
    .exists()
)
_BY_STUDENTS = (
    select(models.Sitting.assignment_id, func.count(models.Sitting.learner_id.distinct()).label("people"))
    .join(_Enrolment, _Enrolment.user_id == models.Sitting.learner_id)
    .where(_IN_COURSE)
    .group_by(models.Sitting.assignment_id)
    .subquery()
)
_TASKS = (
    select(
        _Assignment.id,
        _Assignment.kind,
        _Assignment.title,
        _Assignment.opens_at,
        _Assignment.due_at,
        _Assignment.closes_at,
        _Assignment.late_rule,
        _Assignment.attempts,
        _Assignment.published_at,
        _Assignment.archived_at,
        func.coalesce(_BY_ONE.c.handed_in, 0),
        func.coalesce(_BY_ONE.c.running, False),
        _BEGUN,
        func.coalesce(_BY_STUDENTS.c.people, 0),
    )
    .outerjoin(_BY_ONE, _BY_ONE.c.assignment_id == _Assignment.id)
    .outerjoin(_BY_STUDENTS, _BY_STUDENTS.c.assignment_id == _Assignment.id)
    .where(_Assignment.course_id == bindparam("course"))
    .order_by(_Assignment.due_at, _Assignment.id)
)
_SHOWN_TASKS = _TASKS.where(_Assignment.published_at.is_not(None), _Assignment.archived_at.is_(None))
_ACTIVE = (
    select(models.DayTotal.learner_id)
    .join(_Enrolment, _Enrolment.user_id == models.DayTotal.learner_id)
    .where(_IN_COURSE, models.DayTotal.day >= bindparam("since"), models.DayTotal.reviews > 0)
    .distinct()
)


def mine(session: Session, user_id: int, now: datetime) -> list[Mine]:
    """Give the courses that somebody belongs to, by name, archived ones too."""
    return [Mine._make(row) for row in session.execute(_MINE, {"user": user_id, "now": now})]


def students(session: Session, course_id: int) -> list[Student]:
    """Give the students of a course, by name."""
    return [Student._make(row) for row in session.execute(_STUDENTS, {"course": course_id})]


def banks_of(session: Session, course_id: int, user_id: int) -> list[Holding]:
    """Give the banks of a course, by title, as somebody sees them."""
    return [Holding._make(row) for row in session.execute(_HOLDINGS, {"course": course_id, "learner": user_id})]


def assignments_of(session: Session, course_id: int, learner_id: int, *, all_of_them: bool = False) -> list[Task]:
    """Give the assignments of a course by due date: those that students see, or drafts and archived ones, too."""
    rows = session.execute(_TASKS if all_of_them else _SHOWN_TASKS, {"course": course_id, "learner": learner_id})
    return [Task._make(row) for row in rows]


def active_since(session: Session, course_id: int, day: date) -> set[int]:
    """Give the row ids of the students of a course who answered something on or after a study day."""
    return set(session.scalars(_ACTIVE, {"course": course_id, "since": day}))
