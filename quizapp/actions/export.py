"""Everything kept about one person, as values that JSON can hold."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

from sqlalchemy import Table, bindparam, select
from sqlalchemy.orm import Session

from quizapp.actions.telling import untold
from quizapp.store import models
from quizapp.store.library import fact_keys

FORMAT = "quizapp-account-1"

_FACT_COLUMNS = ("fact_id", "other_id", "confused_with_id", "source_fact_id")
_HIDDEN = frozenset({"learner_id", "password_hash", "session_version", "snapshot", "answer_key", "seed"})
_TELLING = frozenset({"result", "right", "grade", "weight", "confused_with_id", "failed_last"})
"""Columns that tell whether a question was answered rightly."""

_PARTS: Mapping[str, type[models.Base]] = {
    "memories": models.Memory,
    "reviews": models.Review,
    "sittings": models.Sitting,
    "attempts": models.Attempt,
    "items": models.Item,
    "totals": models.DayTotal,
    "suspensions": models.Suspension,
    "confusions": models.Confusion,
}

_ENROLMENTS = (
    select(
        models.Course.name.label("course"),
        models.Enrolment.role,
        models.Enrolment.joined_at,
        models.Enrolment.removed_at,
    )
    .join(models.Course, models.Course.id == models.Enrolment.course_id)
    .where(models.Enrolment.user_id == bindparam("user"))
    .order_by(models.Enrolment.joined_at, models.Course.id)
)
_GRADES = (
    select(
        models.Course.name.label("course"),
        models.Assignment.title.label("assignment"),
        models.Grade.attempt_id,
        models.Grade.kind,
        models.Grade.points,
        models.Grade.possible,
        models.Grade.factor,
        models.Grade.reason,
        models.Grade.at,
    )
    .join(models.Attempt, models.Attempt.id == models.Grade.attempt_id)
    .outerjoin(models.Assignment, models.Assignment.id == models.Attempt.assignment_id)
    .outerjoin(models.Course, models.Course.id == models.Assignment.course_id)
    .where(models.Attempt.learner_id == bindparam("user"))
    .order_by(models.Grade.id)
)
"""All grades there ever were of a person, without the marks of single questions, which would tell a quiz's answers."""


def export_account(session: Session, user: models.User, *, now: datetime) -> dict[str, object]:
    """Give an account, what it did and what it is believed to know; facts are named `bank.fact`, times are ISO 8601.

    What was right in a quiz that may not tell its answers yet is left out.
    """
    quiet = untold(session, user.id, now=now)
    parts = {
        name: [_withheld(row) if row.get("sitting_id") in quiet else row for row in _rows(session, model, user.id)]
        for name, model in _PARTS.items()
    }
    names = _fact_names(session, (row for rows in parts.values() for row in rows))
    account = {column.name: getattr(user, column.name) for column in models.User.__table__.columns}
    return {
        "format": FORMAT,
        "account": _plain(account, names),
        **{name: [_plain(row, names) for row in rows] for name, rows in parts.items()},
        "enrolments": [_plain(row._asdict(), names) for row in session.execute(_ENROLMENTS, {"user": user.id})],
        "grades": [_plain(row._asdict(), names) for row in session.execute(_GRADES, {"user": user.id})],
    }


def _rows(session: Session, model: type[models.Base], learner_id: int) -> list[Mapping[str, Any]]:
    table = model.__table__
    keys = table.primary_key.columns if isinstance(table, Table) else ()
    query = select(table).where(table.c.learner_id == learner_id).order_by(*keys)
    return [dict(row) for row in session.execute(query).mappings()]


def _withheld(row: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in row.items() if name not in _TELLING}


def _fact_names(session: Session, rows: Iterable[Mapping[str, Any]]) -> dict[int, str]:
    facts = {row[column] for row in rows for column in _FACT_COLUMNS if row.get(column) is not None}
    banks = dict(session.execute(select(models.Bank.id, models.Bank.key)).all())
    return {fact: f"{banks[bank]}.{key}" for fact, (bank, key) in fact_keys(session, facts).items()}


def _plain(row: Mapping[str, Any], names: Mapping[int, str]) -> dict[str, object]:
    """Name the facts, write times as text, and leave out what is empty or no business of anybody's."""
    plain: dict[str, object] = {}
    for name, value in row.items():
        if value is None or name in _HIDDEN:
            continue
        if name in _FACT_COLUMNS:
            plain[name.removesuffix("_id")] = names[value]
        else:
            plain[name] = value.isoformat() if isinstance(value, date | datetime) else value
    return plain
