"""Forecasts of a class as they were made, and the assignments whose date they are made of; statements built once."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any, NamedTuple, cast

from sqlalchemy import Table, bindparam, func, select
from sqlalchemy.orm import Session

from quizapp.store import models
from quizapp.store.classlog import TASKS, Task
from quizapp.store.learning import rows_of
from quizapp.store.upsert import upsert

_Assignment = models.Assignment


class Pending(NamedTuple):
    """An assignment whose date lies ahead, with the zone of its course and the day of its newest forecast."""

    task: Task
    course: int
    zone: str
    made_on: date | None


class Made(NamedTuple):
    """A forecast of an assignment's date, as it was made."""

    assignment: int
    made_on: date
    topic: str
    students: int
    facts: int
    predicted: float
    low: float
    high: float


_PENDING = (
    select(
        *TASKS.selected_columns,
        models.Course.id,
        models.Course.zone,
        select(func.max(models.Forecast.made_on))
        .where(models.Forecast.assignment_id == _Assignment.id)
        .correlate(_Assignment)
        .scalar_subquery(),
    )
    .join(models.Course, models.Course.id == _Assignment.course_id)
    .where(
        _Assignment.published_at.is_not(None),
        _Assignment.archived_at.is_(None),
        models.Course.archived_at.is_(None),
        _Assignment.due_at > bindparam("now", type_=_Assignment.due_at.type),
    )
    .order_by(models.Course.id, _Assignment.id)
)
_KEEP = upsert(cast("Table", models.Forecast.__table__), lambda there, _new: {"predicted": there.predicted})
_MADE = (
    select(
        models.Forecast.assignment_id,
        models.Forecast.made_on,
        models.Forecast.topic,
        models.Forecast.students,
        models.Forecast.facts,
        models.Forecast.predicted,
        models.Forecast.low,
        models.Forecast.high,
    )
    .join(_Assignment, _Assignment.id == models.Forecast.assignment_id)
    .where(_Assignment.course_id == bindparam("course"))
    .order_by(models.Forecast.assignment_id, models.Forecast.made_on)
)


def pending(session: Session, now: datetime) -> list[Pending]:
    """Give all published assignments whose date lies ahead, by course."""
    rows = rows_of(session, _PENDING, {"now": now})
    return [Pending(Task._make(row[:-3]), *row[-3:]) for row in rows]


def keep_forecasts(session: Session, made: Sequence[Made]) -> None:
    """Write forecasts down; one that was made on the same day stays as it is."""
    _KEEP(session, [_row(one) for one in made])


def forecasts(session: Session, course_id: int) -> list[Made]:
    """Give the forecasts made of a course's assignments, by assignment and day."""
    return [Made._make(row) for row in rows_of(session, _MADE, {"course": course_id})]


def _row(made: Made) -> dict[str, Any]:
    values = made._asdict()
    return {"assignment_id": values.pop("assignment"), **values}
