"""Courses: opened, changed, put away, joined by a code and left."""

import secrets
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from quizapp.actions import audit
from quizapp.actions.access import AUTHORS
from quizapp.actions.account_fields import checked_zone
from quizapp.actions.enrolling import enrol, hold, lock, part_of, refuse_archived, refuse_without_instructor
from quizapp.actions.errors import NotFound, Refused, Stale
from quizapp.store import models

ALPHABET = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"
"""Letters and digits that nobody takes for one another: no I, L, O, 0 or 1."""

CODE_LENGTH = 8
LONGEST_NOTE = 5000
_CHANGED = ("name", "note", "zone", "open")


def open_course(session: Session, user: models.User, *, name: str, zone: str, now: datetime) -> models.Course:
    """Open a course with its author as the instructor; only those who may write banks can."""
    if user.role not in AUTHORS:
        raise NotFound
    course = models.Course(
        name=_checked_name(name),
        zone=checked_zone(zone),
        code=_fresh_code(session),
        created_at=now,
        created_by=user.id,
    )
    session.add(course)
    session.flush()
    enrol(session, course.id, user.id, "instructor", now=now)
    audit.enter(session, user, "course.create", course.name, now=now, course_id=course.id)
    return course


def change_course(  # noqa: PLR0913 -- who, where, over which version, and the settings
    session: Session,
    user: models.User,
    course_id: int,
    *,
    version: int,
    name: str,
    note: str,
    zone: str,
    open: bool,  # noqa: A002 -- the column's name
    now: datetime,
) -> models.Course:
    """Change what a course is called and who may join; Stale if somebody else changed it since it was read."""
    course = hold(session, user, course_id, "instructor").course
    if course.version != version:
        raise Stale
    refuse_archived(course)
    before = {key: getattr(course, key) for key in _CHANGED}
    course.name = _checked_name(name)
    course.note = _checked_note(note)
    course.zone = checked_zone(zone)
    course.open = open
    after = {key: getattr(course, key) for key in _CHANGED}
    changed = [key for key in _CHANGED if before[key] != after[key]]
    if changed:
        course.version += 1
        detail = {"was": {key: before[key] for key in changed}, "is": {key: after[key] for key in changed}}
        audit.enter(session, user, "course.change", course.name, now=now, course_id=course.id, detail=detail)
    session.flush()
    return course


def new_code(session: Session, user: models.User, course_id: int, *, now: datetime) -> str:
    """Give a course another code; the old one and its link stop working."""
    course = hold(session, user, course_id, "instructor").course
    refuse_archived(course)
    course.code = _fresh_code(session)
    audit.enter(
        session, user, "course.change", course.name, now=now, course_id=course.id, detail={"is": {"code": "new"}}
    )
    session.flush()
    return course.code


def archive(session: Session, user: models.User, course_id: int, *, now: datetime) -> None:
    """Put a course away: everything in it is kept, nothing new begins."""
    course = hold(session, user, course_id, "instructor").course
    if course.archived_at is None:
        course.archived_at = now
        _enter_archive(session, user, course, now)


def unarchive(session: Session, user: models.User, course_id: int, *, now: datetime) -> None:
    """Bring a course back that was put away."""
    course = hold(session, user, course_id, "instructor").course
    if course.archived_at is not None:
        course.archived_at = None
        _enter_archive(session, user, course, now)


def by_code(session: Session, code: str) -> models.Course | None:
    """Find the course of a code, however it was typed."""
    return session.scalar(select(models.Course).where(models.Course.code == plain_code(code)))


def plain_code(code: str) -> str:
    """Write a code as it is kept: capitals, without spaces and dashes."""
    return "".join(sign for sign in code.upper() if sign.isalnum())


def join(session: Session, user: models.User, code: str, *, now: datetime) -> models.Course:
    """Enrol somebody as a student by a course's code; who is in it stays as they are, who left comes back."""
    course = by_code(session, code)
    if course is None:
        raise Refused("No course has this code. Look at it once more, or ask for a new one.", "code")
    lock(session, course)
    part = session.get(models.Enrolment, (course.id, user.id))
    if part is not None and part.removed_at is None:
        return course
    if course.archived_at is not None:
        raise Refused("This course is over: nobody can join it any more.", "code")
    if not course.open:
        raise Refused("This course takes nobody in just now. Ask whoever teaches it.", "code")
    enrol(session, course.id, user.id, "student", now=now)
    return course


def leave(session: Session, user: models.User, course_id: int, *, now: datetime) -> None:
    """Let somebody out of a course; what they did there is kept for when they come back."""
    part, _ = part_of(session, course_id, user.id)
    lock(session, session.get_one(models.Course, course_id))
    if part.removed_at is not None:
        raise NotFound
    refuse_without_instructor(session, part)
    part.removed_at = now
    course = session.get_one(models.Course, course_id)
    detail = {"role": part.role, "left": True}
    about = f"{user.name} · {course.name}"
    audit.enter(session, user, "enrolment.remove", about, now=now, course_id=course_id, detail=detail)
    session.flush()


def _checked_name(name: str) -> str:
    plain = " ".join(name.split())
    if not plain:
        raise Refused("Give the course a name.", "name")
    if len(plain) > models.Course.name.type.length:
        raise Refused("The name of a course has at most 200 characters.", "name")
    return plain


def _checked_note(note: str) -> str:
    if len(note) > LONGEST_NOTE:
        raise Refused("A description has at most 5,000 characters.", "note")
    return note.strip()


def _fresh_code(session: Session) -> str:
    while True:
        code = "".join(secrets.choice(ALPHABET) for _ in range(CODE_LENGTH))
        if by_code(session, code) is None:
            return code


def _enter_archive(session: Session, user: models.User, course: models.Course, now: datetime) -> None:
    detail = {"archived": course.archived_at is not None}
    audit.enter(session, user, "course.archive", course.name, now=now, course_id=course.id, detail=detail)
    session.flush()
