"""Regrading: exactly the plan that was shown is done, grades are added with their reason, and none is ever lost."""

from collections.abc import Iterable
from dataclasses import asdict
from datetime import datetime
from hashlib import sha256
from math import isfinite

from sqlalchemy import select
from sqlalchemy.orm import Session

from quizapp.actions import access, audit, gradebook
from quizapp.actions.errors import NotFound, Refused, Stale
from quizapp.actions.regrade_plan import FULL, LEAVE_OUT, AttemptChange, Policy, RegradePlan, plan_regrade
from quizapp.store import models

__all__ = [
    "FULL",
    "LEAVE_OUT",
    "PlanChanged",
    "Policy",
    "RegradePlan",
    "apply_regrade",
    "plan_regrade",
    "set_grade",
]

LONGEST_REASON = 1_000


class PlanChanged(Exception):  # noqa: N818 -- it is an answer to a person, not a fault
    """The plan is not the one that was shown: an attempt or a bank changed; `plan` is the new one."""

    def __init__(self, plan: RegradePlan) -> None:
        super().__init__("the plan changed")
        self.plan = plan


def apply_regrade(
    session: Session,
    user: models.User,
    assignment: models.Assignment,
    policy: Policy,
    *,
    reason: str,
    digest: str,
    now: datetime,
) -> int:
    """Do the plan that has this digest, and say how many attempts have a new grade by it.

    Sent again it adds nothing. PlanChanged: the plan is another one now. Refused: there is no reason.
    """
    _instructor(session, user, assignment)
    why = _reason(reason)
    session.refresh(assignment, with_for_update=True)
    done = _done_by(session, assignment, digest)
    if done:
        return done
    plan = plan_regrade(session, assignment, policy)
    if plan.digest != digest:
        raise PlanChanged(plan)
    session.add_all(_regraded(change, digest, why, user, now) for change in plan.changes)
    if plan.changes:
        detail = {"reason": why, "policy": asdict(policy), "digest": digest, "attempts": _attempts(plan)}
        audit.enter(
            session, user, "grade.regrade", assignment.title, now=now, course_id=assignment.course_id, detail=detail
        )
    session.flush()
    return len(plan.changes)


def set_grade(
    session: Session,
    user: models.User,
    attempt: models.Attempt,
    points: float | None,
    *,
    base: int,
    reason: str,
    now: datetime,
) -> models.Grade:
    """Set what an attempt is worth by hand: these very points, whatever being late would cost.

    `base` is the grade that was shown; Stale where there is a newer one. Sent again it adds nothing.
    """
    assignment = session.get(models.Assignment, attempt.assignment_id) if attempt.assignment_id else None
    if assignment is None or attempt.preview:
        raise NotFound
    _instructor(session, user, assignment)
    grade = _newest(session, attempt)
    points = _checked_points(points, grade.possible)
    why, key = _reason(reason), f"set-{base}"
    there = gradebook.of_cause(session, attempt.id, key)
    if there is not None and there.points == points and there.reason == why:
        return there
    if grade.id != base:
        raise Stale
    added = models.Grade(
        attempt_id=attempt.id,
        kind="set",
        key=key,
        points=points,
        possible=grade.possible,
        marks=dict(grade.marks),
        reason=why,
        by_id=user.id,
        at=now,
    )
    session.add(added)
    _enter_set(session, user, assignment, grade, added)
    session.flush()
    return added


def _checked_points(points: float | None, possible: float) -> float:
    if points is None or not isfinite(points) or not 0 <= points <= possible:
        raise Refused("Fill in points between 0 and those that are possible.", "points")
    return points


def _enter_set(
    session: Session, user: models.User, assignment: models.Assignment, before: models.Grade, added: models.Grade
) -> None:
    attempt = session.get_one(models.Attempt, added.attempt_id)
    student = session.get_one(models.User, attempt.learner_id)
    changed = {"from": gradebook.score(before), "to": added.points, "reason": added.reason}
    detail = {"attempt": attempt.id, "student": student.id, **changed}
    about = f"{assignment.title}: {student.name}"
    audit.enter(session, user, "grade.set", about, now=added.at, course_id=assignment.course_id, detail=detail)


def _newest(session: Session, attempt: models.Attempt) -> models.Grade:
    """Give the grade that counts, with the attempt held until the transaction ends."""
    session.refresh(attempt, with_for_update=True)
    grade = gradebook.current(session, [attempt.id]).get(attempt.id)
    if grade is None:
        raise Refused("This attempt is not finished yet.", "points")
    return grade


def _regraded(change: AttemptChange, digest: str, why: str, user: models.User, now: datetime) -> models.Grade:
    points, possible = change.new
    return models.Grade(
        attempt_id=change.attempt_id,
        kind="regraded",
        key=_key(change.attempt_id, digest),
        points=points,
        possible=possible,
        factor=change.factor,
        marks={str(slot): worth for slot, worth in change.marks.items()},
        reason=why,
        by_id=user.id,
        at=now,
    )


def _instructor(session: Session, user: models.User, assignment: models.Assignment) -> None:
    place = access.seat(session, user, assignment.course_id, "instructor")
    if place.course.archived_at is not None:
        raise Refused("This course is archived: nothing in it changes any more.")


def _reason(text: str) -> str:
    why = " ".join(text.split())
    if not why:
        raise Refused("Write down why: the students read it beside their grade.", "reason")
    if len(why) > LONGEST_REASON:
        raise Refused("That is too long: a thousand characters at most.", "reason")
    return why


def _done_by(session: Session, assignment: models.Assignment, digest: str) -> int:
    """Count the grades that a plan with this digest gave before."""
    query = select(models.Attempt.id, models.Grade.key).join(models.Grade, models.Grade.attempt_id == models.Attempt.id)
    rows = session.execute(query.where(models.Attempt.assignment_id == assignment.id, models.Grade.kind == "regraded"))
    return sum(key == _key(attempt, digest) for attempt, key in rows)


def _key(attempt: int, digest: str) -> str:
    return sha256(f"{attempt} {digest}".encode()).hexdigest()


def _attempts(plan: RegradePlan) -> list[dict[str, Iterable[float] | int]]:
    return [
        {"attempt": each.attempt_id, "student": each.learner_id, "from": each.old, "to": each.new}
        for each in plan.changes
    ]
