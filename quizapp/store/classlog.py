"""What a class did, and what was expected of it: its log as the pages of a class read it; statements built once."""

from datetime import UTC, date, datetime
from typing import Any, NamedTuple

from sqlalchemy import bindparam, func, select, true
from sqlalchemy.orm import Session

from quizapp.core.insight.calibration import Prediction
from quizapp.core.items.model import Form
from quizapp.store import models
from quizapp.store.classroom import STUDENTS
from quizapp.store.learning import rows_of

_Assignment, _Attempt, _Review = models.Assignment, models.Attempt, models.Review

ENOUGH_PREDICTIONS = 1500
"""The latest so many predictions are read, out of just the days that have them."""

_FORMS = {form.value: form for form in Form}


class Task(NamedTuple):
    """A published assignment; `scope` as `quizapp.actions.scope` writes it."""

    id: int
    kind: str
    title: str
    scope: dict[str, Any]
    blueprint: list[dict[str, Any]]
    opens_at: datetime | None
    due_at: datetime
    published_at: datetime


class Total(NamedTuple):
    """What one student did on one study day."""

    learner: int
    day: date
    reviews: int
    right: int
    new: int
    seconds: float


class FirstAnswer(NamedTuple):
    """A student's answer to a fact in the first attempt at a quiz."""

    assignment: int
    learner: int
    fact: int
    right: bool
    guess_rate: float


class Predicted(NamedTuple):
    """A review of a fact asked before: what was predicted of it, and what came true."""

    learner: int
    fact: int
    prediction: Prediction


class Past(NamedTuple):
    """A student's attempt at an assignment of the course; `points` as they count, by its newest grade."""

    id: int
    title: str
    number: int
    started_at: datetime
    finished_at: datetime | None
    points: float | None
    points_possible: float | None
    late: bool


TASKS = (
    select(
        _Assignment.id,
        _Assignment.kind,
        _Assignment.title,
        _Assignment.scope,
        _Assignment.blueprint,
        _Assignment.opens_at,
        _Assignment.due_at,
        _Assignment.published_at,
    )
    .where(
        _Assignment.course_id == bindparam("course"),
        _Assignment.published_at.is_not(None),
        _Assignment.archived_at.is_(None),
    )
    .order_by(_Assignment.due_at, _Assignment.id)
)
_TOTALS = (
    select(
        models.DayTotal.learner_id,
        models.DayTotal.day,
        models.DayTotal.reviews,
        models.DayTotal.right,
        models.DayTotal.new,
        models.DayTotal.seconds,
    )
    .where(models.DayTotal.learner_id.in_(STUDENTS), models.DayTotal.day >= bindparam("since"))
    .order_by(models.DayTotal.day)
)
_LAST_DAYS = (
    select(models.DayTotal.learner_id, func.max(models.DayTotal.day))
    .where(models.DayTotal.learner_id.in_(STUDENTS), models.DayTotal.reviews > 0)
    .group_by(models.DayTotal.learner_id)
)
_FIRST_ANSWERS = (
    select(_Assignment.id, _Review.learner_id, _Review.fact_id, _Review.right, _Review.guess_rate)
    .join(_Attempt, _Attempt.assignment_id == _Assignment.id)
    .join(_Review, _Review.sitting_id == _Attempt.sitting_id)
    .join(models.Item, models.Item.id == _Review.item_id)
    .where(
        _Assignment.course_id == bindparam("course"),
        _Assignment.kind == "quiz",
        _Attempt.number == 1,
        _Attempt.preview.is_(False),
        _Attempt.finished_at.is_not(None),
        _Attempt.learner_id.in_(STUDENTS),
        _Review.kind == "answer",
        _Review.first == true(),
        _Review.guess_rate < 1.0,
        models.Item.undone_at.is_(None),
    )
)
_PREDICTIONS = (
    select(_Review.learner_id, _Review.fact_id, _Review.recall, _Review.right, _Review.form, _Review.guess_rate)
    .where(
        _Review.learner_id.in_(STUDENTS),
        _Review.at >= bindparam("since", type_=_Review.at.type),
        _Review.kind == "answer",
        _Review.first == true(),
        _Review.was_new.is_(False),
        _Review.recall.is_not(None),
        _Review.guess_rate < 1.0,
    )
    .order_by(_Review.id.desc())
    .limit(ENOUGH_PREDICTIONS)
)
_BY_DAY = (
    select(models.DayTotal.day, func.sum(models.DayTotal.reviews))
    .where(models.DayTotal.learner_id.in_(STUDENTS), models.DayTotal.day >= bindparam("since"))
    .group_by(models.DayTotal.day)
    .order_by(models.DayTotal.day.desc())
)
_NEWEST = (
    select(func.max(models.Grade.id))
    .where(models.Grade.attempt_id == _Attempt.id)
    .correlate(_Attempt)
    .scalar_subquery()
)
_ATTEMPTS = (
    select(
        _Attempt.id,
        _Assignment.title,
        _Attempt.number,
        _Attempt.started_at,
        _Attempt.finished_at,
        func.coalesce(models.Grade.points * models.Grade.factor, _Attempt.points),
        func.coalesce(models.Grade.possible, _Attempt.points_possible),
        _Attempt.late,
    )
    .join(_Assignment, _Assignment.id == _Attempt.assignment_id)
    .outerjoin(models.Grade, models.Grade.id == _NEWEST)
    .where(
        _Assignment.course_id == bindparam("course"),
        _Attempt.learner_id == bindparam("learner"),
        _Attempt.preview.is_(False),
    )
    .order_by(_Attempt.started_at.desc(), _Attempt.id.desc())
)


def tasks(session: Session, course_id: int) -> list[Task]:
    """Give a course's published assignments that are not archived, the earliest date first."""
    return [Task._make(row) for row in rows_of(session, TASKS, {"course": course_id})]


def totals(session: Session, course_id: int, since: date) -> list[Total]:
    """Give the study days of a course's students from a day on."""
    return [Total._make(row) for row in rows_of(session, _TOTALS, {"course": course_id, "since": since})]


def last_days(session: Session, course_id: int) -> dict[int, date]:
    """Give the last study day of each student of a course who ever practised."""
    return dict(rows_of(session, _LAST_DAYS, {"course": course_id}).all())


def first_answers(session: Session, course_id: int) -> list[FirstAnswer]:
    """Give the answers of the first attempts at a course's quizzes."""
    return [FirstAnswer._make(row) for row in rows_of(session, _FIRST_ANSWERS, {"course": course_id})]


def predictions(session: Session, course_id: int, since: date) -> list[Predicted]:
    """Give a class's latest reviews since a study day as predictions, also of facts that are not the course's."""
    so_far = 0
    for day, reviews in rows_of(session, _BY_DAY, {"course": course_id, "since": since}):
        since = day
        so_far += reviews
        if so_far >= ENOUGH_PREDICTIONS:
            break
    begins = datetime.combine(since, datetime.min.time(), UTC)
    rows = rows_of(session, _PREDICTIONS, {"course": course_id, "since": begins})
    return [
        Predicted(learner, fact, Prediction(recall or 0.0, bool(right), _FORMS[form or ""], guess_rate or 0.0))
        for learner, fact, recall, right, form, guess_rate in rows
    ]


def attempts(session: Session, course_id: int, learner_id: int) -> list[Past]:
    """Give a student's attempts at a course's assignments, the latest first."""
    return [Past._make(row) for row in rows_of(session, _ATTEMPTS, {"course": course_id, "learner": learner_id})]
