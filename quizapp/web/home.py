"""The front door: what the site is for strangers, what is due today for learners."""

from dataclasses import dataclass
from datetime import UTC, datetime

from flask import Blueprint, render_template, url_for
from flask_babel import ngettext
from flask_login import current_user

from quizapp.core.insight import activity
from quizapp.core.insight.standing import standings
from quizapp.core.memory import forecast
from quizapp.core.memory.days import study_day
from quizapp.store import assigned, insight
from quizapp.store.assigned import ToDo
from quizapp.store.db import db
from quizapp.store.ledger import settings_of
from quizapp.store.models import User
from quizapp.web import dates, words
from quizapp.web.frame import frame
from quizapp.web.identity import learner, public
from quizapp.web.site import site

bp = Blueprint("home", __name__)
bp.app_context_processor(frame)


@bp.get("/")
@public
def home() -> str:
    """Show a stranger what this is, and a learner what is due today."""
    if not current_user.is_authenticated:
        return render_template("home/landing.html", sign_up_open=site().sign_up)
    return _today(learner(), datetime.now(UTC))


def _today(user: User, now: datetime) -> str:
    session = db.session()
    memories = insight.kept(session, user.id)
    stands = standings(insight.sizes(session, user.id), memories, now, settings_of(user))
    today = study_day(now, user.zone)
    days = insight.days(session, user.id, today - activity.LOOK_BACK)
    due = sum(standing.due for standing in stands)
    done = next((day for day in days if day.day == today), None)
    return render_template(
        "home/home.html",
        standings=stands,
        due=due,
        fresh=sum(standing.fresh for standing in stands),
        minutes=activity.minutes_for(due, days),
        done=done,
        streak=activity.streak({day.day for day in days}, today, {int(day) for day in user.quiet_weekdays}),
        recall=forecast.mean_recall(memories, now, settings_of(user)),
        known=sum(standing.known for standing in stands),
        next_due_text=_next_due(forecast.next_due([kept for kept in memories if not kept.suspended], now), now, user),
        running=[each for each in insight.running(session, user.id) if not each.deadline_at or each.deadline_at > now],
        assigned=_assigned(user, now),
        today_text=dates.day(today, "weekday-long"),
    )


@dataclass(frozen=True, slots=True)
class Task:
    """Something a course asks of a learner now; `state` is new, begun, running or late."""

    title: str
    course: str
    kind: str
    url: str
    due_at: datetime
    state: str
    ends_at: datetime | None


def _assigned(user: User, now: datetime) -> list[Task]:
    """Give what is assigned and still to be done: practice until its date, quizzes until one attempt is handed in."""
    found = [(todo, _state(todo, user, now)) for todo in assigned.to_do(db.session(), user.id, now)]
    return [
        Task(
            title=todo.assignment.title,
            course=todo.course,
            kind=todo.assignment.kind,
            url=url_for("assignments.show", course_id=todo.assignment.course_id, assignment_id=todo.assignment.id),
            due_at=todo.assignment.due_at,
            state=state,
            ends_at=todo.deadline_at if state == "running" else None,
        )
        for todo, state in found
        if state
    ]


def _state(todo: ToDo, user: User, now: datetime) -> str:
    """Say how a learner stands with what is assigned to them; nothing where there is no more to do."""
    allowed = todo.assignment.attempts
    if todo.assignment.kind == "practice":
        return "begun" if todo.practised else "new"
    if todo.running is not None and (todo.deadline_at is None or todo.deadline_at > now):
        return "running"
    if todo.done or (allowed is not None and todo.attempts >= allowed + user.extra_attempts):
        return ""
    return "late" if now > todo.assignment.due_at else "new"


def _next_due(found: tuple[datetime, int] | None, now: datetime, user: User) -> str:
    if found is None:
        return ""
    at, count = found
    when = words.when(at, now, user.zone)
    return str(ngettext("The next one falls due %(when)s.", "The next %(num)d fall due %(when)s.", count, when=when))
