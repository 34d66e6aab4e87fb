"""Checking that everything derived from the log still agrees with it, and making it agree."""

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from operator import eq
from typing import TypeAlias, TypeVar

from sqlalchemy import select
from sqlalchemy.orm import Session

from quizapp.core.memory.fold import fold
from quizapp.core.memory.model import Memory
from quizapp.store import recount
from quizapp.store.engine import without_hurry
from quizapp.store.ledger import events_of, memories_of, settings_of, write_memories
from quizapp.store.models import User
from quizapp.store.recount import Confused, Day, FactNumbers, Pair

SECONDS_APART = 0.01
"""Sums of thinking time taken in another order differ in their last digits."""

Progress: TypeAlias = Callable[[int, int], None]
"""Told the learners done and the learners in all."""

Key = TypeVar("Key")
Value = TypeVar("Value")
Drift: TypeAlias = Mapping[Key, tuple[Value | None, Value | None]]
"""What is kept and what the log says, where they differ."""


@dataclass(frozen=True, slots=True)
class Difference:
    """One derived row that is not what the log says: whose, in which table, under which key."""

    learner: int
    table: str
    key: str
    kept: str
    log: str


@dataclass(frozen=True, slots=True)
class _Drifts:
    """All differences of one learner."""

    learner: int
    memories: Drift[int, Memory]
    days: Drift[date, Day]
    confusions: Drift[Pair, Confused]


def verify(
    session: Session,
    *,
    learners: Collection[int] | None = None,
    progress: Progress | None = None,
) -> list[Difference]:
    """Fold the log anew, of some learners or all, and name every derived row that differs; nothing is changed."""
    drifts = _all_drifts(session, learners, progress)
    return [difference for each in drifts for difference in _differences(each)]


def rebuild(
    session: Session,
    *,
    learners: Collection[int] | None = None,
    progress: Progress | None = None,
) -> list[Difference]:
    """Write what the log says wherever a derived row differs; give what was mended, nothing the second time."""
    mended: list[Difference] = []
    for each in _all_drifts(session, learners, progress):
        write_memories(session, each.learner, _said(each.memories))
        recount.write_days(session, each.learner, _said(each.days))
        recount.write_confusions(session, each.learner, _said(each.confusions))
        mended.extend(_differences(each))
    return mended


def _all_drifts(
    session: Session,
    learners: Collection[int] | None,
    progress: Progress | None,
) -> Iterator[_Drifts]:
    without_hurry(session.connection())
    query = select(User).order_by(User.id)
    if learners is not None:
        query = query.where(User.id.in_(sorted(learners)))
    users = session.scalars(query).all()
    numbers = FactNumbers(session)
    for done, user in enumerate(users, 1):
        settings = settings_of(user)
        memories = _drift(memories_of(session, user.id), fold(list(events_of(session, user.id)), settings))
        days = _drift(recount.kept_days(session, user.id), recount.folded_days(session, user.id), _same_day)
        kept = recount.kept_confusions(session, user.id)
        confusions = _drift(kept, recount.folded_confusions(session, user.id, numbers))
        yield _Drifts(user.id, memories, days, confusions)
        if progress is not None:
            progress(done, len(users))


def _drift(
    kept: Mapping[Key, Value],
    folded: Mapping[Key, Value],
    same: Callable[[Value, Value], bool] = eq,
) -> Drift[Key, Value]:
    found: dict[Key, tuple[Value | None, Value | None]] = {}
    for key in kept.keys() | folded.keys():
        there, said = kept.get(key), folded.get(key)
        if there is None or said is None or not same(there, said):
            found[key] = (there, said)
    return found


def _same_day(one: Day, other: Day) -> bool:
    counts = (one.reviews, one.right, one.new) == (other.reviews, other.right, other.new)
    return counts and abs(one.seconds - other.seconds) < SECONDS_APART


def _said(drift: Drift[Key, Value]) -> dict[Key, Value | None]:
    return {key: said for key, (_, said) in drift.items()}


def _differences(drifts: _Drifts) -> Iterator[Difference]:
    yield from _told(drifts.learner, "memory", drifts.memories)
    yield from _told(drifts.learner, "day_total", drifts.days)
    yield from _told(drifts.learner, "confusion", drifts.confusions)


def _told(learner: int, table: str, drift: Drift[Key, Value]) -> Iterator[Difference]:
    for key, (kept, said) in sorted(drift.items(), key=lambda entry: str(entry[0])):
        yield Difference(learner, table, str(key), _shown(kept), _shown(said))


def _shown(value: object) -> str:
    return "nothing" if value is None else str(value)
