"""Invitations: students who are expected in a course before they have an account."""

from datetime import datetime

from sqlalchemy import Select, delete, select
from sqlalchemy.orm import Session

from quizapp.actions.account_fields import normal
from quizapp.actions.enrolling import enrol, hold
from quizapp.actions.errors import NotFound
from quizapp.store import models


def invite(session: Session, course_id: int, *, email: str, name: str, now: datetime) -> bool:
    """Expect a student; says whether they were not expected before."""
    if session.scalar(_of(email).where(models.Invitation.course_id == course_id)) is not None:
        return False
    session.add(models.Invitation(course_id=course_id, email=normal(email), name=name, created_at=now))
    session.flush()
    return True


def withdraw(session: Session, user: models.User, course_id: int, invitation_id: int) -> str:
    """Expect somebody no longer; gives the address."""
    hold(session, user, course_id, "instructor")
    found = session.get(models.Invitation, invitation_id)
    if found is None or found.course_id != course_id:
        raise NotFound
    session.delete(found)
    session.flush()
    return found.email


def accept(session: Session, user: models.User, *, now: datetime) -> list[int]:
    """Enrol a new account wherever its address is expected, and give those courses' row ids."""
    courses = [found.course_id for found in session.scalars(_of(user.email)).all()]
    for course_id in courses:
        enrol(session, course_id, user.id, "student", now=now)
    session.execute(delete(models.Invitation).where(models.Invitation.email == normal(user.email)))
    return courses


def _of(email: str) -> Select[models.Invitation]:
    return select(models.Invitation).where(models.Invitation.email == normal(email)).order_by(models.Invitation.id)
