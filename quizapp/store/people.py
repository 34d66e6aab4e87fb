"""Who is on the list of a course: everybody who is or was in it, and those who are expected."""

from datetime import date, datetime
from typing import NamedTuple

from sqlalchemy import bindparam, case, func, select
from sqlalchemy.orm import Session

from quizapp.store import models

_Enrolment, _User = models.Enrolment, models.User


class Person(NamedTuple):
    """Somebody on the list of a course, removed or not; `last_day` is the last study day with an answer."""

    id: int
    name: str
    email: str
    role: str
    joined_at: datetime
    removed_at: datetime | None
    private: bool
    extra_time: int
    no_time_limit: bool
    extra_attempts: int
    disabled_at: datetime | None
    last_day: date | None

    @property
    def accommodated(self) -> bool:
        """Say whether other limits hold for them than for the others."""
        return bool(self.extra_time or self.no_time_limit or self.extra_attempts)


class Invited(NamedTuple):
    """A student who is expected but has no account yet."""

    id: int
    email: str
    name: str
    created_at: datetime


_LAST_DAY = (
    select(func.max(models.DayTotal.day))
    .where(models.DayTotal.learner_id == _User.id, models.DayTotal.reviews > 0)
    .correlate(_User)
    .scalar_subquery()
)
_PEOPLE = (
    select(
        _User.id,
        _User.name,
        _User.email,
        _Enrolment.role,
        _Enrolment.joined_at,
        _Enrolment.removed_at,
        _User.private,
        _User.extra_time,
        _User.no_time_limit,
        _User.extra_attempts,
        _User.disabled_at,
        case((_User.private, None), else_=_LAST_DAY),
    )
    .join(_Enrolment, _Enrolment.user_id == _User.id)
    .where(_Enrolment.course_id == bindparam("course"))
    .order_by(_User.name, _User.id)
)
_PERSON = _PEOPLE.where(_User.id == bindparam("user"))
_INVITED = (
    select(models.Invitation.id, models.Invitation.email, models.Invitation.name, models.Invitation.created_at)
    .where(models.Invitation.course_id == bindparam("course"))
    .order_by(models.Invitation.email)
)


def people(session: Session, course_id: int) -> list[Person]:
    """Give everybody who is or was in a course, by name; nobody sees when a private person practised."""
    return [Person._make(row) for row in session.execute(_PEOPLE, {"course": course_id})]


def person(session: Session, course_id: int, user_id: int) -> Person | None:
    """Give one person who is or was in a course."""
    row = session.execute(_PERSON, {"course": course_id, "user": user_id}).one_or_none()
    return None if row is None else Person._make(row)


def invitations(session: Session, course_id: int) -> list[Invited]:
    """Give those who are expected in a course, by address."""
    return [Invited._make(row) for row in session.execute(_INVITED, {"course": course_id})]
