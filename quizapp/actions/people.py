"""The people of a course: added, given a role, removed, brought back; and the accommodations of a student."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from quizapp.actions import audit
from quizapp.actions.access import Seat, seat
from quizapp.actions.account_fields import checked_email
from quizapp.actions.accounts import user_by_email
from quizapp.actions.enrolling import (
    THERE,
    checked_part,
    enrol,
    hold,
    part_of,
    refuse_archived,
    refuse_without_instructor,
)
from quizapp.actions.errors import NotFound, Refused
from quizapp.actions.invitations import invite
from quizapp.messages import msg
from quizapp.store import models

INVITED = "invited"
MOST_TIME = 300
MOST_ATTEMPTS = 20


@dataclass(frozen=True, slots=True)
class Added:
    """What adding somebody came to: `added`, `restored` or `invited`; `name` is their address while it is all known."""

    how: str
    name: str


def add_person(session: Session, user: models.User, course_id: int, *, email: str, role: str, now: datetime) -> Added:
    """Put somebody into a course by their address; a student without an account is invited."""
    place = hold(session, user, course_id, "instructor")
    refuse_archived(place.course)
    address, part = checked_email(email), checked_part(role)
    person = user_by_email(session, address)
    if person is None:
        if part != "student":
            raise Refused("Nobody here has this address yet: only students can be invited.", "email")
        if not invite(session, course_id, email=address, name="", now=now):
            raise Refused("This address is invited already.", "email")
        _enter(session, user, place, "enrolment.add", address, now, {"role": part, "invited": True})
        return Added(INVITED, address)
    how = enrol(session, course_id, person.id, part, now=now)
    if how == THERE:
        raise Refused(msg("%(name)s is in this course already.", name=person.name), "email")
    _enter(session, user, place, "enrolment.add", person.name, now, {"role": part, "how": how})
    return Added(how, person.name)


def set_role(
    session: Session, user: models.User, course_id: int, person_id: int, *, role: str, now: datetime
) -> models.User:
    """Change what somebody may do in a course; one instructor is always left."""
    place = hold(session, user, course_id, "instructor")
    part, person = part_of(session, course_id, person_id)
    if part.removed_at is not None:
        raise NotFound
    before, after = part.role, checked_part(role)
    if before == after:
        return person
    refuse_without_instructor(session, part)
    part.role = after
    _enter(session, user, place, "role.change", person.name, now, {"was": before, "is": after})
    session.flush()
    return person


def remove(session: Session, user: models.User, course_id: int, person_id: int, *, now: datetime) -> models.User:
    """Take somebody out of a course; what they did is kept for when they come back."""
    place = hold(session, user, course_id, "instructor")
    part, person = part_of(session, course_id, person_id)
    if part.removed_at is None:
        refuse_without_instructor(session, part)
        part.removed_at = now
        _enter(session, user, place, "enrolment.remove", person.name, now, {"role": part.role})
        session.flush()
    return person


def restore(session: Session, user: models.User, course_id: int, person_id: int, *, now: datetime) -> models.User:
    """Take somebody back who was removed, in the role they had."""
    place = hold(session, user, course_id, "instructor")
    refuse_archived(place.course)
    part, person = part_of(session, course_id, person_id)
    if part.removed_at is not None:
        enrol(session, course_id, person_id, part.role, now=now)
        _enter(session, user, place, "enrolment.add", person.name, now, {"role": part.role, "how": "restored"})
    return person


def set_accommodations(
    session: Session,
    user: models.User,
    course_id: int,
    person_id: int,
    *,
    extra_time: int,
    no_time_limit: bool,
    extra_attempts: int,
    now: datetime,
) -> models.User:
    """Give a student of one's course more time (in per cent) or attempts; it holds in every course and quiz."""
    place = seat(session, user, course_id, "assistant")
    part, person = part_of(session, course_id, person_id)
    if part.removed_at is not None or part.role != "student":
        raise NotFound
    if not 0 <= extra_time <= MOST_TIME:
        raise Refused("Extra time is 0 to 300 per cent.", "extra_time")
    if not 0 <= extra_attempts <= MOST_ATTEMPTS:
        raise Refused("Extra attempts are 0 to 20.", "extra_attempts")
    before = accommodations(person)
    person.extra_time, person.no_time_limit, person.extra_attempts = extra_time, no_time_limit, extra_attempts
    after = accommodations(person)
    if before != after:
        _enter(session, user, place, "accommodation.change", person.name, now, {"was": before, "is": after})
    session.flush()
    return person


def accommodations(person: models.User) -> dict[str, int | bool]:
    """Give what was granted to somebody, as the books and the export hold it."""
    return {
        "extra_time": person.extra_time,
        "no_time_limit": person.no_time_limit,
        "extra_attempts": person.extra_attempts,
    }


def _enter(
    session: Session,
    user: models.User,
    place: Seat,
    action: str,
    whom: str,
    now: datetime,
    detail: Mapping[str, Any],
) -> None:
    about = f"{whom} · {place.course.name}"
    audit.enter(session, user, action, about, now=now, course_id=place.course.id, detail=detail)
