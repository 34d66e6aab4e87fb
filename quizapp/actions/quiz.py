"""Quizzes: an attempt with its questions fixed at the start, answers saved as given, graded now or at the end."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from quizapp.actions import asking, planning, practice
from quizapp.actions.answers import Answered, Conflict, Invalid, Outcome, Taken, keep, take
from quizapp.actions.errors import NotFound, Refused
from quizapp.actions.record import record_graded
from quizapp.actions.scope import Scope
from quizapp.core.items import results, snapshot
from quizapp.core.items.grade import grade
from quizapp.core.items.model import Graded
from quizapp.store import learning, models
from quizapp.store.ledger import settings_of

GRACE = timedelta(seconds=10)
"""An answer sent in the last moment may arrive this much after the deadline."""


@dataclass(frozen=True, slots=True)
class QuizSettings:
    """What a quiz is made of; `feedback` is "now" or "end", `minutes` the time limit or None."""

    scope: Scope
    questions: int
    feedback: str
    minutes: int | None = None


def start_attempt(
    session: Session, learner: models.User, settings: QuizSettings, *, now: datetime, seed: int
) -> models.Attempt:
    """Start a quiz: every question is made now, from the versions that are published now.

    Raises Refused where the scope affords no question.
    """
    scope = replace(settings.scope, ahead=True)
    plan = planning.plan(session, learner, "quiz", scope, now=now, seed=seed)
    sitting = models.Sitting(
        learner_id=learner.id, kind="quiz", scope=scope.to_json(), plan=plan.to_json(), seed=seed, started_at=now
    )
    session.add(sitting)
    session.flush()
    items = asking.quiz_items(session, learner, sitting, settings.questions, now=now)
    if not items:
        raise Refused("No question of this kind can be made from what you chose.")
    session.add_all(items)
    attempt = models.Attempt(
        sitting_id=sitting.id,
        learner_id=learner.id,
        feedback=settings.feedback,
        questions=len(items),
        started_at=now,
        deadline_at=now + timedelta(minutes=settings.minutes) if settings.minutes else None,
    )
    session.add(attempt)
    session.flush()
    return attempt


def serve_slot(session: Session, learner: models.User, attempt: models.Attempt, slot: int) -> models.Item:
    """Give the question of a slot; NotFound outside the quiz."""
    query = select(models.Item).where(
        models.Item.sitting_id == attempt.sitting_id, models.Item.slot == slot, models.Item.learner_id == learner.id
    )
    item = session.scalar(query)
    if item is None:
        raise NotFound
    return item


def save_answer(
    session: Session,
    learner: models.User,
    item_id: int,
    *,
    fields: Mapping[str, Sequence[str]],
    key: str,
    version: int,
    now: datetime,
) -> Outcome:
    """Save the answer to a question: graded at once with feedback now, else open to change until the end."""
    held = learning.own_item(session, learner.id, item_id)
    if held is None:
        raise NotFound
    attempt = attempt_of(session, held)
    taken = take(session, learner, item_id, fields=fields, key=key, version=version, again=attempt.feedback == "end")
    if not isinstance(taken, Taken):
        return taken
    if attempt.finished_at is not None or is_over(attempt, now):
        return Conflict(taken.item)
    graded = grade(taken.core, taken.answer)
    if not isinstance(graded, Graded):
        return Invalid(taken.item, graded.reason)
    if not keep(session, taken, key=key, now=now):
        return Conflict(taken.item)
    if attempt.feedback == "now":
        _record(session, learner, taken.item, graded, now=now)
    return Answered(taken.item)


def finish_attempt(session: Session, learner: models.User, attempt_id: int, *, now: datetime) -> models.Attempt:
    """Close a quiz once and count its points; an unanswered question costs its point and moves no memory."""
    attempt = own_attempt(session, learner, attempt_id)
    if attempt.finished_at is not None:
        return attempt
    items = items_of(session, attempt)
    for item in items:
        if item.answered_at is not None and item.graded_at is None:
            graded = grade(snapshot.load(item.snapshot), snapshot.load_answer(item.answer or {}))
            if isinstance(graded, Graded):
                _record(session, learner, item, graded, now=now)
    attempt.points = sum(results.load(item.result).score for item in items if item.result)
    attempt.points_possible = float(len(items))
    attempt.finished_at = min(now, attempt.deadline_at) if attempt.deadline_at else now
    session.get_one(models.Sitting, attempt.sitting_id).ended_at = now
    return attempt


def practise_missed(
    session: Session, learner: models.User, attempt_id: int, *, now: datetime, seed: int
) -> models.Sitting:
    """Start practice with the facts that a finished quiz showed to be missing."""
    attempt = own_attempt(session, learner, attempt_id)
    if attempt.finished_at is None:
        raise Refused("Finish the quiz first.")
    facts: set[int] = set()
    for item in items_of(session, attempt):
        missed = _missed(item)
        facts.update(learning.ids_of(session, item.bank_id, missed).values())
    if not facts:
        raise Refused("You missed nothing in this quiz.")
    scope = Scope(facts=tuple(sorted(facts)), ahead=True)
    return practice.start_sitting(session, learner, "practice", scope, now=now, seed=seed)


def own_attempt(session: Session, learner: models.User, attempt_id: int) -> models.Attempt:
    """Give a quiz of the learner's, held until the transaction ends; NotFound for anybody else's."""
    query = select(models.Attempt).where(models.Attempt.id == attempt_id, models.Attempt.learner_id == learner.id)
    attempt = session.scalar(query.with_for_update())
    if attempt is None:
        raise NotFound
    return attempt


def attempt_of(session: Session, item: models.Item) -> models.Attempt:
    """Give the quiz that an item belongs to; NotFound for an item of practice."""
    attempt = session.scalar(select(models.Attempt).where(models.Attempt.sitting_id == item.sitting_id))
    if attempt is None:
        raise NotFound
    return attempt


def items_of(session: Session, attempt: models.Attempt) -> Sequence[models.Item]:
    """Give a quiz's questions in order."""
    query = select(models.Item).where(models.Item.sitting_id == attempt.sitting_id).order_by(models.Item.slot)
    return session.scalars(query).all()


def is_over(attempt: models.Attempt, now: datetime) -> bool:
    """Say whether the time limit has passed, with a moment's grace for the last answer."""
    return attempt.deadline_at is not None and now > attempt.deadline_at + GRACE


def _record(session: Session, learner: models.User, item: models.Item, graded: Graded, *, now: datetime) -> None:
    core = snapshot.load(item.snapshot)
    plan = planning.Plan.from_json(session.get_one(models.Sitting, item.sitting_id).plan)
    prior = plan.prior(item.bank_id)
    record_graded(session, item, core, graded, settings=settings_of(learner), prior=prior, now=now)


def _missed(item: models.Item) -> set[str]:
    core = snapshot.load(item.snapshot)
    if item.result is None:
        return set(core.head.facts)
    return {mark.fact for mark in results.load(item.result).marks if not mark.right or mark.unsure}
