"""What a sitting is made from: facts due and new, what they are mixed up with, how well a bank is known at first."""

from collections import defaultdict
from collections.abc import Collection
from datetime import datetime
from typing import Any, NamedTuple, cast

from sqlalchemy import ColumnElement, Table, and_, bindparam, exists, func, not_, or_, select, true
from sqlalchemy.orm import Session

from quizapp.store import models
from quizapp.store.learning import Known, known_of, rows_of

_Fact, _Item, _Memory, _Review = models.Fact, models.Item, models.Memory, models.Review
_Confusion, _Suspension = models.Confusion, models.Suspension
_MEMORY = cast("Table", _Memory.__table__).columns

PRIOR_MINIMUM = 20
"""A bank's own prior is used from so many first answers on."""


MOST_CONFUSIONS = 500


class Goal(NamedTuple):
    """A practice assignment: what of (a scope as its row keeps it) and the date to be ready for."""

    assignment: int
    scope: dict[str, Any]
    due_at: datetime


_CONFUSIONS = (
    select(_Confusion.fact_id, _Confusion.other_id, _Confusion.chosen)
    .where(_Confusion.learner_id == bindparam("learner"), _Confusion.chosen > 0)
    .order_by(_Confusion.chosen.desc(), _Confusion.fact_id, _Confusion.other_id)
    .limit(MOST_CONFUSIONS)
)
_GOALS = (
    select(models.Assignment.id, models.Assignment.scope, models.Assignment.due_at)
    .join(models.Course, models.Course.id == models.Assignment.course_id)
    .join(models.Enrolment, models.Enrolment.course_id == models.Assignment.course_id)
    .where(
        models.Enrolment.user_id == bindparam("learner"),
        models.Enrolment.removed_at.is_(None),
        models.Enrolment.role == "student",
        models.Course.archived_at.is_(None),
        models.Assignment.kind == "practice",
        models.Assignment.published_at.is_not(None),
        models.Assignment.archived_at.is_(None),
        models.Assignment.due_at > bindparam("now", type_=models.Assignment.due_at.type),
        or_(
            models.Assignment.opens_at.is_(None),
            models.Assignment.opens_at <= bindparam("now", type_=models.Assignment.due_at.type),
        ),
    )
    .order_by(models.Assignment.due_at, models.Assignment.id)
)
_PRIOR = (
    select(func.count(), func.sum(_Review.weight))
    .join(_Fact, _Fact.id == _Review.fact_id)
    .join(_Item, _Item.id == _Review.item_id)
    .where(_Fact.bank_id == bindparam("bank"), _Review.was_new == true(), _Item.undone_at.is_(None))
)


def confusions(session: Session, learner_id: int) -> dict[int, dict[int, int]]:
    """Count by fact how often the learner gave the value of which other fact for it; those mixed up most."""
    found: defaultdict[int, dict[int, int]] = defaultdict(dict)
    for fact, other, chosen in rows_of(session, _CONFUSIONS, {"learner": learner_id}):
        found[fact][other] = chosen
    return dict(found)


def goals(session: Session, learner_id: int, now: datetime) -> list[Goal]:
    """Give what a learner's courses ask them to be ready for, the nearest date first."""
    return [Goal._make(row) for row in rows_of(session, _GOALS, {"learner": learner_id, "now": now})]


def prior(session: Session, bank_id: int) -> float | None:
    """Give the share of a bank's facts that was known at the first answer, None where too few answers tell."""
    count, knew = rows_of(session, _PRIOR, {"bank": bank_id}).one()
    return min(max(float(knew or 0.0) / count, 0.05), 0.8) if count >= PRIOR_MINIMUM else None


def due_facts(session: Session, learner_id: int, banks: Collection[int], now: datetime, *, limit: int) -> list[Known]:
    """Give facts that are due, longest first; `now` far ahead gives every fact with a memory."""
    query = (
        select(_Fact.id, _Fact.bank_id, _Fact.key, *_MEMORY)
        .join(_Memory, _Memory.fact_id == _Fact.id)
        .where(_Memory.learner_id == learner_id, _Memory.due_at <= now, *_askable(learner_id, banks))
        .order_by(_Memory.due_at, _Fact.id)
        .limit(limit)
    )
    return [known_of(row) for row in rows_of(session, query, {})]


def new_facts(session: Session, learner_id: int, banks: Collection[int], *, limit: int) -> list[Known]:
    """Give facts the learner has no memory of, in the order of their file."""
    remembered = exists().where(_Memory.learner_id == learner_id, _Memory.fact_id == _Fact.id)
    query = (
        select(_Fact.id, _Fact.bank_id, _Fact.key)
        .where(not_(remembered), *_askable(learner_id, banks))
        .order_by(_Fact.bank_id, _Fact.id)
        .limit(limit)
    )
    return [Known(fact, bank, key, None) for fact, bank, key in rows_of(session, query, {})]


def askable_facts(session: Session, learner_id: int, banks: Collection[int], facts: Collection[int]) -> list[Known]:
    """Give those of some facts that may be asked, due or not."""
    query = (
        select(_Fact.id, _Fact.bank_id, _Fact.key, *_MEMORY)
        .outerjoin(_Memory, and_(_Memory.fact_id == _Fact.id, _Memory.learner_id == learner_id))
        .where(_Fact.id.in_(sorted(facts)), *_askable(learner_id, banks))
        .order_by(_Fact.id)
    )
    return [known_of(row) for row in rows_of(session, query, {})]


def _askable(learner_id: int, banks: Collection[int]) -> tuple[ColumnElement[bool], ...]:
    suspended = exists().where(_Suspension.learner_id == learner_id, _Suspension.fact_id == _Fact.id)
    return (_Fact.retired_at.is_(None), _Fact.bank_id.in_(sorted(banks)), not_(suspended))
