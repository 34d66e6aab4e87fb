"""What an admin's pages read: settings, accounts, courses, failed log-ins and the books."""

from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, and_, bindparam, func, select
from sqlalchemy.orm import Session

from quizapp.store import models

_User, _Course, _Enrolment, _Failed = models.User, models.Course, models.Enrolment, models.FailedLogIn
_Entry = models.AuditEntry


class Account(NamedTuple):
    """Somebody with an account, and in how many courses they are."""

    id: int
    name: str
    email: str
    role: str
    created_at: datetime
    last_seen_at: datetime | None
    disabled_at: datetime | None
    courses: int


class CourseRow(NamedTuple):
    """A course with its counts."""

    id: int
    name: str
    created_at: datetime
    archived_at: datetime | None
    opened_by: str | None
    students: int
    staff: int
    banks: int
    assignments: int


class Failures(NamedTuple):
    """Failed log-ins at one account, or from one address; `others` counts addresses, or accounts."""

    user_id: int | None
    name: str | None
    email: str | None
    address: str | None
    times: int
    others: int
    first: datetime
    last: datetime


class Entry(NamedTuple):
    """A line of the books with the name of its course."""

    at: datetime
    by_name: str
    action: str
    about: str
    course: str | None
    detail: dict[str, Any]


class Wanted(NamedTuple):
    """Which lines of the books are asked for; what is empty or None asks for all."""

    words: str = ""
    action: str = ""
    course: int | None = None
    since: datetime | None = None


class Counts(NamedTuple):
    """How much there is on the site; `active` people were seen since a date."""

    accounts: int
    active: int
    disabled: int
    courses: int
    banks: int
    facts: int
    answers: int


_SETTINGS = select(models.SiteSetting.name, models.SiteSetting.value)
_COURSES_OF = (
    select(func.count())
    .where(_Enrolment.user_id == _User.id, _Enrolment.removed_at.is_(None))
    .correlate(_User)
    .scalar_subquery()
)
_ACCOUNTS = select(
    _User.id,
    _User.name,
    _User.email,
    _User.role,
    _User.created_at,
    _User.last_seen_at,
    _User.disabled_at,
    _COURSES_OF,
).order_by(_User.name, _User.id)
_ACCOUNT = _ACCOUNTS.where(_User.id == bindparam("user"))
_LIVE_BANK = and_(models.Bank.archived_at.is_(None), models.Bank.version_id.is_not(None))
_COUNTS = select(
    select(func.count(_User.id)).scalar_subquery(),
    select(func.count(_User.id))
    .where(_User.last_seen_at >= bindparam("since", type_=_User.last_seen_at.type))
    .scalar_subquery(),
    select(func.count(_User.id)).where(_User.disabled_at.is_not(None)).scalar_subquery(),
    select(func.count(_Course.id)).where(_Course.archived_at.is_(None)).scalar_subquery(),
    select(func.count(models.Bank.id)).where(_LIVE_BANK).scalar_subquery(),
    select(func.count(models.Fact.id))
    .join(models.Bank, models.Bank.id == models.Fact.bank_id)
    .where(_LIVE_BANK, models.Fact.retired_at.is_(None))
    .scalar_subquery(),
    select(func.coalesce(func.sum(models.DayTotal.reviews), 0)).scalar_subquery(),
)


def _people(whose: ColumnElement[bool]) -> ColumnElement[int]:
    query = select(func.count()).where(_Enrolment.course_id == _Course.id, _Enrolment.removed_at.is_(None), whose)
    return query.correlate(_Course).scalar_subquery()


_COURSES = (
    select(
        _Course.id,
        _Course.name,
        _Course.created_at,
        _Course.archived_at,
        _User.name,
        _people(_Enrolment.role == "student"),
        _people(_Enrolment.role != "student"),
        select(func.count()).where(models.CourseBank.course_id == _Course.id).correlate(_Course).scalar_subquery(),
        select(func.count())
        .where(models.Assignment.course_id == _Course.id, models.Assignment.archived_at.is_(None))
        .correlate(_Course)
        .scalar_subquery(),
    )
    .outerjoin(_User, _User.id == _Course.created_by)
    .order_by(_Course.name, _Course.id)
)
_FAILED_BY_ACCOUNT = (
    select(
        _Failed.user_id,
        func.min(_User.name),
        func.min(_User.email),
        func.count(),
        func.count(_Failed.address.distinct()),
        func.min(_Failed.at),
        func.max(_Failed.at),
    )
    .outerjoin(_User, _User.id == _Failed.user_id)
    .group_by(_Failed.user_id)
)
_FAILED_BY_ADDRESS = select(
    _Failed.address,
    func.count(),
    func.count(_Failed.user_id.distinct()),
    func.min(_Failed.at),
    func.max(_Failed.at),
).group_by(_Failed.address)
_BOOKS = select(_Entry.at, _Entry.by_name, _Entry.action, _Entry.about, _Course.name, _Entry.detail).outerjoin(
    _Course, _Course.id == _Entry.course_id
)
_ACTIONS = select(_Entry.action).distinct().order_by(_Entry.action)
_BOOK_COURSES = (
    select(_Course.id, _Course.name)
    .where(_Course.id.in_(select(_Entry.course_id).where(_Entry.course_id.is_not(None))))
    .order_by(_Course.name, _Course.id)
)


def setting_rows(session: Session) -> dict[str, str]:
    """Give the settings that admins made, as text by name."""
    return dict(session.execute(_SETTINGS).all())


def counts(session: Session, since: datetime) -> Counts:
    """Count what there is, and who was seen since a date."""
    return Counts._make(session.execute(_COUNTS, {"since": since}).one())


def accounts(session: Session) -> list[Account]:
    """Give every account, by name."""
    return [Account._make(row) for row in session.execute(_ACCOUNTS)]


def account(session: Session, user_id: int) -> Account | None:
    """Give one account."""
    row = session.execute(_ACCOUNT, {"user": user_id}).one_or_none()
    return None if row is None else Account._make(row)


def all_courses(session: Session) -> list[CourseRow]:
    """Give every course, archived ones too, by name."""
    return [CourseRow._make(row) for row in session.execute(_COURSES)]


def failed_by_account(session: Session) -> list[Failures]:
    """Count failed log-ins by account; those at no account that is known make one row."""
    rows = session.execute(_FAILED_BY_ACCOUNT)
    return [
        Failures(user, name, email, None, times, others, first, last)
        for user, name, email, times, others, first, last in rows
    ]


def failed_by_address(session: Session) -> list[Failures]:
    """Count failed log-ins by the address they came from."""
    return [Failures(None, None, None, *row) for row in session.execute(_FAILED_BY_ADDRESS)]


def entries(session: Session, wanted: Wanted, *, start: int, count: int) -> list[Entry]:
    """Give lines of the books, the newest first, from number `start` on."""
    query = _BOOKS.where(*_asked(wanted)).order_by(_Entry.id.desc()).offset(start).limit(count)
    return [Entry._make(row) for row in session.execute(query)]


def entry_count(session: Session, wanted: Wanted) -> int:
    """Count lines of the books."""
    return session.scalar(select(func.count(_Entry.id)).where(*_asked(wanted))) or 0


def actions(session: Session) -> list[str]:
    """Give the actions that are in the books."""
    return list(session.scalars(_ACTIONS))


def book_courses(session: Session) -> list[tuple[int, str]]:
    """Give the courses that are in the books, by name."""
    return [(course, name) for course, name in session.execute(_BOOK_COURSES)]


def _asked(wanted: Wanted) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = [
        _Entry.by_name.icontains(word, autoescape=True) | _Entry.about.icontains(word, autoescape=True)
        for word in wanted.words.split()
    ]
    if wanted.action:
        found.append(_Entry.action == wanted.action)
    if wanted.course is not None:
        found.append(_Entry.course_id == wanted.course)
    if wanted.since is not None:
        found.append(_Entry.at >= wanted.since)
    return found
