"""What the pages of an assignment show: its form, a student's start page, and who of the class has done it."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from flask import render_template
from flask_babel import gettext as _
from flask_babel import ngettext

from quizapp.actions import assignments, gradebook, readiness
from quizapp.actions.access import Seat
from quizapp.actions.openness import Openness
from quizapp.actions.scope import Scope
from quizapp.core.items.blueprint import Row, topics_of
from quizapp.store import assigned, library, models
from quizapp.store.assigned import Taker
from quizapp.store.db import db
from quizapp.web import assignment_forms as filling
from quizapp.web import dates, listing, tags
from quizapp.web.assignment_forms import AnyForm
from quizapp.web.forms.assignments import FORM_LABELS, QuizForm, name_of_forms
from quizapp.web.identity import learner
from quizapp.web.listing import Filter
from quizapp.web.naming import title_of

HOUR = 60


@dataclass(frozen=True, slots=True)
class Ask:
    """One line of what is asked, in words."""

    count: int
    form: str
    about: str
    bank: str


def form_page(
    seat: Seat,
    form: AnyForm,
    kind: str,
    *,
    assignment: models.Assignment | None = None,
    begun: bool = False,
    stale: bool = False,
) -> str:
    """Draw the form of an assignment, new or to be changed, with what each row affords."""
    return render_template(
        "assignments/form.html",
        place=seat,
        tab="overview",
        form=form,
        kind=kind,
        assignment=assignment,
        asks=asks_of(assignment) if assignment is not None and begun else [],
        begun=begun,
        stale=stale,
        afforded=filling.afforded(db.session(), form, seat.course),
        zone=seat.course.zone,
    )


def with_more_rows(seat: Seat, form: AnyForm, kind: str, *, assignment: models.Assignment | None = None) -> str:
    """Draw a form again as it was filled in, with room for more rows; nothing is kept."""
    db.session.rollback()
    if isinstance(form, QuizForm):
        form.add_rows()
        filling.offer(db.session(), form, seat.course)
    return form_page(seat, form, kind, assignment=assignment)


def student_page(
    seat: Seat, assignment: models.Assignment, student: models.User, *, now: datetime, problem: str = ""
) -> str:
    """Draw what a student is asked to do: how, until when, how often, and what they did so far."""
    session = db.session()
    stand = assignments.open_for(session, assignment, student, now=now)
    if assignment.kind == "practice":
        return render_template(
            "assignments/practice.html",
            place=seat,
            tab="overview",
            assignment=assignment,
            stand=stand,
            asks=asks_of(assignment),
            ready=readiness.readiness(session, student, assignment, now=now),
            problem=problem,
            now=now,
        )
    return render_template(
        "assignments/start.html",
        place=seat,
        tab="overview",
        assignment=assignment,
        stand=stand,
        asks=asks_of(assignment),
        grades=gradebook.current(session, [each.id for each in stand.attempts]),
        score=gradebook.score,
        ends_sooner=_ends_sooner(stand, now),
        problem=problem,
        now=now,
    )


def staff_page(seat: Seat, assignment: models.Assignment, *, now: datetime, problem: str = "") -> str:
    """Draw what an assignment asks, and who has begun and finished it."""
    takers = assigned.takers(db.session(), assignment)
    states = [(_state(taker, now), taker) for taker in takers]
    words = [("none", _("not begun")), ("running", _("running")), ("over", _("time is up")), ("done", _("finished"))]
    if assignment.kind == "practice":
        words = [("none", _("not begun")), ("done", _("begun"))]
    shown = [(state, taker) for state, taker in states if not _hidden(assignment, taker)]
    by_state: Filter[tuple[str, Taker]] = Filter(
        "state", _("State"), words, lambda row, state: row[0] == state and not _hidden(assignment, row[1])
    )
    listed = listing.of(
        states,
        keys={
            "name": lambda row: row[1].name,
            "state": lambda row: row[0],
            "started": lambda row: row[1].started_at,
            "finished": lambda row: row[1].finished_at,
        },
        default="name",
        search=lambda row: f"{row[1].name} {row[1].email}",
        filters=[by_state],
    )
    return render_template(
        "assignments/staff.html",
        place=seat,
        tab="overview",
        assignment=assignment,
        asks=asks_of(assignment),
        listed=listed,
        words=dict(words),
        counts={name: sum(state == name for state, _taker in shown) for name, _label in words},
        students=len(takers),
        hidden=len(states) - len(shown),
        problem=problem,
        zone=seat.course.zone,
        now=now,
    )


def asks_of(assignment: models.Assignment) -> list[Ask]:
    """Word what an assignment asks: a line for each row of its blueprint, or one for each bank of its scope."""
    session = db.session()
    scope, rows = Scope.from_json(assignment.scope), [Row.from_json(row) for row in assignment.blueprint]
    banks = {bank.id: bank for bank in assigned.banks(session, {*scope.banks, *(row.bank for row in rows)})}
    if rows:
        return [_ask(banks.get(row.bank), row) for row in rows]
    names = tags.names(session, banks.values(), learner().reads)
    about = " ".join(f"#{names.get(tag, tag)}" for tag in scope.tags)
    form = str(FORM_LABELS[name_of_forms(scope.forms)]) if assignment.kind == "quiz" else ""
    return [Ask(0, form, about, _title(banks.get(bank))) for bank in scope.banks]


def moment_in(at: datetime, zone: str, *, short: bool = False) -> str:
    """Give an instant as date and time of a zone, with weekday and year unless it is to be short."""
    return dates.moment(at, ZoneInfo(zone), "short" if short else "weekday-medium")


def length(time: timedelta) -> str:
    """Give a time limit in hours and minutes."""
    minutes = round(time.total_seconds() / 60)
    hours, rest = divmod(minutes, HOUR)
    parts = [ngettext("%(num)d hour", "%(num)d hours", hours)] if hours else []
    if rest or not hours:
        parts.append(ngettext("%(num)d minute", "%(num)d minutes", rest))
    return " ".join(map(str, parts))


def _ask(bank: models.Bank | None, row: Row) -> Ask:
    about = ""
    if bank is not None and row.topic:
        edition = library.edition(db.session(), bank.version_id or 0, learner().reads)
        topic = next((each for each in topics_of(edition) if each.key == row.topic), None)
        about = filling.topic_name(topic) if topic else row.topic
    return Ask(row.count, str(FORM_LABELS[row.form]), about, _title(bank))


def _title(bank: models.Bank | None) -> str:
    return title_of(bank) if bank is not None else str(_("a bank that is no longer published"))


def _state(taker: Taker, now: datetime) -> str:
    if not taker.attempts:
        return "none"
    if taker.running is None:
        return "done"
    return "over" if taker.deadline_at is not None and taker.deadline_at <= now else "running"


def _hidden(assignment: models.Assignment, taker: Taker) -> bool:
    """Say whether what somebody did stays theirs: practice of who practises privately; a quiz is handed in."""
    return assignment.kind == "practice" and taker.private


def _ends_sooner(stand: Openness, now: datetime) -> bool:
    """Say whether an attempt begun now ends before the person's own time is used up."""
    return bool(stand.may_start and stand.time and stand.last_at and now + stand.time > stand.last_at)
