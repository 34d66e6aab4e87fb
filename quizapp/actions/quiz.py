"""Quizzes: an attempt with its questions fixed at the start, answers saved as given, graded now or at the end."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from quizapp.actions import exams, papers, planning, practice
from quizapp.actions.answers import Answered, Conflict, Invalid, Outcome, Taken, keep, take
from quizapp.actions.candidates import editions_in
from quizapp.actions.errors import NotFound, Refused
from quizapp.actions.exams import Terms, is_over, is_past, items_of
from quizapp.actions.papers import Paper, Portion, Source
from quizapp.actions.scope import Scope
from quizapp.actions.telling import telling
from quizapp.actions.time_limits import time_for
from quizapp.core.items import results, snapshot
from quizapp.core.items.blueprint import EXAM_FORMS
from quizapp.core.items.grade import grade
from quizapp.core.items.model import Form, Graded
from quizapp.store import learning, library, models

__all__ = [
    "QuizSettings",
    "attempt_of",
    "finish_attempt",
    "is_over",
    "is_past",
    "items_of",
    "own_attempt",
    "practise_missed",
    "save_answer",
    "serve_slot",
    "start_attempt",
]


@dataclass(frozen=True, slots=True)
class QuizSettings:
    """What a quiz of one's own is made of; `feedback` is "now" or "end", `minutes` the time limit or None."""

    scope: Scope
    questions: int
    feedback: str
    minutes: int | None = None


def start_attempt(
    session: Session, learner: models.User, settings: QuizSettings, *, now: datetime, seed: int
) -> models.Attempt:
    """Start a quiz of one's own, drawn from all that the scope holds but what the learner has suspended.

    Raises Refused where the scope affords no question.
    """
    scope = replace(settings.scope, ahead=True)
    plan = planning.plan(session, learner, "quiz", scope, now=now, seed=seed)
    known = learning.known(session, learner.id, plan.facts)
    versions = {bank.id: bank.version_id or 0 for bank in library.live_banks(session, learner.id)}
    sources = {
        bank: Source(bank, versions[bank], edition, library.source(session, versions[bank]))
        for bank, edition in editions_in(session, learner, scope).items()
    }
    forms = frozenset(Form(form) for form in scope.forms) & EXAM_FORMS if scope.forms else EXAM_FORMS
    facts = tuple((known[fact].bank, known[fact].key) for fact in plan.facts if fact in known)
    time = time_for(settings.minutes, learner)
    paper = Paper(sources, (Portion(facts, forms, settings.questions),))
    terms = Terms(scope, settings.feedback, now + time if time else None)
    return exams.open_attempt(session, learner, papers.draw(paper, seed), plan, terms, now=now, seed=seed)


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
        items = exams.items_of(session, attempt)
        exams.record(session, learner, attempt, taken.item, graded, items=items, now=now)
    return Answered(taken.item)


def finish_attempt(session: Session, learner: models.User, attempt_id: int, *, now: datetime) -> models.Attempt:
    """Close a quiz of the learner's once and count its points."""
    attempt = own_attempt(session, learner, attempt_id)
    if attempt.finished_at is None:
        exams.close(session, learner, attempt, now=now)
    return attempt


def practise_missed(
    session: Session, learner: models.User, attempt_id: int, *, now: datetime, seed: int
) -> models.Sitting:
    """Start practice with the facts that a finished quiz showed to be missing, once it may tell which."""
    attempt = own_attempt(session, learner, attempt_id)
    if attempt.finished_at is None:
        raise Refused("Finish the quiz first.")
    if attempt.preview:
        raise Refused("A preview leaves nothing to practise.")
    if not telling(session, attempt, now=now).told:
        raise Refused("Which questions you missed is not told yet.")
    facts: set[int] = set()
    for item in items_of(session, attempt):
        facts.update(learning.ids_of(session, item.bank_id, _missed(item)).values())
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


def _missed(item: models.Item) -> set[str]:
    core = snapshot.load(item.snapshot)
    if item.result is None:
        return set(core.head.facts)
    return {mark.fact for mark in results.load(item.result).marks if not mark.right or mark.unsure}
