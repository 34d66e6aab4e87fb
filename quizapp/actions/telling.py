"""When a finished quiz tells what was right: at once, after the due date, or never."""

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
    if attempt.finished_at is None:
        return Telling(told=False)
    assignment = session.get(models.Assignment, attempt.assignment_id) if attempt.assignment_id else None
    if assignment is None or assignment.feedback in {"now", "end"}:
        return Telling(told=True)
    if assignment.feedback == "never":
        return Telling(told=False)
    at = told_from(assignment, late=attempt.late)
    if now < at:
        return Telling(told=False, at=at)
    running = any(not is_past(each, now) for each in _running(session, attempt, assignment))
    return Telling(told=not running, running=running)


def untold(session: Session, learner_id: int, *, now: datetime) -> frozenset[int]:
    """Name the sittings of somebody's attempts that may not tell their answers yet, for what else speaks of them."""
    attempts = session.scalars(
        select(models.Attempt)
        .join(models.Assignment, models.Assignment.id == models.Attempt.assignment_id)
        .where(models.Attempt.learner_id == learner_id, models.Assignment.feedback.in_(("due", "never")))
    )
    return frozenset(each.sitting_id for each in attempts if not telling(session, each, now=now).told)


def told_from(assignment: models.Assignment, *, late: bool) -> datetime:
    """Give the instant from which an assignment with answers after the due date tells them."""
    return max(assignment.due_at, assignment.closes_at) if late and assignment.closes_at else assignment.due_at


def _running(session: Session, attempt: models.Attempt, assignment: models.Assignment) -> list[models.Attempt]:
    query = select(models.Attempt).where(
        models.Attempt.assignment_id == attempt.assignment_id,
        models.Attempt.preview == attempt.preview,
        models.Attempt.finished_at.is_(None),
    )
    if assignment.late_rule != "refuse" or attempt.preview:
        query = query.where(models.Attempt.learner_id == attempt.learner_id)
    return list(session.scalars(query))
