"""Whether somebody may take an assignment now, until when, and how long they would have."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from sqlalchemy import select
from sqlalchemy.orm import Session

from quizapp.actions.exams import is_past
from quizapp.actions.telling import told_from
from quizapp.actions.time_limits import extra_of, time_for
from quizapp.store import models


class Door(StrEnum):
    """How an assignment stands for somebody: an attempt may be started while it is open or late."""

    EARLY = "early"
    OPEN = "open"
    LATE = "late"
    RUNNING = "running"
    USED = "used"
    TOLD = "told"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True)
class Openness:
    """How an assignment stands for somebody, with what they have done and may still do.

    `running` is the attempt to go on with, `overdue` one whose time is up and that is not closed yet. `allowed` counts
    attempts with the person's extra ones, None for any number; `time` is their own time limit; `last_at` is the last
    moment by the rule for being late.
    """

    door: Door
    attempts: tuple[models.Attempt, ...]
    allowed: int | None
    time: timedelta | None
    last_at: datetime | None
    running: models.Attempt | None = None
    overdue: models.Attempt | None = None

    @property
    def left(self) -> int | None:
        """Count the attempts that are left; None for any number."""
        return None if self.allowed is None else max(0, self.allowed - len(self.attempts))

    @property
    def may_start(self) -> bool:
        """Say whether a new attempt may be started."""
        return self.door in {Door.OPEN, Door.LATE}


def open_for(session: Session, assignment: models.Assignment, learner: models.User, *, now: datetime) -> Openness:
    """Say how an assignment stands for somebody; an archived course or assignment is closed."""
    course = session.get_one(models.Course, assignment.course_id)
    shut = course.archived_at is not None or assignment.archived_at is not None or assignment.published_at is None
    return judge(assignment, learner, attempts_of(session, assignment, learner), shut=shut, now=now)


def judge(
    assignment: models.Assignment,
    learner: models.User,
    attempts: Sequence[models.Attempt],
    *,
    shut: bool,
    now: datetime,
) -> Openness:
    """Say how an assignment stands for who has these attempts at it, previews left out."""
    allowed = None if assignment.attempts is None else assignment.attempts + learner.extra_attempts
    unfinished = [each for each in attempts if each.finished_at is None]
    running = next((each for each in unfinished if not is_past(each, now)), None)
    return Openness(
        door=_door(assignment, attempts, running, allowed, shut=shut, now=now),
        attempts=tuple(attempts),
        allowed=allowed,
        time=time_for(assignment.minutes, learner),
        last_at=last_moment(assignment),
        running=running,
        overdue=next((each for each in unfinished if is_past(each, now)), None),
    )


def attempts_of(session: Session, assignment: models.Assignment, learner: models.User) -> list[models.Attempt]:
    """Give somebody's attempts at an assignment in order, previews left out."""
    query = select(models.Attempt).where(
        models.Attempt.assignment_id == assignment.id,
        models.Attempt.learner_id == learner.id,
        models.Attempt.preview.is_(False),
    )
    return list(session.scalars(query.order_by(models.Attempt.number, models.Attempt.id)))


def last_moment(assignment: models.Assignment) -> datetime | None:
    """Give the instant when an assignment is closed to everybody, None where late work, or practice, goes on."""
    if assignment.kind == "practice":
        return None
    return assignment.due_at if assignment.late_rule == "refuse" else assignment.closes_at


def deadline(assignment: models.Assignment, learner: models.User, *, now: datetime) -> datetime | None:
    """Give the end of an attempt that begins now: the person's time limit or the last moment, whichever is first.

    Extra time goes past the last moment, or it would be worth nothing to who begins when it is only just enough.
    """
    time, last = time_for(assignment.minutes, learner), last_moment(assignment)
    ends = [end for end in (now + time if time else None, last and last + extra_of(assignment, learner)) if end]
    return min(ends, default=None)


def _door(
    assignment: models.Assignment,
    attempts: Sequence[models.Attempt],
    running: models.Attempt | None,
    allowed: int | None,
    *,
    shut: bool,
    now: datetime,
) -> Door:
    last = last_moment(assignment)
    if running is not None:
        return Door.RUNNING
    if shut or (last is not None and now >= last):
        return Door.CLOSED
    if assignment.opens_at is not None and now < assignment.opens_at:
        return Door.EARLY
    if allowed is not None and len(attempts) >= allowed:
        return Door.USED
    if assignment.feedback == "due" and any(_told(assignment, each, now) for each in attempts):
        return Door.TOLD
    return Door.LATE if now > assignment.due_at else Door.OPEN


def _told(assignment: models.Assignment, attempt: models.Attempt, now: datetime) -> bool:
    """Say whether somebody could have read the answers: then another attempt would be worth nothing."""
    late = attempt.late or (attempt.finished_at is None and (attempt.deadline_at or now) > assignment.due_at)
    return now >= told_from(assignment, late=late)
