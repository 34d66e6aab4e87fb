"""What publishing does to memories: rows in the log of every learner concerned, and the fold's next step for each."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import date, datetime
from typing import cast

from sqlalchemy import Integer, Table, bindparam, insert, literal, select
from sqlalchemy.orm import Session

from quizapp.actions.identities import Identities
from quizapp.core.knowledge.plan import Minor, Plan, Relearn, Value
from quizapp.core.knowledge.plan import Moved as Renamed
from quizapp.core.memory import model as core
from quizapp.core.memory.days import study_day
from quizapp.core.memory.fold import apply
from quizapp.core.memory.model import Corrected, Moved
from quizapp.store.census import in_parts
from quizapp.store.ledger import memories_by_learner, settings_of, write_all_memories
from quizapp.store.models import Memory, Review, Suspension, User

_review = cast("Table", Review.__table__)
_kind, _at, _day, _note = (
    bindparam("kind", type_=Review.kind.type),
    bindparam("at", type_=Review.at.type),
    bindparam("day", type_=Review.study_day.type),
    bindparam("note", type_=Review.note.type),
)
_of_zones = User.zone.in_(bindparam("zones", expanding=True))
_LOG_MOVE = insert(_review).from_select(
    ["learner_id", "fact_id", "kind", "at", "study_day", "ordinal", "source_fact_id"],
    select(Memory.learner_id, bindparam("fact", type_=Integer), _kind, _at, _day, literal(0), Memory.fact_id)
    .join(User, User.id == Memory.learner_id)
    .where(Memory.fact_id == bindparam("source"), _of_zones)
    .order_by(Memory.learner_id),
)
_LOG_CORRECTIONS = insert(_review).from_select(
    ["learner_id", "fact_id", "kind", "at", "study_day", "ordinal", "note"],
    select(Memory.learner_id, Memory.fact_id, _kind, _at, _day, literal(0), _note)
    .join(User, User.id == Memory.learner_id)
    .where(Memory.fact_id.in_(bindparam("facts", expanding=True)), _of_zones)
    .order_by(Memory.learner_id, Memory.fact_id),
)


def carry_memories(session: Session, plan: Plan, identities: Identities, now: datetime) -> None:
    """Write what a plan does to the memories of all learners, and carry their suspensions over to renamed facts."""
    moves, corrections = _moves(plan, identities, now), _corrections(plan, identities, now)
    facts = {fact for move in moves for fact in (move.fact, move.source)} | {each.fact for each in corrections}
    if not facts:
        return
    by_learner = memories_by_learner(session, facts)
    users = list(_users(session, by_learner))
    events: list[core.Event] = [*moves, *corrections]
    written: dict[tuple[int, int], core.Memory | None] = {}
    for user in users:
        memories, settings = by_learner[user.id], settings_of(user)
        for event in events:
            written.update({(user.id, fact): new for fact, new in apply(memories, event, settings).items()})
    zones = _zones_by_day(users, now)
    _log_moves(session, moves, zones, now)
    write_all_memories(session, written)
    _log_corrections(session, corrections, zones, now)
    for move in moves:
        _carry_suspensions(session, move)


def _moves(plan: Plan, identities: Identities, now: datetime) -> list[Moved]:
    """A fact that stays among its own sources needs no move."""
    return [
        Moved(identities.after[key], identities.before[source], now)
        for key, outcome in plan.outcomes.items()
        if isinstance(outcome, Renamed)
        for source in outcome.sources
        if identities.before[source] != identities.after[key]
    ]


def _corrections(plan: Plan, identities: Identities, now: datetime) -> list[Corrected]:
    """A renamed fact with another value is corrected in its new place, after the move."""
    found: list[Corrected] = []
    for key, outcome in plan.outcomes.items():
        match outcome:
            case Relearn() | Renamed(value=Value.CHANGED):
                found.append(Corrected(identities.after[key], now, minor=False))
            case Minor() | Renamed(value=Value.MINOR):
                found.append(Corrected(identities.after[key], now, minor=True))
            case _:
                pass
    return found


def _users(session: Session, learners: Collection[int]) -> Iterator[User]:
    for some in in_parts(learners):
        yield from session.scalars(select(User).where(User.id.in_(some)).order_by(User.id))


def _zones_by_day(users: Iterable[User], now: datetime) -> dict[date, list[str]]:
    """It is the same moment for everybody, but not the same study day."""
    zones: dict[date, list[str]] = {}
    for zone in sorted({user.zone for user in users}):
        zones.setdefault(study_day(now, zone), []).append(zone)
    return zones


def _log_moves(session: Session, moves: list[Moved], zones: Mapping[date, list[str]], now: datetime) -> None:
    for move in moves:
        for day, names in zones.items():
            values = {"fact": move.fact, "source": move.source, "kind": "moved", "at": now, "day": day, "zones": names}
            session.connection().execute(_LOG_MOVE, values)


def _log_corrections(
    session: Session,
    corrections: list[Corrected],
    zones: Mapping[date, list[str]],
    now: datetime,
) -> None:
    for kind, minor in (("corrected", False), ("corrected-minor", True)):
        for facts in in_parts({each.fact for each in corrections if each.minor is minor}):
            for day, names in zones.items():
                note = f"corrected on {day.isoformat()}"
                values = {"facts": facts, "kind": kind, "at": now, "day": day, "zones": names, "note": note}
                session.connection().execute(_LOG_CORRECTIONS, values)


def _carry_suspensions(session: Session, move: Moved) -> None:
    there = select(Suspension.learner_id).where(Suspension.fact_id == move.fact)
    carried = select(Suspension.learner_id, literal(move.fact), Suspension.at).where(
        Suspension.fact_id == move.source,
        Suspension.learner_id.not_in(there),
    )
    session.execute(insert(Suspension).from_select(["learner_id", "fact_id", "at"], carried))
