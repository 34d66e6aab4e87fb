"""The forecast of a class: an assignment's date or any day, with and without practice, and how forecasts came true."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import numpy as np
from flask import render_template, request
from flask_babel import gettext as _
from numpy.typing import NDArray

from quizapp.actions.forecasting import facts_asked
from quizapp.core.insight.calibration import Calibration, Tally, calibration
from quizapp.core.insight.classforecast import ClassOutlook, Kept, outlook, track
from quizapp.core.insight.expected import Expected
from quizapp.core.memory.days import ONE_DAY, study_day
from quizapp.store import classlog, forecasts
from quizapp.store.classlog import Task
from quizapp.store.db import db
from quizapp.web import class_room as shared
from quizapp.web import pictures
from quizapp.web.class_room import Choices, Room
from quizapp.web.dates import day_names
from quizapp.web.words import form_name, percent

MINUTES, MOST_MINUTES = 10, 120
UNDATED = timedelta(days=14)
"""Without any date ahead the page looks so far."""

CHECKED = timedelta(days=21)
"""Predictions are held against the answers of so many days."""

TRACKED = 8
"""So many quizzes at most are held against their forecasts."""


@dataclass(frozen=True, slots=True)
class Aim:
    """What the forecast is of: an assignment's facts and date, or those chosen above the page and a day."""

    task: Task | None
    at: datetime
    minutes: int


@dataclass(frozen=True, slots=True)
class Tracked:
    """A quiz and how the forecasts made of it came true."""

    task: Task
    lines: list[Kept]


def show(course_id: int) -> str:
    """Show what the class will recall on a date."""
    room = shared.enter(course_id, also="difficulty")
    chosen, tasks = shared.choices(room), classlog.tasks(db.session(), course_id)
    ahead = [task for task in tasks if task.due_at > room.now]
    aim = _aim(room, chosen, ahead)
    cohort = room.cohort.narrowed(_facts(room, chosen, aim))
    found = outlook(cohort, max((aim.at - room.now) / ONE_DAY, 0.0), aim.minutes)
    trusted = _trust(room)
    return render_template(
        "classroom/forecast.html",
        place=room.place,
        tab="forecast",
        room=room,
        chosen=chosen,
        aim=aim,
        ahead=ahead,
        day=aim.at.astimezone(ZoneInfo(room.place.course.zone)).date(),
        found=found,
        facts=len(cohort.syllabus.facts),
        days=_days(room, found),
        worded=shared.names(room, [line.fact for line in found.reteach]),
        tracked=_tracked(room, [task for task in tasks if task.kind == "quiz" and task.due_at <= room.now]),
        names={topic.key: topic for topic in room.cohort.syllabus.topics},
        trust=pictures.trust(trusted),
        by_form=_by_form(trusted),
        private=sum(student.private for student in cohort.students),
    )


def _aim(room: Room, chosen: Choices, ahead: Sequence[Task]) -> Aim:
    minutes = request.args.get("minutes", MINUTES, type=int)
    minutes = minutes if 0 <= minutes <= MOST_MINUTES else MINUTES
    wanted = request.args.get("assignment", type=int)
    task = next((task for task in ahead if task.id == wanted), None)
    if task is None and not chosen.day and not chosen.bank and "assignment" not in request.args:
        task = ahead[0] if ahead else None
    if task is not None:
        return Aim(task, task.due_at, minutes)
    return Aim(None, room.now + ((chosen.day - room.today) if chosen.day else UNDATED), minutes)


def _facts(room: Room, chosen: Choices, aim: Aim) -> NDArray[np.bool_]:
    laid = room.cohort.syllabus
    if aim.task is not None:
        return facts_asked(laid, aim.task)
    return laid.within(banks=[chosen.bank] if chosen.bank else [])


def _days(room: Room, found: ClassOutlook) -> list[tuple[str, Expected]]:
    days = [room.today + timedelta(days=round(at)) for at, _share in found.days]
    return list(zip(day_names(days, "short"), [share for _at, share in found.days], strict=True))


def _tracked(room: Room, past: Sequence[Task]) -> list[Tracked]:
    if not past:
        return []
    session, zone = db.session(), room.place.course.zone
    made, answers = forecasts.forecasts(session, room.course_id), classlog.first_answers(session, room.course_id)
    found = []
    for task in past[-TRACKED:][::-1]:
        own = [one for one in made if one.assignment == task.id]
        given = [answer for answer in answers if answer.assignment == task.id]
        found.append(Tracked(task, track(own, given, study_day(task.due_at, zone), room.cohort)))
    return [one for one in found if one.lines]


def _trust(room: Room) -> Calibration | None:
    """Hold predictions against answers; those of private people stay out, since this is cut into many small figures."""
    facts = {fact.id for fact in room.cohort.syllabus.facts}
    named = {student.id for student in room.cohort.students if not student.private}
    rows = classlog.predictions(db.session(), room.course_id, room.today - CHECKED)
    return calibration(row.prediction for row in rows if row.fact in facts and row.learner in named)


def _by_form(found: Calibration | None) -> list[tuple[str, ...]]:
    if found is None:
        return []
    few = _("not enough data")
    return [(form_name(form), *(_figures(tally) if tally else (few, few, few, ""))) for form, tally in found.by_form]


def _figures(tally: Tally) -> tuple[str, ...]:
    between = f"{percent(tally.low)} – {percent(tally.high)}"
    return percent(tally.predicted), percent(tally.right), between, str(tally.n)
