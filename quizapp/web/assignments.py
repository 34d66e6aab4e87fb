"""Assignments: what students see of them and start, and what their staff make, change and look through."""

from datetime import UTC, datetime
from secrets import randbits

from flask import Blueprint, abort, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from quizapp.actions import access, assignments, attempts, practice, readiness
from quizapp.actions.access import Seat
from quizapp.actions.assignment_values import Values
from quizapp.actions.errors import Refused, Stale
from quizapp.store import assigned, models
from quizapp.store.db import db
from quizapp.web import assignment_forms as filling
from quizapp.web import assignment_pages as pages
from quizapp.web.identity import learner
from quizapp.web.languages import said
from quizapp.web.seats import place

bp = Blueprint("assignments", __name__, url_prefix="/courses/<int:course_id>/assignments")
bp.add_app_template_filter(pages.moment_in, "moment_in")
bp.add_app_template_filter(pages.length, "length_of_time")


@bp.get("/new")
def new(course_id: int) -> str:
    """Offer a form for a new assignment of a kind."""
    seat = place(course_id, "instructor")
    kind = request.args.get("kind", "quiz")
    if kind not in assignments.KINDS:
        abort(404)
    form = filling.blank(db.session(), kind, seat.course)
    return pages.form_page(seat, form, kind)


@bp.post("")
def create(course_id: int) -> ResponseReturnValue:
    """Make an assignment, which students do not see yet; or only give the form more rows."""
    seat = place(course_id, "instructor")
    kind = request.form.get("kind", "")
    if kind not in assignments.KINDS:
        abort(404)
    form = filling.blank(db.session(), kind, seat.course)
    if "add" in request.form:
        return pages.with_more_rows(seat, form, kind)
    if form.validate():
        try:
            values = filling.values_of(form, seat.course.zone)
            made = assignments.create(db.session(), learner(), seat, kind, values, now=_now(), seed=randbits(31))
        except Refused as error:
            filling.blame(form, error)
        else:
            db.session.commit()
            flash(_("Saved. Students see it once you publish it."), "success")
            return redirect(_url(made), 303)
    db.session.rollback()
    return pages.form_page(seat, form, kind), 422


@bp.get("/<int:assignment_id>")
def show(course_id: int, assignment_id: int) -> str:
    """Show a student what is asked of them, and its staff who has done it."""
    seat = place(course_id)
    assignment = access.assignment_in(db.session(), seat, assignment_id)
    if seat.at_least("assistant"):
        return pages.staff_page(seat, assignment, now=_now())
    return pages.student_page(seat, assignment, learner(), now=_now())


@bp.route("/<int:assignment_id>/edit", methods=["GET", "POST"])
def edit(course_id: int, assignment_id: int) -> ResponseReturnValue:
    """Change an assignment; once students have begun, only its words, later dates and more attempts."""
    seat = place(course_id, "instructor")
    assignment = access.assignment_in(db.session(), seat, assignment_id)
    old = Values.of(assignment)
    form = filling.blank(db.session(), assignment.kind, seat.course, old)
    begun = assignment.kind == "quiz" and assigned.is_taken(db.session(), assignment.id)
    if begun:
        filling.keep_fixed(form)
    if request.method == "GET":
        form.version.data = str(assignment.version)
        return pages.form_page(seat, form, assignment.kind, assignment=assignment, begun=begun)
    if "add" in request.form:
        return pages.with_more_rows(seat, form, assignment.kind, assignment=assignment)
    stale = False
    if form.validate():
        try:
            values = filling.values_of(form, seat.course.zone, old)
            version = request.form.get("version", 0, type=int)
            assignments.change(db.session(), learner(), seat, assignment_id, values, version=version, now=_now())
        except Refused as error:
            filling.blame(form, error)
        except Stale:
            stale = True
        else:
            db.session.commit()
            flash(_("Saved."), "success")
            return redirect(_url(assignment), 303)
    db.session.rollback()
    if stale:
        form.version.data = str(assignment.version)
    page = pages.form_page(seat, form, assignment.kind, assignment=assignment, begun=begun, stale=stale)
    return page, 409 if stale else 422


@bp.post("/<int:assignment_id>/publish")
def publish(course_id: int, assignment_id: int) -> ResponseReturnValue:
    """Show an assignment to the students."""
    seat, assignment = _of_instructor(course_id, assignment_id)
    try:
        assignments.publish(db.session(), learner(), seat, assignment_id, now=_now())
    except Refused as error:
        db.session.rollback()
        return pages.staff_page(seat, assignment, now=_now(), problem=said(error.reason)), 422
    db.session.commit()
    flash(_("Published: students of the course see it now."), "success")
    return redirect(_url(assignment), 303)


@bp.post("/<int:assignment_id>/archive")
def archive(course_id: int, assignment_id: int) -> ResponseReturnValue:
    """Hide an assignment from the students."""
    seat, assignment = _of_instructor(course_id, assignment_id)
    assignments.archive(db.session(), learner(), seat, assignment_id, now=_now())
    db.session.commit()
    flash(_("Archived: students do not see it any more. All they did is kept."), "success")
    return redirect(_url(assignment), 303)


@bp.post("/<int:assignment_id>/unarchive")
def unarchive(course_id: int, assignment_id: int) -> ResponseReturnValue:
    """Show an archived assignment again."""
    seat, assignment = _of_instructor(course_id, assignment_id)
    assignments.unarchive(db.session(), learner(), seat, assignment_id, now=_now())
    db.session.commit()
    flash(_("Taken out of the archive."), "success")
    return redirect(_url(assignment), 303)


@bp.post("/<int:assignment_id>/attempts")
def start(course_id: int, assignment_id: int) -> ResponseReturnValue:
    """Start an attempt, or go on with the one that is running."""
    seat, assignment = _of_student(course_id, assignment_id)
    try:
        attempt = attempts.start(db.session(), learner(), assignment, now=_now())
    except Refused as error:
        db.session.rollback()
        return pages.student_page(seat, assignment, learner(), now=_now(), problem=said(error.reason)), 422
    db.session.commit()
    return redirect(url_for("quiz.show", attempt_id=attempt.id), 303)


@bp.post("/<int:assignment_id>/practice")
def practise(course_id: int, assignment_id: int) -> ResponseReturnValue:
    """Start practice for an assignment, or go on with it."""
    seat, assignment = _of_student(course_id, assignment_id)
    if assignment.kind != "practice":
        abort(404)
    stand = assignments.open_for(db.session(), assignment, learner(), now=_now())
    if not stand.may_start:
        db.session.rollback()
        problem = _("This practice is not open now.")
        return pages.student_page(seat, assignment, learner(), now=_now(), problem=problem), 422
    sitting = readiness.practise_for(db.session(), learner(), assignment, now=_now(), seed=randbits(31))
    practice.serve_item(db.session(), learner(), sitting, now=_now())
    db.session.commit()
    return redirect(url_for("practice.show", sitting_id=sitting.id), 303)


@bp.post("/<int:assignment_id>/preview")
def preview(course_id: int, assignment_id: int) -> ResponseReturnValue:
    """Take a quiz as a student would, without it counting for anything."""
    seat = place(course_id, "assistant")
    assignment = access.assignment_in(db.session(), seat, assignment_id)
    try:
        attempt = attempts.preview(db.session(), learner(), assignment, now=_now())
    except Refused as error:
        db.session.rollback()
        return pages.staff_page(seat, assignment, now=_now(), problem=said(error.reason)), 422
    db.session.commit()
    return redirect(url_for("quiz.show", attempt_id=attempt.id), 303)


def _of_instructor(course_id: int, assignment_id: int) -> tuple[Seat, models.Assignment]:
    seat = place(course_id, "instructor")
    return seat, access.assignment_in(db.session(), seat, assignment_id)


def _of_student(course_id: int, assignment_id: int) -> tuple[Seat, models.Assignment]:
    """Give what a student may do; staff look at it by a preview."""
    seat = place(course_id)
    if seat.role != "student":
        abort(404)
    return seat, access.assignment_in(db.session(), seat, assignment_id)


def _url(assignment: models.Assignment) -> str:
    return url_for("assignments.show", course_id=assignment.course_id, assignment_id=assignment.id)


def _now() -> datetime:
    return datetime.now(UTC)
