"""What somebody may touch: each lookup raises NotFound for what is not there and for what is not theirs, alike."""

from dataclasses import dataclass

from sqlalchemy.orm import Session

from quizapp.actions.errors import NotFound
from quizapp.store import models, rights

RANKS = ("student", "assistant", "instructor")
"""Roles in a course, each with the rights of those before it."""

AUTHORS = frozenset({"instructor", "admin"})
"""Roles on the site that may write banks and open courses."""


@dataclass(frozen=True, slots=True)
class Seat:
    """Somebody's place in a course; a site's admin sits as an instructor everywhere."""

    course: models.Course
    role: str

    def at_least(self, role: str) -> bool:
        """Say whether the role has the rights of another."""
        return RANKS.index(self.role) >= RANKS.index(role)


def seat(session: Session, user: models.User, course_id: int, least: str = "student") -> Seat:
    """Give somebody's place in a course, if it has at least the rights of a role; archived courses are found too."""
    course = session.get(models.Course, course_id)
    role = "instructor" if user.role == "admin" else rights.part_in(session, user.id, course_id)
    if course is None or role is None or RANKS.index(role) < RANKS.index(least):
        raise NotFound
    return Seat(course, role)


def assignment_in(session: Session, place: Seat, assignment_id: int) -> models.Assignment:
    """Give an assignment of a course; students find only what was published and not archived."""
    found = session.get(models.Assignment, assignment_id)
    if found is None or found.course_id != place.course.id:
        raise NotFound
    if not place.at_least("assistant") and (found.published_at is None or found.archived_at is not None):
        raise NotFound
    return found


def bank_of(session: Session, user: models.User, key: str) -> models.Bank:
    """Give a published bank that somebody may learn from."""
    bank = rights.visible_bank(session, user.id, key)
    if bank is None:
        raise NotFound
    return bank


def editable_bank(session: Session, user: models.User, bank: models.Bank | None) -> models.Bank:
    """Give a bank back that somebody may edit, archived or not."""
    if bank is None or not rights.may_edit(session, user, bank):
        raise NotFound
    return bank


def draft_of(session: Session, user: models.User, draft_id: int) -> models.Draft:
    """Give a draft that somebody may edit: their own, or one of a bank that they may edit."""
    draft = session.get(models.Draft, draft_id)
    if draft is None or user.role not in AUTHORS:
        raise NotFound
    if draft.bank_id is None:
        if draft.owner_id != user.id and user.role != "admin":
            raise NotFound
        return draft
    editable_bank(session, user, session.get(models.Bank, draft.bank_id))
    return draft
