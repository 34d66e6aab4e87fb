"""Attempts at an assignment: start or resume, preview, and close what ran out of time."""

from collections.abc import Mapping
from datetime import datetime
from random import Random

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from quizapp.actions import exams, papers
from quizapp.actions.assignment_checks import paper_of, sources_of
from quizapp.actions.assignment_values import Values
from quizapp.actions.errors import NotFound, Refused
from quizapp.actions.exams import GRACE, Terms
from quizapp.actions.openness import Door, attempts_of, deadline, open_for
from quizapp.actions.planning import Plan
from quizapp.actions.scope import Scope
from quizapp.actions.time_limits import time_for
from quizapp.messages import Message, msg
from quizapp.store import assigned, models, supply

_REASONS: Mapping[Door, Message] = {
    Door.EARLY: msg("This quiz is not open yet."),
    Door.CLOSED: msg("This quiz is closed."),
    Door.USED: msg("You have used all your attempts."),
    Door.TOLD: msg("The answers have been shown to you, so that no further attempt can be made."),
}


def start(session: Session, learner: models.User, assignment: models.Assignment, *, now: datetime) -> models.Attempt:
    """Start an attempt at a quiz, or go on with the one that is running: of two tabs both get the same.

    An attempt whose time is up is closed first. Raises Refused where no attempt may be started.
    """
    if assignment.kind != "quiz":
        raise NotFound
    _take_turn(session, learner.id)
    session.refresh(assignment, with_for_update={"read": True, "key_share": True})  # nobody changes it meanwhile
    for each in attempts_of(session, assignment, learner):
        if each.finished_at is None and exams.is_past(each, now):
            exams.close(session, learner, each, now=now)
    stand = open_for(session, assignment, learner, now=now)
    if stand.running is not None:
        return stand.running
    if not stand.may_start:
        raise Refused(_REASONS[stand.door])
    number = max((each.number for each in stand.attempts), default=0) + 1
    return _open(session, learner, assignment, number=number, now=now)


def preview(session: Session, staff: models.User, assignment: models.Assignment, *, now: datetime) -> models.Attempt:
    """Start taking a quiz as a student would, whenever it opens; the preview before is thrown away.

    It counts for nothing: no memory moves, and it is in no list.
    """
    if assignment.kind != "quiz":
        raise NotFound
    _take_turn(session, staff.id)
    old = select(models.Attempt.sitting_id).where(
        models.Attempt.assignment_id == assignment.id, models.Attempt.learner_id == staff.id, models.Attempt.preview
    )
    session.execute(delete(models.Sitting).where(models.Sitting.id.in_(old)))
    return _open(session, staff, assignment, number=0, now=now)


def close_overdue(session: Session, *, now: datetime, limit: int) -> int:
    """Close up to `limit` attempts whose deadline has passed, and count how many; a second call finds them closed.

    Whoever they belong to is locked first, as by their own requests, in the order of their ids.
    """
    closed = 0
    for attempt_id, learner_id in assigned.overdue(session, before=now - GRACE, limit=limit):
        _take_turn(session, learner_id)
        query = select(models.Attempt).where(models.Attempt.id == attempt_id, models.Attempt.finished_at.is_(None))
        attempt = session.scalar(query.with_for_update().execution_options(populate_existing=True))
        if attempt is not None:
            exams.close(session, session.get_one(models.User, learner_id), attempt, now=now)
            session.flush()
            closed += 1
    return closed


def seed_of(assignment: models.Assignment, learner: models.User, number: int) -> int:
    """Give the seed of an attempt: its own where the quiz is shuffled, else one for all."""
    if not assignment.shuffled:
        return assignment.seed
    return Random(f"{assignment.seed}:{learner.id}:{number}").getrandbits(31)


def _open(
    session: Session, learner: models.User, assignment: models.Assignment, *, number: int, now: datetime
) -> models.Attempt:
    seed = seed_of(assignment, learner, number)
    values = Values.of(assignment)
    sources = sources_of(session, assigned.banks(session, values.banks), learner.reads)
    time = time_for(assignment.minutes, learner)
    ends = (now + time if time else None) if number == 0 else deadline(assignment, learner, now=now)
    terms = Terms(
        scope=Scope.from_json(assignment.scope),
        feedback="now" if assignment.feedback == "now" else "end",
        deadline_at=ends,
        assignment_id=assignment.id,
        number=number,
        preview=number == 0,
    )
    heard = exams.heard(session, learner) if assignment.popular else None
    drawn = papers.fullest(lambda chance: paper_of(values, sources, chance), seed, heard)
    plan = Plan((), {bank: found for bank in sources if (found := supply.prior(session, bank)) is not None})
    return exams.open_attempt(session, learner, drawn, plan, terms, now=now, seed=seed)


def _take_turn(session: Session, learner_id: int) -> None:
    """Let the changes of one person take turns; SQLite lets all changes do so by itself."""
    session.execute(select(models.User.id).where(models.User.id == learner_id).with_for_update(key_share=True))
