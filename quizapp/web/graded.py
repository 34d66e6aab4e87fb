"""An attempt at a quiz as the staff of its course sees it: answers, keys, points, and every grade it ever had."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from markupsafe import Markup, escape

from quizapp.actions import exams, regrading
from quizapp.actions.access import Seat
from quizapp.actions.errors import NotFound, Stale
from quizapp.core.items import snapshot
from quizapp.core.items.model import ChoiceItem, FlashcardItem, MatchingItem, TrueFalseItem, TypedItem
from quizapp.store import grades, models, sittings
from quizapp.store.db import db
from quizapp.store.grades import Entry
from quizapp.web import present
from quizapp.web.filling import blaming
from quizapp.web.forms.grades import SetGradeForm
from quizapp.web.forms.values import text
from quizapp.web.identity import learner
from quizapp.web.markdown import inline
from quizapp.web.present import Question, Verdict
from quizapp.web.seats import place
from quizapp.web.security import MOST_DIGITS

bp = Blueprint("graded", __name__)


@dataclass(frozen=True, slots=True)
class Answered:
    """One question of an attempt: `verdict` is None without an answer; `first` and `points` of one, None: left out."""

    slot: int
    question: Question
    verdict: Verdict | None
    key: Markup
    version: int
    first: float | None
    points: float | None


@bp.get("/courses/<int:course_id>/attempts/<int:attempt_id>")
def show(course_id: int, attempt_id: int) -> str:
    """Show an attempt with its answers and its grades."""
    seat, attempt = place(course_id, "assistant"), _attempt(course_id, attempt_id)
    return _page(seat, attempt, SetGradeForm(formdata=None))


@bp.post("/courses/<int:course_id>/attempts/<int:attempt_id>/grade")
def set_by_hand(course_id: int, attempt_id: int) -> ResponseReturnValue:
    """Set a grade by hand."""
    seat, attempt = place(course_id, "instructor"), _attempt(course_id, attempt_id)
    form, status = SetGradeForm(), 422
    if form.validate_on_submit():
        try:
            with blaming(form):
                regrading.set_grade(
                    db.session(),
                    learner(),
                    attempt,
                    form.points.data,
                    base=_number(form.base.data),
                    reason=text(form.reason),
                    now=datetime.now(UTC),
                )
                db.session.commit()
                flash(_("The grade is set. The student reads your reason beside it."), "success")
                return redirect(url_for("graded.show", course_id=course_id, attempt_id=attempt_id), 303)
        except Stale:
            status = 409
    db.session.rollback()
    return _page(seat, attempt, form, stale=status == 409), status  # noqa: PLR2004 -- an HTTP status


def key_of(item: models.Item) -> Markup:
    """Write the right answer of a question as it was shown."""
    core = snapshot.load(item.snapshot)
    lang = core.head.language
    match core:
        case ChoiceItem(options=options):
            return Markup(" / ").join(inline(option.text, lang) for option in options if option.correct)
        case TrueFalseItem(is_true=is_true):
            return escape(_("True") if is_true else _("False"))
        case TypedItem(key=key):
            return inline(key, lang)
        case FlashcardItem(back=back):
            return inline(back, lang)
        case MatchingItem(premises=premises, responses=responses, key=pairs):
            texts = {response.token: response.text for response in responses}
            lines = (f"{premise.text} → {texts[pairs[premise.token]]}" for premise in premises)
            return Markup("<br>").join(inline(line, lang) for line in lines)


def _attempt(course_id: int, attempt_id: int) -> models.Attempt:
    found = grades.attempt_in(db.session(), course_id, attempt_id)
    if found is None:
        raise NotFound
    return found


def _page(seat: Seat, attempt: models.Attempt, form: SetGradeForm, *, stale: bool = False) -> str:
    session = db.session()
    history = grades.history_of(session, attempt.id)
    newest = history[-1] if history else None
    if newest is not None and stale:
        form.base.data = str(newest.id)
    elif newest is not None and not form.is_submitted():
        form.points.data, form.base.data = round(newest.points * newest.factor, 2), str(newest.id)
    return render_template(
        "grades/attempt.html",
        place=seat,
        tab="grades",
        attempt=attempt,
        assignment=session.get_one(models.Assignment, attempt.assignment_id),
        student=session.get_one(models.User, attempt.learner_id),
        answers=[_answered(item, history) for item in exams.items_of(session, attempt)],
        history=history,
        newest=newest,
        form=form,
        stale=stale,
    )


def _answered(item: models.Item, history: tuple[Entry, ...]) -> Answered:
    session = db.session()
    graded = item.result is not None
    return Answered(
        slot=item.slot,
        question=present.question(item, bank_title=sittings.bank_title(session, item)),
        verdict=present.verdict(item, sittings.sources_of(session, item)) if graded else None,
        key=key_of(item),
        version=session.get_one(models.BankVersion, item.version_id).number,
        first=_points(history[0].marks, item.slot) if history else None,
        points=_points(history[-1].marks, item.slot) if history else None,
    )


def _points(marks: Mapping[str, float | None], slot: int) -> float | None:
    return marks.get(str(slot))


def _number(said: str | None) -> int:
    return int(said) if said and said.isascii() and said.isdigit() and len(said) <= MOST_DIGITS else 0
