"""Joining a course: by its code, or by the link that holds it."""

from datetime import UTC, datetime

from flask import Blueprint, abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from quizapp.actions import courses
from quizapp.actions.errors import Refused
from quizapp.store import people
from quizapp.store.db import db
from quizapp.web.filling import blaming, draw
from quizapp.web.forms.courses import JoinForm
from quizapp.web.forms.values import text
from quizapp.web.identity import learner
from quizapp.web.languages import said
from quizapp.web.security import client_network, limiter, refused

bp = Blueprint("joining", __name__)


def _guess() -> str:
    return f"{client_network()} {current_user.get_id()}"


code_guesses = limiter.limit("10 per minute; 60 per hour", key_func=_guess, methods=["POST"], deduct_when=refused)


@bp.route("/courses/join", methods=["GET", "POST"])
@code_guesses
def join() -> ResponseReturnValue:
    """Join a course by its code."""
    form = JoinForm()
    if form.validate_on_submit():
        with blaming(form):
            return _joined(courses.join(db.session(), learner(), text(form.code), now=_now()).id)
    return draw("courses/join.html", form)


@bp.get("/join/<code>")
def invited(code: str) -> ResponseReturnValue:
    """Ask whoever followed a course's link whether they want to join."""
    course = courses.by_code(db.session(), code) or abort(404, description=_("No course has this code."))
    part = people.person(db.session(), course.id, learner().id)
    if part is not None and part.removed_at is None:
        return redirect(url_for("courses.show", course_id=course.id), 303)
    return render_template("courses/invited.html", course=course, teachers=_teachers(course.id), refusal="")


@bp.post("/join/<code>")
@code_guesses
def accept(code: str) -> ResponseReturnValue:
    """Join the course whose link was followed."""
    course = courses.by_code(db.session(), code) or abort(404, description=_("No course has this code."))
    try:
        return _joined(courses.join(db.session(), learner(), code, now=_now()).id)
    except Refused as refusal:
        db.session.rollback()
        teachers = _teachers(course.id)
        return render_template(
            "courses/invited.html", course=course, teachers=teachers, refusal=said(refusal.reason)
        ), 422


def _teachers(course_id: int) -> list[str]:
    everybody = people.people(db.session(), course_id)
    return [person.name for person in everybody if person.role == "instructor" and person.removed_at is None]


def _joined(course_id: int) -> ResponseReturnValue:
    db.session.commit()
    flash(_("Welcome: you are in this course."), "success")
    return redirect(url_for("courses.show", course_id=course_id), 303)


def _now() -> datetime:
    return datetime.now(UTC)
