"""What publishing does to memories: rows in the log of every learner concerned, and the fold's next step for each."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import insert, literal, select
from sqlalchemy.orm import Session

from quizapp.actions.identities import Identities
from quizapp.core.knowledge.plan import Minor, Moved, Plan, Relearn, Value
from quizapp.core.memory.days import study_day
from quizapp.core.memory.fold import apply
from quizapp.core.memory.model import Corrected, Memory
from quizapp.core.memory.model import Moved as MovedEvent
from quizapp.store.census import in_parts
from quizapp.store.ledger import memories_by_learner, settings_of, write_all_memories
from quizapp.store.models import Review, Suspension, User


@dataclass(frozen=True, slots=True)
class _Change:
    """An event that befalls everybody who remembers the fact `needs`."""

    needs: int
    event: MovedEvent | Corrected


def carry_memories(session: Session, plan: Plan, identities: Identities, now: datetime) -> None:
    """Write what a plan does to the memories of all learners, and carry their suspensions over to renamed facts."""
    changes = list(_changes(plan, identities, now))
    facts = {fact for change in changes for fact in (change.needs, change.event.fact)}
    by_learner = memories_by_learner(session, facts)
    rows: list[dict[str, Any]] = []
    written: dict[tuple[int, int], Memory | None] = {}
    for user in _users(session, by_learner):
        memories, settings = by_learner[user.id], settings_of(user)
        day = study_day(now, settings.zone, settings.day_turn)
        for change in changes:
            if change.needs in memories:
                rows.append(_row(user.id, change.event, day, now))
                changed = apply(memories, change.event, settings)
                written.update({(user.id, fact): memory for fact, memory in changed.items()})
    if rows:
        session.execute(insert(Review.__table__), rows)  # type: ignore[arg-type]
    write_all_memories(session, written)
    for change in changes:
        if isinstance(change.event, MovedEvent):
            _carry_suspensions(session, change.event)


def _changes(plan: Plan, identities: Identities, now: datetime) -> Iterator[_Change]:
    """Moves come first, so that a renamed fact with another value is corrected in its new place."""
    corrected: list[tuple[str, bool]] = []
    for key, outcome in plan.outcomes.items():
        match outcome:
            case Moved(sources=sources, value=value):
                fact = identities.after[key]
                for source in (identities.before[each] for each in sources):
                    if source != fact:
                        yield _Change(source, MovedEvent(fact, source, now))
                if value is not Value.SAME:
                    corrected.append((key, value is Value.MINOR))
            case Relearn() | Minor():
                corrected.append((key, isinstance(outcome, Minor)))
            case _:
                pass
    for key, minor in corrected:
        fact = identities.after[key]
        yield _Change(fact, Corrected(fact, now, minor))


def _users(session: Session, learners: Mapping[int, object]) -> Iterator[User]:
    for some in in_parts(learners.keys()):
        yield from session.scalars(select(User).where(User.id.in_(some)).order_by(User.id))


def _row(learner_id: int, event: MovedEvent | Corrected, day: date, now: datetime) -> dict[str, Any]:
    if isinstance(event, MovedEvent):
        kind, source, note = "moved", event.source, None
    else:
        kind, source = ("corrected-minor" if event.minor else "corrected"), None
        note = f"corrected on {day.isoformat()}"
    return {
        "learner_id": learner_id,
        "fact_id": event.fact,
        "kind": kind,
        "at": now,
        "study_day": day,
        "ordinal": 0,
        "source_fact_id": source,
        "note": note,
    }


def _carry_suspensions(session: Session, event: MovedEvent) -> None:
    there = select(Suspension.learner_id).where(Suspension.fact_id == event.fact)
    carried = select(Suspension.learner_id, literal(event.fact), Suspension.at).where(
        Suspension.fact_id == event.source,
        Suspension.learner_id.not_in(there),
    )
    session.execute(insert(Suspension).from_select(["learner_id", "fact_id", "at"], carried))
