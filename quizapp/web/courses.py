"""Courses: one's own, and what goes on in one."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import pgettext

from quizapp.actions import courses
from quizapp.actions.access import AUTHORS, Seat
from quizapp.actions.errors import Stale
from quizapp.core.insight.privacy import open_to_view
from quizapp.core.memory.days import study_day
from quizapp.store import courses as shelf
from quizapp.store import people as register
from quizapp.store.courses import Mine, Task
from quizapp.store.db import db
from quizapp.web import listing
from quizapp.web.filling import blaming
from quizapp.web.forms.courses import CourseForm, JoinForm, OpenCourseForm
from quizapp.web.forms.values import text
from quizapp.web.identity import learner
from quizapp.web.listing import Filter
from quizapp.web.seats import course_link, place, tabs_of

bp = Blueprint("courses", __name__)
bp.add_app_template_global(tabs_of, "tabs_of")
bp.add_app_template_global(course_link, "course_link")

WEEK = timedelta(days=6)
"""Today and the six days before it."""


@dataclass(frozen=True, slots=True)
class Pulse:
    """How much goes on in a course: `active` of the `counted` students practised in the last seven days."""

    students: int
    counted: int
    active: int
    invited: int
    since: date


@bp.get("/courses")
def index() -> ResponseReturnValue:
    """List one's courses."""
    return _index(OpenCourseForm(), JoinForm())


@bp.post("/courses")
def begin() -> ResponseReturnValue:
    """Open a course."""
    user, form = learner(), OpenCourseForm()
    if user.role not in AUTHORS:
        abort(404)
    if form.validate_on_submit():
        with blaming(form):
            zone = form.zone_or(user.zone)
            course = courses.open_course(db.session(), user, name=text(form.name), zone=zone, now=_now())
            db.session.commit()
            flash(_("Your course is open. Give its code to your students, or add them yourself."), "success")
            return redirect(url_for("courses.show", course_id=course.id), 303)
    return _index(form, JoinForm(formdata=None))


@bp.get("/courses/<int:course_id>")
def show(course_id: int) -> str:
    """Show a course: to students what they are to do, to its staff what goes on."""
    seat = place(course_id)
    session, user, now = db.session(), learner(), _now()
    staff = seat.at_least("assistant")
    tasks = shelf.assignments_of(session, course_id, user.id, all_of_them=staff)
    banks = shelf.banks_of(session, course_id, user.id)
    if not staff:
        shown = [bank for bank in banks if bank.visible]
        over = seat.course.archived_at is not None
        doing = [(task, "over" if over else state_of(task, now)) for task in tasks]
        return render_template("courses/student.html", place=seat, tab="overview", tasks=doing, banks=shown, now=now)
    return render_template(
        "courses/staff.html",
        place=seat,
        tab="overview",
        tasks=_tasks(tasks, now),
        banks=banks,
        pulse=_pulse(seat, now),
        now=now,
        state_of=state_of,
        join_url=url_for("joining.invited", code=seat.course.code, _external=True),
    )


@bp.route("/courses/<int:course_id>/settings", methods=["GET", "POST"])
def settings(course_id: int) -> ResponseReturnValue:
    """Show and change what a course is called and who may join."""
    seat = place(course_id, "instructor")
    form = CourseForm(obj=seat.course)
    form.offer(seat.course.zone)
    stale = False
    if form.validate_on_submit():
        try:
            with blaming(form):
                return _changed(course_id, form)
        except Stale:
            stale = True
    if form.is_submitted():
        db.session.rollback()
    if stale:  # what was typed stays, and the next save is over what is there now
        form.version.data = str(seat.course.version)
    code = 409 if stale else 422 if form.is_submitted() else 200
    return render_template("courses/settings.html", place=seat, tab="settings", form=form, stale=stale), code


@bp.post("/courses/<int:course_id>/archive")
def archive(course_id: int) -> ResponseReturnValue:
    """Put a course away."""
    courses.archive(db.session(), learner(), course_id, now=_now())
    return _done(course_id, _("The course is archived. Everything in it is kept."))


@bp.post("/courses/<int:course_id>/unarchive")
def unarchive(course_id: int) -> ResponseReturnValue:
    """Bring a course back."""
    courses.unarchive(db.session(), learner(), course_id, now=_now())
    return _done(course_id, _("The course is back."))


@bp.post("/courses/<int:course_id>/code")
def code(course_id: int) -> ResponseReturnValue:
    """Give a course another code."""
    courses.new_code(db.session(), learner(), course_id, now=_now())
    return _done(course_id, _("The course has a new code. The old one and its link work no longer."))


@bp.post("/courses/<int:course_id>/leave")
def leave(course_id: int) -> ResponseReturnValue:
    """Leave a course."""
    name = place(course_id).course.name
    courses.leave(db.session(), learner(), course_id, now=_now())
    db.session.commit()
    flash(_("You left “%(course)s”. What you did there is kept for when you come back.", course=name))
    return redirect(url_for("courses.index"), 303)


def state_of(task: Task, now: datetime) -> str:
    """Say where an assignment stands: draft, archived, planned, open or over."""
    if task.archived_at is not None:
        return "archived"
    if task.published_at is None:
        return "draft"
    if task.opens_at is not None and task.opens_at > now:
        return "planned"
    return "open" if task.last_at is None or task.last_at > now else "over"


def _index(opening: OpenCourseForm, joining: JoinForm) -> ResponseReturnValue:
    user, now = learner(), _now()
    status = 422 if opening.is_submitted() else 200
    if opening.is_submitted():
        db.session.rollback()
    states = [("now", _("going on")), ("archived", pgettext("courses", "archived"))]
    rows = shelf.mine(db.session(), user.id, now)
    listed = listing.of(
        rows,
        keys={"name": lambda row: row.name, "due": lambda row: row.next_due},
        default="name",
        search=lambda row: row.name,
        filters=[Filter[Mine]("state", _("Courses"), states, _is_so, default="now")],
    )
    author = user.role in AUTHORS
    page = render_template("courses/index.html", listed=listed, opening=opening, joining=joining, author=author)
    return page, status


def _is_so(course: Mine, state: str) -> bool:
    return (course.archived_at is not None) == (state == "archived")


def _tasks(tasks: list[Task], now: datetime) -> listing.Listed[Task]:
    """List the assignments; those that are put away only when asked for."""
    words = [
        ("kept", _("not archived")),
        ("draft", _("drafts")),
        ("planned", pgettext("assignments", "planned")),
        ("open", pgettext("assignments", "open")),
        ("over", pgettext("assignments", "over")),
        ("archived", pgettext("assignments", "archived")),
    ]

    def keep(task: Task, state: str) -> bool:
        found = state_of(task, now)
        return found != "archived" if state == "kept" else found == state

    return listing.of(
        tasks,
        keys={
            "title": lambda task: task.title,
            "due": lambda task: task.due_at,
            "begun": lambda task: task.by_students,
        },
        default="due",
        search=lambda task: task.title,
        filters=[Filter[Task]("state", _("Assignments"), words, keep, default="kept")],
        size=25,
    )


def _pulse(seat: Seat, now: datetime) -> Pulse:
    session, course = db.session(), seat.course
    students = shelf.students(session, course.id)
    counted = open_to_view(students)
    since = study_day(now, course.zone) - WEEK
    active = shelf.active_since(session, course.id, since) & counted
    return Pulse(len(students), len(counted), len(active), len(register.invitations(session, course.id)), since)


def _changed(course_id: int, form: CourseForm) -> ResponseReturnValue:
    version = request.form.get("version", 0, type=int)
    courses.change_course(
        db.session(),
        learner(),
        course_id,
        version=version,
        name=text(form.name),
        note=text(form.note),
        zone=form.zone.data,
        open=bool(form.open.data),
        now=_now(),
    )
    return _done(course_id, _("The settings of the course are saved."))


def _done(course_id: int, words: str) -> ResponseReturnValue:
    db.session.commit()
    flash(words)
    return redirect(url_for("courses.settings", course_id=course_id), 303)


def _now() -> datetime:
    return datetime.now(UTC)
