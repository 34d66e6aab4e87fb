"""What a sitting is made from: facts due and new, which are mixed up, and how well a bank is known at first."""

from collections.abc import Collection
from datetime import datetime
from typing import cast

from sqlalchemy import ColumnElement, Table, bindparam, exists, func, not_, select, true
from sqlalchemy.orm import Session

from quizapp.store import models
from quizapp.store.learning import Known, known_of, rows_of

_Fact, _Item, _Memory, _Review = models.Fact, models.Item, models.Memory, models.Review
_Confusion, _Suspension = models.Confusion, models.Suspension
_MEMORY = cast("Table", _Memory.__table__).columns

PRIOR_MINIMUM = 20
"""A bank's own prior is used from so many first answers on."""


_CONFUSABLE = (
    select(_Confusion.fact_id, _Confusion.other_id)
    .where(_Confusion.learner_id == bindparam("learner"), _Confusion.chosen > 0)
    .limit(500)
)
_PRIOR = (
    select(func.count(), func.sum(_Review.weight))
    .join(_Fact, _Fact.id == _Review.fact_id)
    .join(_Item, _Item.id == _Review.item_id)
    .where(_Fact.bank_id == bindparam("bank"), _Review.was_new == true(), _Item.undone_at.is_(None))
)


def confusable(session: Session, learner_id: int) -> frozenset[frozenset[int]]:
    """Give the pairs of facts that the learner has taken for one another."""
    return frozenset(frozenset(pair) for pair in rows_of(session, _CONFUSABLE, {"learner": learner_id}))


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


def _askable(learner_id: int, banks: Collection[int]) -> tuple[ColumnElement[bool], ...]:
    suspended = exists().where(_Suspension.learner_id == learner_id, _Suspension.fact_id == _Fact.id)
    return (_Fact.retired_at.is_(None), _Fact.bank_id.in_(sorted(banks)), not_(suspended))
