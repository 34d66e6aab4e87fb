"""The front door: what the site is for strangers, what is due today for learners."""

from datetime import UTC, datetime

from flask import Blueprint, render_template
from flask_babel import format_date, ngettext
from flask_babel import gettext as _
from flask_login import current_user

from quizapp.core.insight import activity
from quizapp.core.insight.standing import standings
from quizapp.core.memory import forecast
from quizapp.core.memory.days import study_day
from quizapp.store import insight
from quizapp.store.db import db
from quizapp.store.ledger import settings_of
from quizapp.store.models import User
from quizapp.web import words
from quizapp.web.frame import frame
from quizapp.web.identity import learner, public
from quizapp.web.security import settings

bp = Blueprint("home", __name__)
bp.app_context_processor(frame)


@bp.get("/")
@public
def home() -> str:
    """Show a stranger what this is, and a learner what is due today."""
    if not current_user.is_authenticated:
        return render_template("home/landing.html", sign_up_open=settings().sign_up)
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
        running=insight.running(session, user.id),
        today_text=format_date(today, _("EEEE d MMMM")),
    )


def _next_due(found: tuple[datetime, int] | None, now: datetime, user: User) -> str:
    if found is None:
        return ""
    at, count = found
    when = words.when(at, now, user.zone)
    return str(ngettext("The next one falls due %(when)s.", "The next %(num)d fall due %(when)s.", count, when=when))
