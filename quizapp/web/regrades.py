"""Regrading a quiz: choose how, see exactly who would change and why, then do it."""

from datetime import UTC, datetime

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from quizapp.actions import regrading
from quizapp.actions.access import Seat
from quizapp.actions.regrading import PlanChanged, Policy, RegradePlan
from quizapp.core.items.grade import FALSE, TRUE
from quizapp.core.items.regrade import Cause, Kind
from quizapp.store import models
from quizapp.store.db import db
from quizapp.web import listing
from quizapp.web.filling import blaming
from quizapp.web.forms.grades import PolicyForm, RegradeForm
from quizapp.web.forms.values import text
from quizapp.web.grades import quiz_in
from quizapp.web.identity import learner
from quizapp.web.seats import place

bp = Blueprint("regrades", __name__)


@bp.get("/courses/<int:course_id>/assignments/<int:assignment_id>/regrade")
def show(course_id: int, assignment_id: int) -> str:
    """Show what a regrade would do; looking changes nothing."""
    seat = place(course_id, "instructor")
    quiz = quiz_in(seat, assignment_id)
    policy = PolicyForm(request.args if "shown" in request.args else None).policy()
    plan = regrading.plan_regrade(db.session(), quiz, policy)
    return _page(seat, quiz, plan, _confirming(plan))


@bp.post("/courses/<int:course_id>/assignments/<int:assignment_id>/regrade")
def apply(course_id: int, assignment_id: int) -> ResponseReturnValue:
    """Do the plan that was shown; 409 with the new one where it is another by now."""
    seat = place(course_id, "instructor")
    quiz = quiz_in(seat, assignment_id)
    form = RegradeForm()
    changed = None
    if form.validate_on_submit():
        try:
            with blaming(form):
                count = regrading.apply_regrade(
                    db.session(),
                    learner(),
                    quiz,
                    form.policy(),
                    reason=text(form.reason),
                    digest=form.digest.data or "",
                    now=datetime.now(UTC),
                )
                db.session.commit()
                flash(ngettext("One attempt has a new grade.", "%(num)d attempts have a new grade.", count), "success")
                return redirect(url_for("grades.assignment", course_id=course_id, assignment_id=assignment_id), 303)
        except PlanChanged as error:
            changed = error.plan
    db.session.rollback()
    if changed is None:
        return _page(seat, quiz, regrading.plan_regrade(db.session(), quiz, form.policy()), form), 422
    again = _confirming(changed)
    again.reason.data = form.reason.data
    return _page(seat, quiz, changed, again, changed=True), 409


def why(cause: Cause) -> str:
    """Say in words why a question is worth something else."""
    match cause.kind:
        case Kind.CHANGED:
            return str(_("The right answer is now:"))
        case Kind.RETIRED:
            return str(_("This fact is no longer asked."))
        case Kind.NONE_RIGHT:
            return str(_("None of the answers that were offered is right any more."))
        case Kind.SEVERAL_RIGHT:
            return str(_("More than one of the answers that were offered is right now."))
        case Kind.REWRITTEN:
            return str(_("The sentence says something else now."))


def answer(cause: Cause) -> str:
    """Give the answer that is right now; a sentence is true or false."""
    return {TRUE: str(_("True")), FALSE: str(_("False"))}.get(cause.answer, cause.answer)


def _confirming(plan: RegradePlan) -> RegradeForm:
    form = RegradeForm(formdata=None)
    form.digest.data, form.void.data = plan.digest, plan.policy.void
    form.never_lower.data = "1" if plan.policy.never_lower else ""
    return form


def _page(seat: Seat, quiz: models.Assignment, plan: RegradePlan, form: RegradeForm, *, changed: bool = False) -> str:
    listed = listing.of(
        plan.changes,
        keys={
            "name": lambda change: change.student,
            "old": lambda change: change.old[0] / change.old[1],
            "new": lambda change: change.new[0] / change.new[1],
        },
        default="name",
        search=lambda change: change.student,
    )
    return render_template(
        "grades/regrade.html",
        place=seat,
        tab="grades",
        assignment=quiz,
        plan=plan,
        listed=listed,
        choosing=_choosing(plan.policy),
        form=form,
        changed=changed,
        why=why,
        answer=answer,
    )


def _choosing(policy: Policy) -> PolicyForm:
    return PolicyForm(formdata=None, data={"void": policy.void, "never_lower": policy.never_lower})
