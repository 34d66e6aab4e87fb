"""The activity of a class: who practised when, who keeps up with an assignment, who is at risk."""

from collections.abc import Sequence
from datetime import date, timedelta

from flask import render_template, request
from flask_babel import gettext as _
from flask_babel import ngettext

from quizapp.actions.forecasting import facts_asked
from quizapp.core.insight.classactivity import (
    NEVER,
    ClassDay,
    Pace,
    Risk,
    StudentDays,
    at_risk,
    class_days,
    level,
    pace,
    student_days,
)
from quizapp.core.memory.days import ONE_DAY, study_day
from quizapp.core.memory.readiness import Floats, recall_on
from quizapp.store import classlog
from quizapp.store.classlog import Task, Total
from quizapp.store.db import db
from quizapp.web import class_room as shared
from quizapp.web import listing
from quizapp.web.class_room import Room
from quizapp.web.dates import day_names
from quizapp.web.words import percent

WEEKS = (2, 4, 8, 26)
USUAL_WEEKS = 4
WEEK = 7


def show(course_id: int) -> str:
    """Show who practised when, and who is at risk."""
    room = shared.enter(course_id, also="due")
    weeks = request.args.get("weeks", USUAL_WEEKS, type=int)
    weeks = weeks if weeks in WEEKS else USUAL_WEEKS
    first = room.today - timedelta(days=WEEK * weeks - 1)
    session, students, tasks = db.session(), room.cohort.students, classlog.tasks(db.session(), course_id)
    begins = min([first, room.today - WEEK * ONE_DAY, *(_begins(task, room) for task in _current(tasks, room))])
    totals, last = classlog.totals(session, course_id, begins), classlog.last_days(session, course_id)
    days = class_days(totals, students, first, room.today)
    lines = student_days(totals, students, last, first, room.today)
    return render_template(
        "classroom/activity.html",
        place=room.place,
        tab="activity",
        room=room,
        weeks=weeks,
        choices=WEEKS,
        ever=any(line.last for line in lines) or any(day.students for day in days),
        points=_points(days),
        weekly=_weekly(days),
        week=days[-WEEK:],
        private=sum(student.private for student in students),
        listed=listing.of(
            lines,
            keys={
                "name": lambda line: line.student.name,
                "practised": lambda line: None if line.student.private else line.practised,
                "minutes": lambda line: None if line.student.private else line.minutes,
                "answers": lambda line: None if line.student.private else line.answers,
                "last": lambda line: line.last,
            },
            default="name",
            search=lambda line: line.student.name,
            size=30,
        ),
        squares=_squares(first, room.today),
        paces=_paces(room, tasks, totals),
        risks=[(risk, _reasons(risk)) for risk in at_risk(room.cohort, totals, last, _shares(room, tasks), room.now)],
    )


def _current(tasks: Sequence[Task], room: Room) -> list[Task]:
    """Pick the practice assignments that have begun and end ahead or ended in the last four weeks."""
    return [
        task
        for task in tasks
        if task.kind == "practice"
        and (task.opens_at or task.published_at) <= room.now
        and task.due_at > room.now - timedelta(weeks=USUAL_WEEKS)
    ]


def _begins(task: Task, room: Room) -> date:
    return study_day(task.opens_at or task.published_at, room.place.course.zone)


def _paces(room: Room, tasks: Sequence[Task], totals: Sequence[Total]) -> list[tuple[Task, Pace]]:
    found = []
    for task in _current(tasks, room):
        asked = room.cohort.narrowed(facts_asked(room.cohort.syllabus, task))
        recall = recall_on(asked.held, max((task.due_at - room.now) / ONE_DAY, 0.0))
        begins = task.opens_at or task.published_at
        line = pace(totals, asked, recall, begins, min(task.due_at, room.now))
        if line is not None:
            found.append((task, line))
    return found


def _shares(room: Room, tasks: Sequence[Task]) -> Floats | None:
    """Give what each student is expected to recall on the next date; None where no date lies ahead."""
    task = next((task for task in tasks if task.due_at > room.now), None)
    if task is None:
        return None
    asked = room.cohort.narrowed(facts_asked(room.cohort.syllabus, task))
    if not asked.syllabus.facts:
        return None
    shares: Floats = recall_on(asked.held, (task.due_at - room.now) / ONE_DAY).mean(axis=1)
    return shares


def _points(days: Sequence[ClassDay]) -> list[tuple[str, int, int]]:
    named = day_names([day.day for day in days], "short")
    return [(name, day.students, round(day.minutes)) for name, day in zip(named, days, strict=True)]


def _weekly(days: Sequence[ClassDay]) -> list[tuple[str, ...]]:
    """Sum up weeks that end today, the latest first."""
    rows: list[tuple[str, ...]] = []
    for end in range(len(days), 0, -WEEK):
        week = days[max(end - WEEK, 0) : end]
        minutes = sum(day.minutes for day in week)
        visits = sum(day.students for day in week)
        (name,) = day_names([week[0].day], "medium")
        rows.append((name, str(visits), str(round(minutes)), str(round(minutes / visits)) if visits else "–"))
    return rows


def _squares(first: date, today: date) -> list[str]:
    return day_names([first + timedelta(number) for number in range((today - first).days + 1)], "short")


def squares_of(line: StudentDays, names: Sequence[str]) -> list[tuple[str, int, int]]:
    """Give a student's days as (day, minutes, level)."""
    return [
        (name, round(minutes), level(minutes, practised=minutes > 0.0))
        for name, minutes in zip(names, line.days, strict=True)
    ]


def _reasons(risk: Risk) -> list[str]:
    reasons = []
    if risk.idle is not None:
        idle = _("has never practised")
        if risk.idle != NEVER:
            idle = ngettext("has not practised for %(num)d day", "has not practised for %(num)d days", risk.idle)
        reasons.append(str(idle))
    if risk.pile is not None:
        reasons.append(str(_("%(facts)s facts are overdue, and more every day", facts=risk.pile)))
    if risk.share is not None:
        reasons.append(str(_("would recall %(share)s on the next date", share=percent(risk.share))))
    return reasons
