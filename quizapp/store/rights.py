"""Who may see what: the banks a learner has, and somebody's part in a course."""

from sqlalchemy import ColumnElement, bindparam, or_, select
from sqlalchemy.orm import Session

from quizapp.store import models

_OF_COURSES = (
    select(models.CourseBank.bank_id)
    .join(models.Course, models.Course.id == models.CourseBank.course_id)
    .join(models.Enrolment, models.Enrolment.course_id == models.CourseBank.course_id)
    .where(
        models.Enrolment.user_id == bindparam("learner"),
        models.Enrolment.removed_at.is_(None),
        models.Course.archived_at.is_(None),
    )
)
VISIBLE: ColumnElement[bool] = or_(
    models.Bank.visibility == "site",
    models.Bank.owner_id == bindparam("learner"),
    (models.Bank.visibility == "course") & models.Bank.id.in_(_OF_COURSES),
)
"""Whether a bank is there for a learner; the statement takes the parameter `learner`, a row id."""

_BANK = select(models.Bank).where(
    models.Bank.key == bindparam("key"),
    models.Bank.archived_at.is_(None),
    models.Bank.version_id.is_not(None),
    VISIBLE,
)
_EDITABLE = (
    select(models.CourseBank.bank_id)
    .join(models.Course, models.Course.id == models.CourseBank.course_id)
    .join(models.Enrolment, models.Enrolment.course_id == models.CourseBank.course_id)
    .where(
        models.CourseBank.editable,
        models.Enrolment.user_id == bindparam("learner"),
        models.Enrolment.removed_at.is_(None),
        models.Enrolment.role == "instructor",
        models.Course.archived_at.is_(None),
    )
)
EDITABLE: ColumnElement[bool] = or_(models.Bank.owner_id == bindparam("learner"), models.Bank.id.in_(_EDITABLE))
"""Whether somebody may edit a bank: its owner, and instructors of a course that was given it to edit."""

_PART = select(models.Enrolment.role).where(
    models.Enrolment.course_id == bindparam("course"),
    models.Enrolment.user_id == bindparam("user"),
    models.Enrolment.removed_at.is_(None),
)


def visible_bank(session: Session, learner_id: int, key: str) -> models.Bank | None:
    """Find a published bank that a learner has, by the id its author gave it."""
    return session.scalar(_BANK, {"key": key, "learner": learner_id})


def may_edit(session: Session, user: models.User, bank: models.Bank) -> bool:
    """Say whether somebody may edit a bank; people without the right to write banks edit none."""
    if user.role == "admin":
        return True
    query = select(models.Bank.id).where(models.Bank.id == bank.id, EDITABLE)
    return user.role == "instructor" and session.scalar(query, {"learner": user.id}) is not None


def part_in(session: Session, user_id: int, course_id: int) -> str | None:
    """Give somebody's role in a course, None for who does not belong to it."""
    return session.scalar(_PART, {"course": course_id, "user": user_id})
