"""Who sees and edits a bank, and putting it away: for its owner, and for admins."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from quizapp.actions import audit
from quizapp.actions.course_banks import may_share
from quizapp.actions.errors import NotFound, Refused
from quizapp.messages import msg
from quizapp.store import library, models, versions

VISIBILITIES = ("private", "course", "site")


def bank_to_share(session: Session, user: models.User, key: str) -> models.Bank:
    """Give a bank that somebody decides over, archived or not, by the id of its author."""
    bank = library.bank_by_key(session, key)
    if bank is None or not may_share(user, bank.owner_id):
        raise NotFound
    return bank


def share(
    session: Session,
    user: models.User,
    bank: models.Bank,
    *,
    visibility: str,
    courses: Mapping[int, bool],
    now: datetime,
) -> bool:
    """Say who learns from a bank, which courses have it, and whether their instructors may edit it; True if changed.

    `courses` maps row ids to "may edit". Refused while students are asked from the bank by an assignment that they
    would then not be able to take.
    """
    if visibility not in VISIBILITIES:
        raise Refused("Choose who sees the bank.", "visibility")
    offered = {course.id: course for course in versions.courses_for(session, user, bank)}
    if not courses.keys() <= offered.keys():
        raise Refused("Choose courses of yours.", "courses")
    before = {course.id: course.editable for course in offered.values() if course.has}
    if visibility == bank.visibility and before == courses:
        return False
    _refuse_lost(session, bank, visibility, courses)
    detail = {
        "bank": bank.key,
        "was": {"visibility": bank.visibility, "courses": _named(before)},
        "is": {"visibility": visibility, "courses": _named(courses)},
    }
    bank.visibility = visibility
    _place(session, bank, before, courses, now)
    audit.enter(session, user, "bank.share", bank.title, now=now, detail=detail)
    session.flush()
    return True


def archive(session: Session, user: models.User, bank: models.Bank, *, now: datetime) -> None:
    """Put a bank away: it is not asked any more, and every memory of it stays."""
    if bank.archived_at is None:
        bank.archived_at = now
        _enter(session, user, bank, now, {"archived": True})


def unarchive(session: Session, user: models.User, bank: models.Bank, *, now: datetime) -> None:
    """Bring a bank back as it was."""
    if bank.archived_at is not None:
        bank.archived_at = None
        _enter(session, user, bank, now, {"archived": False})


def _place(
    session: Session, bank: models.Bank, before: Mapping[int, bool], after: Mapping[int, bool], now: datetime
) -> None:
    for course in before.keys() - after.keys():
        session.delete(session.get_one(models.CourseBank, (course, bank.id)))
    for course, editable in after.items():
        held = session.get(models.CourseBank, (course, bank.id))
        if held is None:
            session.add(models.CourseBank(course_id=course, bank_id=bank.id, editable=editable, added_at=now))
        else:
            held.editable = editable


def _refuse_lost(session: Session, bank: models.Bank, visibility: str, courses: Mapping[int, bool]) -> None:
    if visibility == "site":
        return
    keep = courses.keys() if visibility == "course" else set()
    query = (
        select(models.Assignment, models.Course.name)
        .join(models.Course, models.Course.id == models.Assignment.course_id)
        .where(
            models.Assignment.published_at.is_not(None),
            models.Assignment.archived_at.is_(None),
            models.Course.archived_at.is_(None),
            models.Assignment.course_id.not_in(keep),
        )
    )
    for assignment, course in session.execute(query):
        if bank.id in {*assignment.scope.get("banks", ()), *(row.get("bank") for row in assignment.blueprint)}:
            reason = msg(
                "The assignment “%(title)s” of %(course)s asks from this bank: archive it first.",
                title=assignment.title,
                course=course,
            )
            raise Refused(reason, "visibility")


def _named(courses: Mapping[int, bool]) -> dict[str, str]:
    return {str(course): "edits" if editable else "learns" for course, editable in sorted(courses.items())}


def _enter(session: Session, user: models.User, bank: models.Bank, now: datetime, detail: dict[str, Any]) -> None:
    audit.enter(session, user, "bank.archive", bank.title, now=now, detail={"bank": bank.key, **detail})
    session.flush()
