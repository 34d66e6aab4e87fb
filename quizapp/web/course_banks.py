"""The banks that a course learns from."""

from datetime import UTC, datetime

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from quizapp.actions import course_banks
from quizapp.actions.access import Seat
from quizapp.store import courses as shelf
from quizapp.store import models
from quizapp.store.courses import Holding
from quizapp.store.db import db
from quizapp.web import listing
from quizapp.web.filling import blaming
from quizapp.web.forms.courses import AddBankForm
from quizapp.web.identity import learner
from quizapp.web.listing import Filter
from quizapp.web.seats import place

bp = Blueprint("course_banks", __name__)


@bp.get("/courses/<int:course_id>/banks")
def index(course_id: int) -> ResponseReturnValue:
    """List the banks of a course, and what its instructors may add."""
    return _page(place(course_id, "assistant"))


@bp.post("/courses/<int:course_id>/banks")
def add(course_id: int) -> ResponseReturnValue:
    """Add a bank to a course."""
    seat = place(course_id, "instructor")
    form = _form(seat)
    if form.validate_on_submit():
        with blaming(form):
            bank = course_banks.add_bank(
                db.session(), learner(), course_id, form.bank.data, share=bool(form.share.data), now=_now()
            )
            return _done(course_id, _("“%(bank)s” is now one of the course's banks.", bank=bank.title))
    db.session.rollback()
    return _page(seat, form), 422


@bp.post("/courses/<int:course_id>/banks/<int:bank_id>")
def edit(course_id: int, bank_id: int) -> ResponseReturnValue:
    """Let the instructors of a course edit a bank, or no longer."""
    editable = request.form.get("editable") == "1"
    bank = course_banks.set_editable(db.session(), learner(), course_id, bank_id, editable=editable, now=_now())
    yes = _("The instructors of this course may now edit “%(bank)s”.", bank=bank.title)
    no = _("Only its owner and admins may now edit “%(bank)s”.", bank=bank.title)
    return _done(course_id, yes if editable else no)


@bp.post("/courses/<int:course_id>/banks/<int:bank_id>/remove")
def remove(course_id: int, bank_id: int) -> ResponseReturnValue:
    """Take a bank out of a course."""
    bank = course_banks.remove_bank(db.session(), learner(), course_id, bank_id, now=_now())
    return _done(course_id, _("“%(bank)s” is no longer one of the course's banks.", bank=bank.title))


def _page(seat: Seat, form: AddBankForm | None = None) -> str:
    user = learner()
    options = [("site", _("whole site")), ("course", _("courses")), ("private", _("private"))]
    listed = listing.of(
        shelf.banks_of(db.session(), seat.course.id, user.id),
        keys={"title": lambda bank: bank.title, "facts": lambda bank: bank.facts, "owner": lambda bank: bank.owner},
        default="title",
        search=lambda bank: f"{bank.title} {bank.key} {bank.owner or ''}",
        filters=[Filter[Holding]("seen", _("Seen by"), options, lambda bank, value: bank.visibility == value)],
    )
    return render_template(
        "courses/banks.html",
        place=seat,
        tab="banks",
        listed=listed,
        form=form or (_form(seat) if seat.at_least("instructor") else None),
        may_share=lambda bank: course_banks.may_share(user, bank.owner_id),
    )


def _form(seat: Seat) -> AddBankForm:
    form = AddBankForm()
    banks = course_banks.addable(db.session(), learner(), seat.course.id)
    form.offer((bank.id, _label(bank)) for bank in banks)
    return form


def _label(bank: models.Bank) -> str:
    return str(_("%(bank)s (private)", bank=bank.title)) if bank.visibility == "private" else bank.title


def _done(course_id: int, words: str) -> ResponseReturnValue:
    db.session.commit()
    flash(words)
    return redirect(url_for("course_banks.index", course_id=course_id), 303)


def _now() -> datetime:
    return datetime.now(UTC)
