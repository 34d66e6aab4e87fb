"""Getting into a course and out of it: what joining, the list of people and rosters have in common."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from quizapp.actions import access
from quizapp.actions.access import RANKS, Seat
from quizapp.actions.errors import NotFound, Refused
from quizapp.store import models

ADDED, RESTORED, THERE = "added", "restored", "there"


def hold(session: Session, user: models.User, course_id: int, least: str) -> Seat:
    """Give somebody's place in a course and keep others from changing the course until this change is done."""
    seat = access.seat(session, user, course_id, least)
    lock(session, seat.course)
    return seat


def lock(session: Session, course: models.Course) -> None:
    """Let the changes of a course take turns, as those of all courses do on SQLite by itself."""
    session.refresh(course, with_for_update={"key_share": True})


def refuse_archived(course: models.Course) -> None:
    """Refuse to add to a course that is put away."""
    if course.archived_at is not None:
        raise Refused("This course is archived: bring it back first.")


def enrol(session: Session, course_id: int, user_id: int, role: str, *, now: datetime) -> str:
    """Put somebody into a course and say what that was; who is there keeps their role, who was removed is back."""
    part = session.get(models.Enrolment, (course_id, user_id))
    if part is None:
        session.add(models.Enrolment(course_id=course_id, user_id=user_id, role=role, joined_at=now))
        session.flush()
        return ADDED
    if part.removed_at is None:
        return THERE
    part.removed_at = None
    part.role = role
    session.flush()
    return RESTORED


def part_of(session: Session, course_id: int, user_id: int) -> tuple[models.Enrolment, models.User]:
    """Give the part that somebody has or had in a course, and the person."""
    part = session.get(models.Enrolment, (course_id, user_id))
    if part is None:
        raise NotFound
    return part, session.get_one(models.User, user_id)


def checked_part(role: str) -> str:
    """Refuse a role that no course has."""
    if role not in RANKS:
        raise Refused("The roles in a course are student, assistant and instructor.", "role")
    return role


def refuse_without_instructor(session: Session, part: models.Enrolment) -> None:
    """Refuse to take the last instructor from a course; a disabled account is none."""
    if part.role != "instructor" or part.removed_at is not None:
        return
    others = (
        select(models.Enrolment.user_id)
        .join(models.User, models.User.id == models.Enrolment.user_id)
        .where(
            models.Enrolment.course_id == part.course_id,
            models.Enrolment.user_id != part.user_id,
            models.Enrolment.role == "instructor",
            models.Enrolment.removed_at.is_(None),
            models.User.disabled_at.is_(None),
        )
    )
    if session.scalar(others.limit(1)) is None:
        raise Refused("A course needs an instructor: make somebody else one first.", "role")
