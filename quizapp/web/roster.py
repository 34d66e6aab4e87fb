"""Rosters: a list of students is looked at line by line before anybody is enrolled."""

from collections import Counter
from datetime import UTC, datetime

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext
from werkzeug.datastructures import FileStorage

from quizapp.actions import roster
from quizapp.actions.errors import Refused
from quizapp.actions.roster import Line
from quizapp.store.db import db
from quizapp.web.filling import blaming
from quizapp.web.forms.courses import RosterForm
from quizapp.web.forms.values import text
from quizapp.web.identity import learner
from quizapp.web.languages import said
from quizapp.web.seats import place
from quizapp.web.security import reads_first

bp = Blueprint("roster", __name__)


@bp.route("/courses/<int:course_id>/roster", methods=["GET", "POST"])
@reads_first
def check(course_id: int) -> ResponseReturnValue:
    """Take a list of students in and say what enrolling them would do; nothing is changed."""
    seat, form = place(course_id, "instructor"), RosterForm()
    if form.validate_on_submit():
        with blaming(form):
            content = _sent(form)
            lines = roster.try_roster(db.session(), course_id, content)
            return _preview(course_id, content, lines)
    status = 422 if form.is_submitted() else 200
    return render_template("people/roster.html", place=seat, tab="people", form=form), status


@bp.post("/courses/<int:course_id>/roster/apply")
def take(course_id: int) -> ResponseReturnValue:
    """Enrol the students of a list that was looked at."""
    content = request.form.get("text", "")
    try:
        lines = roster.take_roster(db.session(), learner(), course_id, content, now=_now())
    except Refused as refusal:
        db.session.rollback()
        place(course_id, "instructor")
        return _again(course_id, content, refusal)
    db.session.commit()
    counts = Counter(line.outcome for line in lines)
    done = counts[roster.ENROL] + counts[roster.RESTORE]
    enrolled = ngettext("One student is enrolled", "%(num)d students are enrolled", done)
    invited = ngettext("one invited", "%(num)d invited", counts[roster.INVITE])
    flash(_("%(enrolled)s, %(invited)s.", enrolled=enrolled, invited=invited), "success")
    return redirect(url_for("people.index", course_id=course_id), 303)


def _sent(form: RosterForm) -> str:
    file = form.file.data
    if isinstance(file, FileStorage) and file.filename:
        return roster.text_of(file.read(roster.MOST_BYTES + 1))
    return text(form.text)


def _preview(course_id: int, content: str, lines: list[Line]) -> ResponseReturnValue:
    counts = Counter(line.outcome for line in lines)
    page = render_template(
        "people/preview.html",
        place=place(course_id, "instructor"),
        tab="people",
        lines=lines,
        counts=counts,
        content=content,
    )
    return page, 422 if counts[roster.ERROR] else 200


def _again(course_id: int, content: str, refusal: Refused) -> ResponseReturnValue:
    """Show what was sent once more: with its wrong lines, or where it cannot be read at all, as it is."""
    try:
        lines = roster.try_roster(db.session(), course_id, content)
    except Refused:
        lines = []
    if any(line.problem for line in lines):
        return _preview(course_id, content, lines)
    form = RosterForm()
    form.form_errors.append(said(refusal.reason))
    seat = place(course_id, "instructor")
    return render_template("people/roster.html", place=seat, tab="people", form=form), 422


def _now() -> datetime:
    return datetime.now(UTC)
