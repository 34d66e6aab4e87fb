"""Sittings: start, ask, answer, take back, stop; and what a learner decides about single facts."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from quizapp.actions import asking, planning
from quizapp.actions.answers import Answered, Conflict, Invalid, Outcome, Taken, keep, take
from quizapp.actions.asking import Place
from quizapp.actions.errors import NotFound, Refused
from quizapp.actions.record import record_graded
from quizapp.actions.rewording import reword
from quizapp.actions.scope import Scope
from quizapp.actions.taking_back import take_back
from quizapp.core.items.grade import grade
from quizapp.core.items.model import FlashcardItem, Ungradable
from quizapp.core.memory.days import study_day
from quizapp.core.memory.fold import apply
from quizapp.core.memory.model import Reset, Settings
from quizapp.store import learning, models
from quizapp.store.ledger import settings_of, write_memories

__all__ = [
    "Answered",
    "Conflict",
    "Invalid",
    "Outcome",
    "end_sitting",
    "reset_fact",
    "resume_fact",
    "reveal",
    "serve_item",
    "start_sitting",
    "submit_answer",
    "suspend_fact",
    "undo_answer",
]


def start_sitting(
    session: Session, learner: models.User, kind: str, scope: Scope, *, now: datetime, seed: int
) -> models.Sitting:
    """Open a sitting with its facts chosen, or go on with an open one of the same kind, scope and study day."""
    settings = settings_of(learner)
    for sitting in _open_sittings(session, learner.id, kind):
        if sitting.scope == scope.to_json() and _same_day(sitting.started_at, now, settings):
            return sitting
        sitting.ended_at = now
    plan = planning.plan(session, learner, kind, scope, now=now, seed=seed)
    sitting = models.Sitting(
        learner_id=learner.id, kind=kind, scope=scope.to_json(), plan=plan.to_json(), seed=seed, started_at=now
    )
    session.add(sitting)
    session.flush()
    return sitting


def serve_item(session: Session, learner: models.User, sitting: models.Sitting, *, now: datetime) -> models.Item | None:
    """Give the item that waits for an answer, else make the next; None when the sitting is over, which ends it."""
    waiting = learning.open_item(session, sitting.id)
    if waiting is not None or sitting.ended_at is not None:
        return waiting
    asked = learning.history(session, sitting.id)
    return _ask_next(session, learner, sitting, learning.next_slot(session, sitting.id), asked, now=now)


def submit_answer(
    session: Session,
    learner: models.User,
    item_id: int,
    *,
    fields: Mapping[str, Sequence[str]],
    key: str,
    version: int,
    now: datetime,
) -> Outcome:
    """Record the answer to an item of a sitting, move the memories it touches, and make the next item."""
    taken = take(session, learner, item_id, fields=fields, key=key, version=version)
    if not isinstance(taken, Taken):
        return taken
    sitting = session.get_one(models.Sitting, taken.item.sitting_id)
    if isinstance(taken.core, FlashcardItem) and taken.item.revealed_at is None:
        return Invalid(taken.item, "not-revealed")
    graded = grade(taken.core, taken.answer, asking.guess_rate(session, taken.item, taken.core))
    if isinstance(graded, Ungradable):
        return Invalid(taken.item, graded.reason)
    if sitting.ended_at is not None or not keep(session, taken, key=key, now=now, graded=graded):
        return Conflict(taken.item)
    prior = planning.Plan.from_json(sitting.plan).prior(taken.item.bank_id)
    record_graded(session, taken.item, taken.core, graded, settings=settings_of(learner), prior=prior, now=now)
    asked = learning.history(session, sitting.id)
    waiting = _ask_next(session, learner, sitting, taken.item.slot + 1, asked, now=now)
    return Answered(taken.item, place=Place(waiting, asked))


def reveal(session: Session, learner: models.User, item_id: int, *, now: datetime) -> models.Item:
    """Turn a flashcard over; turning it twice changes nothing."""
    item = learning.own_item(session, learner.id, item_id)
    if item is None or item.form != "flashcard":
        raise NotFound
    item.revealed_at = item.revealed_at or now
    return item


def undo_answer(session: Session, learner: models.User, sitting_id: int, *, now: datetime) -> models.Item:
    """Take back the last answer of a sitting, its memories and counts included, and ask the same item again.

    Whoever reads another language by now gets it in that one.
    """
    sitting = own_sitting(session, learner, sitting_id)
    last = learning.last_answered(session, sitting.id)
    if last is None or sitting.kind == "quiz":
        raise Refused("There is no answer to take back.")
    waiting = learning.open_item(session, sitting.id)
    if waiting is not None:
        waiting.undone_at = now
    take_back(session, learner, last, settings=settings_of(learner), now=now)
    again = models.Item(
        learner_id=learner.id,
        sitting_id=sitting.id,
        slot=learning.next_slot(session, sitting.id),
        bank_id=last.bank_id,
        version_id=last.version_id,
        form=last.form,
        snapshot=last.snapshot,
        served_at=now,
    )
    session.add(again)
    sitting.ended_at = None
    session.flush()
    reword(session, learner, sitting, again)
    return again


def end_sitting(session: Session, learner: models.User, sitting_id: int, *, now: datetime) -> models.Sitting:
    """Stop a sitting; the question that was open is withdrawn, what was answered stays."""
    sitting = own_sitting(session, learner, sitting_id)
    waiting = learning.open_item(session, sitting.id)
    if waiting is not None and sitting.kind != "quiz":
        waiting.undone_at = now
    sitting.ended_at = sitting.ended_at or now
    return sitting


def suspend_fact(session: Session, learner: models.User, fact_id: int, *, now: datetime) -> None:
    """Stop asking a fact; its memory stays as it is."""
    _live_fact(session, fact_id)
    if session.get(models.Suspension, (learner.id, fact_id)) is None:
        session.add(models.Suspension(learner_id=learner.id, fact_id=fact_id, at=now))


def resume_fact(session: Session, learner: models.User, fact_id: int) -> None:
    """Ask a suspended fact again."""
    session.execute(
        delete(models.Suspension).where(
            models.Suspension.learner_id == learner.id, models.Suspension.fact_id == fact_id
        )
    )


def reset_fact(session: Session, learner: models.User, fact_id: int, *, now: datetime) -> None:
    """Forget a learner's memory of a fact; the log keeps what happened before."""
    _live_fact(session, fact_id)
    memories = learning.memories_of(session, learner.id, [fact_id])
    if fact_id not in memories:
        return
    settings = settings_of(learner)
    day = study_day(now, settings.zone, settings.day_turn)
    session.add(models.Review(learner_id=learner.id, fact_id=fact_id, kind="reset", at=now, study_day=day))
    session.flush()
    write_memories(session, learner.id, apply(memories, Reset(fact_id, now), settings))


def own_sitting(session: Session, learner: models.User, sitting_id: int) -> models.Sitting:
    """Give a sitting of the learner's, held until the transaction ends; NotFound for anybody else's."""
    query = (
        select(models.Sitting)
        .where(models.Sitting.id == sitting_id, models.Sitting.learner_id == learner.id)
        .with_for_update()
    )
    sitting = session.scalar(query)
    if sitting is None:
        raise NotFound
    return sitting


def _ask_next(
    session: Session,
    learner: models.User,
    sitting: models.Sitting,
    slot: int,
    asked: Sequence[learning.Asked],
    *,
    now: datetime,
) -> models.Item | None:
    """Make the item of a slot; None when there is nothing left to ask, which ends the sitting."""
    made = asking.next_item(session, learner, sitting, slot, asked, now=now)
    if made is None:
        sitting.ended_at = now
        return None
    session.add(made)
    session.flush()
    return made


def _open_sittings(session: Session, learner_id: int, kind: str) -> Sequence[models.Sitting]:
    query = select(models.Sitting).where(
        models.Sitting.learner_id == learner_id, models.Sitting.kind == kind, models.Sitting.ended_at.is_(None)
    )
    return session.scalars(query).all()


def _same_day(earlier: datetime, now: datetime, settings: Settings) -> bool:
    zone, turn = settings.zone, settings.day_turn
    return study_day(earlier, zone, turn) == study_day(now, zone, turn)


def _live_fact(session: Session, fact_id: int) -> models.Fact:
    fact = session.get(models.Fact, fact_id)
    if fact is None:
        raise NotFound
    return fact
