"""The fold: the log of one learner becomes their memories, and can do so again at any time, to the last digit."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import assert_never

from quizapp.core.memory import fsrs
from quizapp.core.memory.days import utc
from quizapp.core.memory.model import Answered, Corrected, Event, Memory, Moved, NewFact, Reset, Settings, Undone
from quizapp.core.memory.scheduling import Step, finish, recall_at, review, seeded_day, step

NO_SITTING = 0
"""A memory that no sitting has moved: the next answer counts, whatever its sitting (sittings count from 1)."""

MINOR_DAYS = 7
"""A fact with a minor correction is seen again within so many days."""

_NEW = NewFact()


def fold(events: Sequence[Event], settings: Settings) -> dict[int, Memory]:
    """Build the memories of one learner, by fact, from the log in its order; answers taken back never were."""
    undone = {key for event in events if isinstance(event, Undone) for key in event.keys}
    memories: dict[int, Memory] = {}
    running: dict[int, tuple[Step, Answered]] = {}
    for event in events:
        if isinstance(event, Answered):
            if event.key not in undone:
                _run(running, memories, event, settings)
        elif not isinstance(event, Undone):
            _close(running, memories, _touched(event), settings)
            apply(memories, event, settings)
    _close(running, memories, set(running), settings)
    return memories


def apply(memories: dict[int, Memory], event: Event, settings: Settings) -> dict[int, Memory | None]:
    """Change `memories` by the next event of the log; give what changed by fact, None for a memory that is gone.

    Step by step this gives the same as `fold`. An answer taken back cannot be subtracted: `Undone` raises ValueError;
    fold the events of its facts' `lineage` anew instead.
    """
    match event:
        case Answered(fact=fact):
            return {fact: memories[fact]} if _answer(memories, event, settings) else {}
        case Reset(fact=fact):
            return {fact: None} if memories.pop(fact, None) is not None else {}
        case Corrected(fact=fact):
            return _correct(memories, event, settings)
        case Moved(fact=fact, source=source):
            return _move(memories, event, settings) if fact != source else {}
        case Undone():
            raise ValueError("an answer taken back needs its facts folded anew")
        case _:
            assert_never(event)


def lineage(facts: Iterable[int], events: Iterable[Event]) -> frozenset[int]:
    """Give the facts whose memories hang together with `facts` by renames: their logs are folded together."""
    moves = [(event.fact, event.source) for event in events if isinstance(event, Moved)]
    joined = set(facts)
    grown = True
    while grown:
        before = len(joined)
        for pair in moves:
            if not joined.isdisjoint(pair):
                joined.update(pair)
        grown = len(joined) > before
    return frozenset(joined)


def _run(
    running: dict[int, tuple[Step, Answered]], memories: dict[int, Memory], answered: Answered, settings: Settings
) -> None:
    """Take one step; a due day is worked out only where the chain of answers ends, since no step depends on it."""
    last = running.get(answered.fact)
    moved = step(last[0] if last is not None else memories.get(answered.fact), answered, settings)
    if moved is not None:
        running[answered.fact] = moved, answered


def _close(
    running: dict[int, tuple[Step, Answered]], memories: dict[int, Memory], facts: set[int], settings: Settings
) -> None:
    for fact in facts & running.keys():
        memories[fact] = finish(*running.pop(fact), settings)


def _touched(event: Reset | Corrected | Moved) -> set[int]:
    return {event.fact, event.source} if isinstance(event, Moved) else {event.fact}


def _answer(memories: dict[int, Memory], answered: Answered, settings: Settings) -> bool:
    memory = review(memories.get(answered.fact, _NEW), answered, settings)
    if memory is None:
        return False
    memories[answered.fact] = memory
    return True


def _correct(memories: dict[int, Memory], event: Corrected, settings: Settings) -> dict[int, Memory | None]:
    old = memories.get(event.fact)
    if old is None:
        return {}
    at = max(utc(event.at), old.reviewed_at)
    if event.minor:
        soon = seeded_day(at, MINOR_DAYS, event.fact, old.reviews, settings)
        new = replace(old, due_at=min(old.due_at, soon))
    else:
        stability, _ = fsrs.initial(fsrs.AGAIN, settings.parameters)
        new = replace(
            old,
            stability=stability,
            reviewed_at=at,
            due_at=at,
            produced=False,
            sitting=NO_SITTING,
            recall_then=0.0,
            failed_last=True,
        )
    memories[event.fact] = new
    return {event.fact: new}


def _move(memories: dict[int, Memory], event: Moved, settings: Settings) -> dict[int, Memory | None]:
    """The source keeps its memory: a split moves it several times, and a retired fact is never asked."""
    source, own = memories.get(event.source), memories.get(event.fact)
    if source is None:
        return {}
    if own is not None:
        at = max(utc(event.at), source.reviewed_at, own.reviewed_at)
        if recall_at(own, at, settings) <= recall_at(source, at, settings):
            return {}
    memories[event.fact] = source
    return {event.fact: source}
