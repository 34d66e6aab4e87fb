"""Everything there is about the grades of a course, as plain rows for an archive."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import Executable, bindparam, or_, select
from sqlalchemy.orm import Session

from quizapp.interop.gradebook_json import Gradebook, reference
from quizapp.store import models

_ASSIGNMENTS = (
    select(
        models.Assignment.id,
        models.Assignment.title,
        models.Assignment.due_at,
        models.Assignment.late_rule,
        models.Assignment.late_percent,
        models.Assignment.published_at,
        models.Assignment.archived_at,
    )
    .where(models.Assignment.course_id == bindparam("course"), models.Assignment.kind == "quiz")
    .order_by(models.Assignment.id)
)
_OF_COURSE = (models.Assignment.course_id == bindparam("course"), models.Attempt.preview.is_(False))
_ATTEMPTS = (
    select(
        models.Attempt.id,
        models.Attempt.assignment_id.label("assignment"),
        models.Attempt.learner_id.label("learner"),
        models.Attempt.number,
        models.Attempt.started_at,
        models.Attempt.deadline_at,
        models.Attempt.finished_at,
        models.Attempt.late,
    )
    .join(models.Assignment, models.Assignment.id == models.Attempt.assignment_id)
    .where(*_OF_COURSE)
    .order_by(models.Attempt.id)
)
_PEOPLE = (
    select(models.User.id, models.User.name, models.User.email, models.Enrolment.role, models.Enrolment.removed_at)
    .outerjoin(
        models.Enrolment,
        (models.Enrolment.user_id == models.User.id) & (models.Enrolment.course_id == bindparam("course")),
    )
    .where(
        or_(
            models.Enrolment.role == "student",
            models.User.id.in_(
                select(models.Attempt.learner_id)
                .join(models.Assignment, models.Assignment.id == models.Attempt.assignment_id)
                .where(*_OF_COURSE)
            ),
        )
    )
    .order_by(models.User.id)
)
_ITEMS = (
    select(
        models.Item.id,
        models.Attempt.id.label("attempt"),
        models.Item.slot,
        models.Bank.key.label("bank"),
        models.BankVersion.number.label("bank_version"),
        models.Item.form,
        models.Item.snapshot,
        models.Item.answer,
        models.Item.answered_at,
        models.Item.result,
    )
    .join(models.Attempt, models.Attempt.sitting_id == models.Item.sitting_id)
    .join(models.Assignment, models.Assignment.id == models.Attempt.assignment_id)
    .join(models.Bank, models.Bank.id == models.Item.bank_id)
    .join(models.BankVersion, models.BankVersion.id == models.Item.version_id)
    .where(*_OF_COURSE)
    .order_by(models.Attempt.id, models.Item.slot)
)
_GRADES = (
    select(
        models.Grade.id,
        models.Grade.attempt_id.label("attempt"),
        models.Grade.kind,
        models.Grade.key,
        models.Grade.points,
        models.Grade.possible,
        models.Grade.factor,
        models.Grade.marks,
        models.Grade.reason,
        models.Grade.by_id.label("by"),
        models.Grade.at,
    )
    .join(models.Attempt, models.Attempt.id == models.Grade.attempt_id)
    .join(models.Assignment, models.Assignment.id == models.Attempt.assignment_id)
    .where(*_OF_COURSE)
    .order_by(models.Grade.id)
)


def of_course(session: Session, course: models.Course, *, now: datetime) -> Gradebook:
    """Gather the people, quizzes, attempts, questions and grades of a course; archived and removed ones too."""

    def rows(query: Executable) -> list[dict[str, Any]]:
        return [_plain(row) for row in session.execute(query, {"course": course.id}).mappings()]

    return Gradebook(
        exported_at=now.isoformat(),
        course={"id": course.id, "name": course.name, "zone": course.zone},
        people=rows(_PEOPLE),
        assignments=rows(_ASSIGNMENTS),
        attempts=rows(_ATTEMPTS),
        items=[_referred(row) for row in rows(_ITEMS)],
        grades=rows(_GRADES),
    )


def _plain(row: Mapping[Any, Any]) -> dict[str, Any]:
    return {name: value.isoformat() if isinstance(value, datetime) else value for name, value in row.items()}


def _referred(row: dict[str, Any]) -> dict[str, Any]:
    shown = row["snapshot"]
    return {**row, "facts": shown.get("head", {}).get("facts", []), "snapshot": reference(shown)}
