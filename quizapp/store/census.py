"""Who remembers what: the numbers behind a plan."""

from collections.abc import Collection, Iterator
from typing import TypeVar

from sqlalchemy import bindparam, func, select
from sqlalchemy.orm import Session

from quizapp.core.knowledge.plan import Kept, Moved, Plan
from quizapp.store import models

Key = TypeVar("Key", int, str)

AT_ONCE = 500

_LEARNERS = (
    select(models.Fact.key, func.count())
    .join(models.Memory, models.Memory.fact_id == models.Fact.id)
    .where(models.Fact.bank_id == bindparam("bank"), models.Fact.key.in_(bindparam("keys", expanding=True)))
    .group_by(models.Fact.key)
)
_RETIRED = select(models.Fact.key).where(
    models.Fact.bank_id == bindparam("bank"),
    models.Fact.retired_at.is_not(None),
)


def learners_by_fact(session: Session, bank_id: int, plan: Plan) -> dict[str, int]:
    """Count the learners who have a memory of each fact that the plan touches."""
    keys = {
        key
        for outcome in plan.outcomes.values()
        if not isinstance(outcome, Kept)
        for key in (outcome.sources if isinstance(outcome, Moved) else (outcome.fact,))
    }
    counts: dict[str, int] = {}
    for some in in_parts(keys):
        counts.update(session.execute(_LEARNERS, {"bank": bank_id, "keys": some}).all())
    return counts


def retired_keys(session: Session, bank_id: int) -> frozenset[str]:
    """Name the facts of a bank that are asked no more."""
    return frozenset(session.scalars(_RETIRED, {"bank": bank_id}))


def in_parts(keys: Collection[Key]) -> Iterator[list[Key]]:
    """Cut keys into lists short enough for one statement."""
    ordered = sorted(keys)
    for start in range(0, len(ordered), AT_ONCE):
        yield ordered[start : start + AT_ONCE]
