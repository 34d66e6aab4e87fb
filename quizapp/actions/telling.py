"""When a finished quiz tells what was right: at once, after the due date, or never."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from quizapp.actions.exams import is_past
from quizapp.store import models


@dataclass(frozen=True, slots=True)
class Telling:
    """Whether the answers of an attempt are told now; else `at` is when, None for never or not before another ends."""

    told: bool
    at: datetime | None = None
    running: bool = False


def telling(session: Session, attempt: models.Attempt, *, now: datetime) -> Telling:
    """Say whether an attempt may tell its answers: a running one never, a finished one as its assignment says.

    Where answers follow the due date, who was late waits until the assignment is closed, and nobody is told while
    another attempt of theirs at it is running, or of somebody whose extra time goes past the date.
    """
    assignment = session.get(models.Assignment, attempt.assignment_id) if attempt.assignment_id else None
    if assignment is None:
        return Telling(told=attempt.finished_at is not None)
    running = _running(session, {assignment.id}) if assignment.feedback == "due" else ()
    return _judged(attempt, assignment, running, now)


def untold(session: Session, learner_id: int, *, now: datetime) -> frozenset[int]:
    """Name the sittings of somebody's attempts that may not tell their answers yet, for what else speaks of them."""
    rows = session.execute(
        select(models.Attempt, models.Assignment)
        .join(models.Assignment, models.Assignment.id == models.Attempt.assignment_id)
        .where(models.Attempt.learner_id == learner_id, models.Assignment.feedback.in_(("due", "never")))
    ).all()
    running = _running(session, {assignment.id for _, assignment in rows})
    return frozenset(
        attempt.sitting_id for attempt, assignment in rows if not _judged(attempt, assignment, running, now).told
    )


def told_from(assignment: models.Assignment, *, late: bool) -> datetime:
    """Give the instant from which an assignment with answers after the due date tells them."""
    return max(assignment.due_at, assignment.closes_at) if late and assignment.closes_at else assignment.due_at


def _judged(
    attempt: models.Attempt, assignment: models.Assignment, running: Iterable[models.Attempt], now: datetime
) -> Telling:
    """Judge an attempt; `running` holds all attempts that are not finished at the assignments in question."""
    if attempt.finished_at is None or assignment.feedback == "never":
        return Telling(told=False)
    if assignment.feedback in {"now", "end"}:
        return Telling(told=True)
    at = told_from(assignment, late=attempt.late)
    if now < at:
        return Telling(told=False, at=at)
    waited_for = any(_waits_for(attempt, each, assignment) and not is_past(each, now) for each in running)
    return Telling(told=not waited_for, running=waited_for)


def _waits_for(attempt: models.Attempt, other: models.Attempt, assignment: models.Assignment) -> bool:
    if (other.assignment_id, other.preview) != (attempt.assignment_id, attempt.preview):
        return False
    everybodys = assignment.late_rule == "refuse" and not attempt.preview
    return everybodys or other.learner_id == attempt.learner_id


def _running(session: Session, assignments: Collection[int]) -> list[models.Attempt]:
    query = select(models.Attempt).where(
        models.Attempt.assignment_id.in_(sorted(assignments)), models.Attempt.finished_at.is_(None)
    )
    return list(session.scalars(query))
