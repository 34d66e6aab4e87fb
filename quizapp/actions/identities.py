"""The rows that facts are known by: added, retired, brought back, and set aside when another fact takes their name."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import insert, select, update
from sqlalchemy.orm import Session

from quizapp.core.knowledge.model import Bank
from quizapp.core.knowledge.plan import Moved, Plan
from quizapp.store.models import Fact
from quizapp.store.recount import set_aside


@dataclass(frozen=True, slots=True)
class Identities:
    """Row ids by key: `before` the version for every fact there was, `after` it for the facts it asks."""

    before: Mapping[str, int]
    after: Mapping[str, int]


def settle_facts(
    session: Session,
    bank_id: int,
    number: int,
    bank: Bank,
    plan: Plan,
    now: datetime,
) -> Identities:
    """Give each fact of version `number` a live row, and retire the rows of all others.

    A fact renamed to the key of another one gets a row of its own: the old row, whose log stays true, is set aside
    under its key and this version's number.
    """
    rows = session.execute(select(Fact.key, Fact.id, Fact.retired_at).where(Fact.bank_id == bank_id)).all()
    before = {key: fact for key, fact, _ in rows}
    live = {key for key, _, retired in rows if retired is None}
    aside = [
        key
        for key, outcome in plan.outcomes.items()
        if isinstance(outcome, Moved) and key in before and key not in outcome.sources
    ]
    gone = (live - set(bank.facts)) | (live & set(aside))
    _change(session, [{"id": before[key], "key": set_aside(key, number)} for key in aside])
    _change(session, [{"id": before[key], "retired_at": now} for key in sorted(gone)])
    kept = before.keys() - set(aside)
    back = [key for key in bank.facts if key in kept and key not in live]
    _change(session, [{"id": before[key], "retired_at": None} for key in back])
    fresh = [{"bank_id": bank_id, "key": key, "retired_at": None} for key in bank.facts if key not in kept]
    if fresh:
        session.execute(insert(Fact), fresh)
    query = select(Fact.key, Fact.id).where(Fact.bank_id == bank_id, Fact.retired_at.is_(None))
    return Identities(before, dict(session.execute(query).all()))


def _change(session: Session, rows: list[dict[str, object]]) -> None:
    if rows:
        session.execute(update(Fact), rows)
