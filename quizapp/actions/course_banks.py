"""The banks that a course learns from."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from quizapp.actions import audit
from quizapp.actions.access import AUTHORS, Seat
from quizapp.actions.enrolling import hold, refuse_archived
from quizapp.actions.errors import NotFound, Refused
from quizapp.messages import msg
from quizapp.store import models
from quizapp.store.rights import EDITABLE


def addable(session: Session, user: models.User, course_id: int) -> list[models.Bank]:
    """Give the published banks that somebody may bring into a course and that are not in it, by title.

    Those of the whole site, and those that they may edit: a bank seen as a student of another course is not theirs to
    hand on.
    """
    there = select(models.CourseBank.bank_id).where(models.CourseBank.course_id == course_id)
    query = select(models.Bank).where(
        models.Bank.archived_at.is_(None),
        models.Bank.version_id.is_not(None),
        models.Bank.id.not_in(there),
    )
    if user.role not in AUTHORS:
        query = query.where(models.Bank.visibility == "site")
    elif user.role != "admin":
        query = query.where(or_(models.Bank.visibility == "site", EDITABLE))
    return list(session.scalars(query.order_by(models.Bank.title, models.Bank.id), {"learner": user.id}))


def may_share(user: models.User, owner_id: int | None) -> bool:
    """Say whether somebody decides who sees and edits a bank: its owner, and admins."""
    return user.role == "admin" or (owner_id == user.id and user.role in AUTHORS)


def add_bank(
    session: Session, user: models.User, course_id: int, bank_id: int, *, share: bool, now: datetime
) -> models.Bank:
    """Let a course learn from a bank; a private one only if its owner chose to `share` it with the course."""
    place = hold(session, user, course_id, "instructor")
    refuse_archived(place.course)
    bank = next((bank for bank in addable(session, user, course_id) if bank.id == bank_id), None)
    if bank is None:
        raise Refused("Choose one of the banks.", "bank")
    if bank.visibility == "private":
        if not may_share(user, bank.owner_id):
            raise Refused("This bank is private: only its owner can share it.", "bank")
        if not share:
            raise Refused("This bank is private. Tick that the course may see it, or choose another.", "share")
        bank.visibility = "course"
        _enter(session, user, place, "bank.share", bank, now, {"was": "private", "is": "course"})
    session.add(models.CourseBank(course_id=course_id, bank_id=bank.id, added_at=now))
    _enter(session, user, place, "course.change", bank, now, {"bank": "added"})
    session.flush()
    return bank


def remove_bank(session: Session, user: models.User, course_id: int, bank_id: int, *, now: datetime) -> models.Bank:
    """Take a bank out of a course, unless students could then no longer see what an assignment asks them."""
    place = hold(session, user, course_id, "instructor")
    held, bank = _held(session, course_id, bank_id)
    if bank.visibility != "site":
        _refuse_asked(session, course_id, bank_id)
    session.delete(held)
    _enter(session, user, place, "course.change", bank, now, {"bank": "removed"})
    session.flush()
    return bank


def set_editable(
    session: Session, user: models.User, course_id: int, bank_id: int, *, editable: bool, now: datetime
) -> models.Bank:
    """Let the instructors of a course edit a bank, or no longer; that is for its owner to say."""
    place = hold(session, user, course_id, "instructor")
    held, bank = _held(session, course_id, bank_id)
    if not may_share(user, bank.owner_id):
        raise Refused("Only the owner of a bank can let others edit it.")
    if held.editable != editable:
        held.editable = editable
        _enter(session, user, place, "bank.share", bank, now, {"editable": editable})
        session.flush()
    return bank


def _held(session: Session, course_id: int, bank_id: int) -> tuple[models.CourseBank, models.Bank]:
    held = session.get(models.CourseBank, (course_id, bank_id))
    if held is None:
        raise NotFound
    return held, session.get_one(models.Bank, bank_id)


def _refuse_asked(session: Session, course_id: int, bank_id: int) -> None:
    query = select(models.Assignment).where(
        models.Assignment.course_id == course_id,
        models.Assignment.published_at.is_not(None),
        models.Assignment.archived_at.is_(None),
    )
    for assignment in session.scalars(query):
        if bank_id in _asked(assignment):
            title = assignment.title
            raise Refused(msg("The assignment “%(title)s” asks from this bank: archive it first.", title=title))


def _asked(assignment: models.Assignment) -> set[Any]:
    return {*assignment.scope.get("banks", ()), *(row.get("bank") for row in assignment.blueprint)}


def _enter(
    session: Session,
    user: models.User,
    place: Seat,
    action: str,
    bank: models.Bank,
    now: datetime,
    detail: Mapping[str, Any],
) -> None:
    about = f"{bank.title} · {place.course.name}"
    audit.enter(session, user, action, about, now=now, course_id=place.course.id, detail=detail)
