"""The gradebook: what an attempt at an assignment was found to be worth; rows are added, none is ever changed."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import bindparam, func, select
from sqlalchemy.orm import Session

from quizapp.actions.time_limits import extra_of
from quizapp.core.items import results
from quizapp.store import models

FINISHED = "finished"
_DAY = timedelta(days=1)
_AT_ONCE = 500

_NEWEST = select(models.Grade).where(
    models.Grade.id.in_(
        select(func.max(models.Grade.id))
        .where(models.Grade.attempt_id.in_(bindparam("attempts", expanding=True)))
        .group_by(models.Grade.attempt_id)
    )
)
_OF_CAUSE = select(models.Grade).where(
    models.Grade.attempt_id == bindparam("attempt"), models.Grade.key == bindparam("key")
)


def enter_finished(
    session: Session, attempt: models.Attempt, items: Sequence[models.Item], *, now: datetime
) -> models.Grade | None:
    """Write down what a finished attempt at an assignment is worth, once; None for previews and quizzes of one's own.

    Each question is worth a point; `marks` maps its slot to the points it got.
    """
    if attempt.assignment_id is None or attempt.preview or attempt.finished_at is None:
        return None
    there = of_cause(session, attempt.id, FINISHED)
    if there is not None:
        return there
    assignment = session.get_one(models.Assignment, attempt.assignment_id)
    learner = session.get_one(models.User, attempt.learner_id)
    marks = {str(item.slot): results.load(item.result).score if item.result else 0.0 for item in items}
    grade = models.Grade(
        attempt_id=attempt.id,
        kind=FINISHED,
        key=FINISHED,
        points=sum(marks.values()),
        possible=float(len(items)),
        factor=late_factor(assignment, attempt.finished_at - extra_of(assignment, learner)),
        marks=marks,
        at=now,
    )
    session.add(grade)
    session.flush()
    return grade


def current(session: Session, attempt_ids: Collection[int]) -> dict[int, models.Grade]:
    """Give the newest grade of each attempt that has one."""
    wanted = sorted(set(attempt_ids))
    found: dict[int, models.Grade] = {}
    for start in range(0, len(wanted), _AT_ONCE):
        grades = session.scalars(_NEWEST, {"attempts": wanted[start : start + _AT_ONCE]})
        found.update((grade.attempt_id, grade) for grade in grades)
    return found


def of_cause(session: Session, attempt_id: int, key: str) -> models.Grade | None:
    """Find the grade that a cause gave an attempt."""
    return session.scalar(_OF_CAUSE, {"attempt": attempt_id, "key": key})


def score(grade: models.Grade) -> float:
    """Give the points that count: those found, less what being late costs."""
    return grade.points * grade.factor


def marks_of(grade: models.Grade) -> dict[int, float | None]:
    """Give the points of each slot; None for a question that was left out of the total."""
    marks: Mapping[str, Any] = grade.marks
    return {int(slot): None if points is None else float(points) for slot, points in marks.items()}


def late_factor(assignment: models.Assignment, finished_at: datetime) -> float:
    """Give the share of the points, 0 to 1, that is left by the assignment's rule for every day begun after its end."""
    if assignment.late_rule != "penalty" or finished_at <= assignment.due_at:
        return 1.0
    days = -((assignment.due_at - finished_at) // _DAY)
    return max(0.0, 1.0 - assignment.late_percent / 100 * days)
