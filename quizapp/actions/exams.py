"""An attempt from its start to its end, whoever set the quiz: drawn once, recorded, closed once."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from quizapp.actions import gradebook
from quizapp.actions.errors import Refused
from quizapp.actions.papers import Drawn, Heard
from quizapp.actions.planning import Plan
from quizapp.actions.record import record_graded
from quizapp.actions.scope import Scope
from quizapp.actions.time_limits import extra_of
from quizapp.core.items import results, snapshot
from quizapp.core.items.generate import Context
from quizapp.core.items.grade import grade
from quizapp.core.items.model import Graded, form_of
from quizapp.store import learning, library, models
from quizapp.store.ledger import settings_of

GRACE = timedelta(seconds=10)
"""An answer sent in the last moment may arrive this much after the deadline."""


@dataclass(frozen=True, slots=True)
class Terms:
    """What holds for an attempt from its start on; `feedback` is "now" or "end"."""

    scope: Scope
    feedback: str
    deadline_at: datetime | None
    assignment_id: int | None = None
    number: int = 1
    preview: bool = False


def open_attempt(
    session: Session,
    learner: models.User,
    drawn: Sequence[Drawn],
    plan: Plan,
    terms: Terms,
    *,
    now: datetime,
    seed: int,
) -> models.Attempt:
    """Begin with the questions that were drawn, in this order; raises Refused where there are none."""
    if not drawn:
        raise Refused("No question of this kind can be made from what you chose.")
    sitting = models.Sitting(
        learner_id=learner.id,
        kind="quiz",
        scope=terms.scope.to_json(),
        plan=plan.to_json(),
        seed=seed,
        started_at=now,
        assignment_id=terms.assignment_id,
    )
    session.add(sitting)
    session.flush()
    session.add_all(_row(sitting, slot, each, now=now) for slot, each in enumerate(drawn, 1))
    attempt = models.Attempt(
        sitting_id=sitting.id,
        learner_id=learner.id,
        feedback=terms.feedback,
        questions=len(drawn),
        started_at=now,
        deadline_at=terms.deadline_at,
        assignment_id=terms.assignment_id,
        number=terms.number,
        preview=terms.preview,
    )
    session.add(attempt)
    session.flush()
    return attempt


def record(
    session: Session,
    learner: models.User,
    attempt: models.Attempt,
    item: models.Item,
    graded: Graded,
    *,
    items: Sequence[models.Item],
    now: datetime,
) -> None:
    """Write down what a graded question of these proves; in a preview, only that it was graded."""
    if attempt.preview:
        item.result = results.dump(graded)
        item.graded_at = now
        return
    core = snapshot.load(item.snapshot)
    prior = Plan.from_json(session.get_one(models.Sitting, item.sitting_id).plan).prior(item.bank_id)
    began = _turned_to(item, items)
    record_graded(session, item, core, graded, settings=settings_of(learner), prior=prior, now=now, began=began)


def close(session: Session, learner: models.User, attempt: models.Attempt, *, now: datetime) -> None:
    """Close a running attempt and count its points: an unanswered question costs its point and moves no memory.

    After its deadline an attempt counts as finished at the deadline, however much later it is closed.
    """
    items = items_of(session, attempt)
    for item in items:
        if item.answered_at is not None and item.graded_at is None:
            graded = grade(snapshot.load(item.snapshot), snapshot.load_answer(item.answer or {}))
            if isinstance(graded, Graded):
                record(session, learner, attempt, item, graded, items=items, now=now)
    attempt.points = sum(results.load(item.result).score for item in items if item.result)
    attempt.points_possible = float(len(items))
    attempt.finished_at = min(now, attempt.deadline_at) if attempt.deadline_at else now
    session.get_one(models.Sitting, attempt.sitting_id).ended_at = now
    if attempt.assignment_id is not None:
        assignment = session.get_one(models.Assignment, attempt.assignment_id)
        attempt.late = attempt.finished_at > assignment.due_at + extra_of(assignment, learner)
        gradebook.enter_finished(session, attempt, items, now=now)


def heard(session: Session, learner: models.User) -> Heard:
    """Let the wrong answers be what the class mixes up; what this learner does stays out of it."""

    def known(bank_id: int, key: str) -> Context:
        fact = library.fact_ids(session, bank_id).get(key)
        if fact is None:
            return Context()
        found = learning.confused(session, learner.id, fact)
        return Context(class_counts=found.everyone, learners=found.learners)

    return known


def items_of(session: Session, attempt: models.Attempt) -> Sequence[models.Item]:
    """Give a quiz's questions in order."""
    query = select(models.Item).where(models.Item.sitting_id == attempt.sitting_id).order_by(models.Item.slot)
    return session.scalars(query).all()


def is_over(attempt: models.Attempt, now: datetime) -> bool:
    """Say whether the deadline has passed, with a moment's grace for the last answer."""
    return attempt.deadline_at is not None and now > attempt.deadline_at + GRACE


def is_past(attempt: models.Attempt, now: datetime) -> bool:
    """Say whether the deadline is reached: from then on no page shows the attempt as running."""
    return attempt.deadline_at is not None and now >= attempt.deadline_at


def _turned_to(item: models.Item, items: Sequence[models.Item]) -> datetime | None:
    """Find when a question was turned to: all are served at the start, so when the one before was answered."""
    answered = [each.answered_at for each in items if each.answered_at is not None]
    return max((at for at in answered if item.answered_at is not None and at < item.answered_at), default=None)


def _row(sitting: models.Sitting, slot: int, drawn: Drawn, *, now: datetime) -> models.Item:
    return models.Item(
        learner_id=sitting.learner_id,
        sitting_id=sitting.id,
        slot=slot,
        bank_id=drawn.source.bank,
        version_id=drawn.source.version,
        form=form_of(drawn.item).value,
        snapshot=snapshot.dump(drawn.item),
        served_at=now,
    )
