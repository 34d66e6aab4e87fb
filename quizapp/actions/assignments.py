"""Assignments: made, changed, published and archived by a course's instructors."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from quizapp.actions import audit
from quizapp.actions.access import Seat
from quizapp.actions.assignment_checks import check, check_begun
from quizapp.actions.assignment_values import Values, changes
from quizapp.actions.errors import NotFound, Refused, Stale
from quizapp.actions.openness import Openness, open_for
from quizapp.store import assigned, models

KINDS = ("quiz", "practice")

__all__ = ["KINDS", "Openness", "Values", "archive", "change", "create", "open_for", "publish", "unarchive"]


def create(
    session: Session, user: models.User, place: Seat, kind: str, values: Values, *, now: datetime, seed: int
) -> models.Assignment:
    """Make an assignment that students do not see yet."""
    _instructor(place)
    if kind not in KINDS:
        raise NotFound
    check(session, place.course.id, kind, values, seed=seed)
    made = models.Assignment(
        course_id=place.course.id,
        kind=kind,
        seed=seed,
        version=1,
        created_at=now,
        created_by=user.id,
        **values.columns(),
    )
    session.add(made)
    session.flush()
    return made


def change(
    session: Session,
    user: models.User,
    place: Seat,
    assignment_id: int,
    values: Values,
    *,
    version: int,
    now: datetime,
) -> models.Assignment:
    """Change an assignment as it was at `version`; Stale if somebody else was faster.

    Raises Refused for what can no longer change because students have begun. Attempts that run keep their end.
    """
    held = _held(session, place, assignment_id)
    if held.version != version:
        raise Stale
    if held.kind == "quiz" and assigned.is_taken(session, held.id):
        check_begun(held, values)
        if held.feedback == "due" and held.due_at <= now and values.due_at != held.due_at:
            raise Refused("Its answers were explained when it was due: set another quiz instead.", "due_at")
    check(session, place.course.id, held.kind, values, seed=held.seed)
    changed = changes(Values.of(held).columns(), values.columns())
    for name, (_, new) in changed.items():
        setattr(held, name, new)
    held.version += 1
    session.flush()
    if changed:
        _log(session, user, held, "change", now=now, detail=_plainly(changed))
    return held


def publish(session: Session, user: models.User, place: Seat, assignment_id: int, *, now: datetime) -> None:
    """Show an assignment to the students, if it can still be done in time; doing it twice changes nothing."""
    held = _held(session, place, assignment_id)
    if held.published_at is not None:
        return
    if held.due_at <= now:
        raise Refused("It was due in the past. Change the date first.")
    check(session, place.course.id, held.kind, Values.of(held), seed=held.seed)
    held.published_at = now
    _log(session, user, held, "publish", now=now, detail={"due": held.due_at.isoformat()})


def archive(session: Session, user: models.User, place: Seat, assignment_id: int, *, now: datetime) -> None:
    """Hide an assignment from the students; all they did is kept."""
    held = _held(session, place, assignment_id)
    if held.archived_at is None:
        held.archived_at = now
        _log(session, user, held, "archive", now=now, detail={"archived": True})


def unarchive(session: Session, user: models.User, place: Seat, assignment_id: int, *, now: datetime) -> None:
    """Show an archived assignment again."""
    held = _held(session, place, assignment_id)
    if held.archived_at is not None:
        held.archived_at = None
        _log(session, user, held, "archive", now=now, detail={"archived": False})


def _held(session: Session, place: Seat, assignment_id: int) -> models.Assignment:
    """Give an assignment of the course, held until the transaction ends."""
    _instructor(place)
    query = select(models.Assignment).where(
        models.Assignment.id == assignment_id, models.Assignment.course_id == place.course.id
    )
    held = session.scalar(query.with_for_update().execution_options(populate_existing=True))
    if held is None:
        raise NotFound
    return held


def _instructor(place: Seat) -> None:
    if not place.at_least("instructor"):
        raise NotFound
    if place.course.archived_at is not None:
        raise Refused("This course is archived: nothing in it changes any more.")


def _log(
    session: Session,
    user: models.User,
    assignment: models.Assignment,
    verb: str,
    *,
    now: datetime,
    detail: Mapping[str, Any],
) -> None:
    about = f"{assignment.title} (#{assignment.id})"
    audit.enter(session, user, f"assignment.{verb}", about, now=now, course_id=assignment.course_id, detail=detail)


def _plainly(changed: Mapping[str, tuple[Any, Any]]) -> dict[str, list[Any]]:
    """Write what changed as JSON holds it: instants as text."""
    return {
        name: [each.isoformat() if isinstance(each, datetime) else each for each in pair]
        for name, pair in changed.items()
    }
