"""Forecasts written down day by day, so that they can be held against what came true."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray
from sqlalchemy.orm import Session

from quizapp.actions.scope import Scope
from quizapp.core.insight.classforecast import by_topic
from quizapp.core.insight.cohort import Cohort
from quizapp.core.insight.topics import Syllabus
from quizapp.core.items.blueprint import Row
from quizapp.core.memory.days import ONE_DAY, study_day
from quizapp.store import forecasts
from quizapp.store.classroom import banks, cohort_of, syllabus_of
from quizapp.store.forecasts import Made, Pending


class Asks(Protocol):
    """What says which facts an assignment asks."""

    @property
    def scope(self) -> dict[str, Any]:
        """The scope as its row keeps it."""

    @property
    def blueprint(self) -> list[dict[str, Any]]:
        """The rows of its blueprint, none for a scope alone."""


def record_forecasts(session: Session, *, now: datetime) -> int:
    """Write down today's forecasts of all assignments whose date lies ahead, and count the assignments.

    Once an assignment and study day of its course: called again on the same day it does nothing.
    """
    made = forecasts_due(session, now=now)
    keep_forecasts(session, made)
    return len({one.assignment for one in made})


def keep_forecasts(session: Session, made: Sequence[Made]) -> None:
    """Write forecasts down; one that was made on the same day stays as it is."""
    forecasts.keep_forecasts(session, made)


def forecasts_due(session: Session, *, now: datetime) -> list[Made]:
    """Work out the forecasts that are still to be written down today; reads only.

    Those of a class too small for an interval are left out, and private students count by the rule of `privacy`.
    """
    made: list[Made] = []
    course, cohort = 0, None
    for each in forecasts.pending(session, now):
        if each.made_on is not None and each.made_on >= study_day(now, each.zone):
            continue
        if cohort is None or each.course != course:
            course, cohort = each.course, _cohort(session, each.course, now)
        made += _forecasts(each, cohort, now)
    return made


def facts_asked(laid: Syllabus, asks: Asks) -> NDArray[np.bool_]:
    """Say of each fact of a course whether an assignment may ask it."""
    if asks.blueprint:
        rows = [laid.of_row(Row.from_json(row)) for row in asks.blueprint]
        found: NDArray[np.bool_] = np.logical_or.reduce(rows)
        return found
    scope = Scope.from_json(asks.scope)
    return laid.within(banks=scope.banks, tags=scope.tags, facts=scope.facts)


def _cohort(session: Session, course_id: int, now: datetime) -> Cohort:
    return cohort_of(session, course_id, syllabus_of(session, banks(session, course_id), None), now)


def _forecasts(each: Pending, cohort: Cohort, now: datetime) -> list[Made]:
    asked = cohort.narrowed(facts_asked(cohort.syllabus, each.task))
    found = by_topic(asked, (each.task.due_at - now) / ONE_DAY)
    return [
        Made(each.task.id, study_day(now, each.zone), topic, one.students, one.facts, one.mean, one.low, one.high)
        for topic, one in found.items()
        if one.low is not None and one.high is not None
    ]
