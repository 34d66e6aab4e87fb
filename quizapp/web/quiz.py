"""Quizzes: make one, answer slot by slot, finish, and see every answer with its reason."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from secrets import randbits
from typing import Any

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from quizapp.actions import practice, quiz
from quizapp.actions.errors import NotFound, Refused
from quizapp.actions.scope import Scope
from quizapp.store import insight, library, models, sittings
from quizapp.store.db import db
from quizapp.web import dates, listing, present, tags, words
from quizapp.web.forms.quiz import FORMS, QuizForm
from quizapp.web.forms.values import number
from quizapp.web.identity import learner
from quizapp.web.languages import said
from quizapp.web.naming import title_of
from quizapp.web.score import origin_of, score_page

LISTED = 20
"""Quizzes taken on a page of the list of them."""

bp = Blueprint("quiz", __name__)
bp.add_app_template_filter(words.points, "points")
bp.add_app_template_filter(dates.clock, "clock")
bp.add_app_template_filter(words.gaps, "gaps")


@bp.get("/quiz")
def make() -> str:
    """Offer a new quiz and list the old ones."""
    return render_template("quiz/make.html", form=_form(), listed=_past(), now=_now())


@bp.post("/attempts")
def begin() -> ResponseReturnValue:
    """Start a quiz."""
    form = _form()
    if form.validate():
        try:
            attempt = quiz.start_attempt(db.session(), learner(), _settings(form), now=_now(), seed=randbits(31))
        except Refused as error:
            form.form_errors.append(said(error.reason))
        else:
            db.session.commit()
            return redirect(url_for("quiz.slot", attempt_id=attempt.id, slot=1), 303)
    db.session.rollback()
    return render_template("quiz/make.html", form=form, listed=_past(), now=_now()), 422


@bp.get("/attempts/<int:attempt_id>")
def show(attempt_id: int) -> ResponseReturnValue:
    """Show the score of a finished quiz; go on with an unfinished one."""
    attempt = quiz.own_attempt(db.session(), learner(), attempt_id)
    items = quiz.items_of(db.session(), attempt)
    if attempt.finished_at is not None:
        return score_page(attempt, items)
    waiting = _next_open(items, 0)
    if waiting is None or quiz.is_past(attempt, _now()):
        return redirect(url_for("quiz.finish", attempt_id=attempt.id), 303)
    return redirect(url_for("quiz.slot", attempt_id=attempt.id, slot=waiting), 303)


@bp.get("/attempts/<int:attempt_id>/<int:slot>")
def slot(attempt_id: int, slot: int) -> ResponseReturnValue:
    """Show one question of a running quiz, with its feedback where that comes at once."""
    attempt = quiz.own_attempt(db.session(), learner(), attempt_id)
    if attempt.finished_at is not None or quiz.is_past(attempt, _now()):
        return redirect(url_for("quiz.show", attempt_id=attempt.id), 303)
    return slot_page(attempt, quiz.serve_slot(db.session(), learner(), attempt, slot))


def slot_page(
    attempt: models.Attempt, item: models.Item, *, problem: str = "", given: Mapping[str, Any] | None = None
) -> str:
    """Draw one question of a running quiz; `problem` says why what was `given` could not be saved."""
    items = quiz.items_of(db.session(), attempt)
    onward = _onward(attempt, items, item.slot)
    return render_template(
        "quiz/slot.html",
        attempt=attempt,
        items=items,
        slot=item.slot,
        onward=onward,
        now=_now(),
        origin=origin_of(attempt),
        problem=problem,
        question=None
        if item.result
        else _question(item, attempt, [each for each in items if each.slot < item.slot], given),
        verdict=present.verdict(item, sittings.sources_of(db.session(), item), url_next=onward, reader=learner())
        if item.result
        else None,
    )


@bp.get("/sittings/<int:sitting_id>/quiz")
def sitting(sitting_id: int) -> ResponseReturnValue:
    """Find the quiz of a sitting."""
    attempt_id = insight.attempt_of_sitting(db.session(), learner().id, sitting_id)
    if attempt_id is None:
        raise NotFound
    return redirect(url_for("quiz.show", attempt_id=attempt_id), 303)


@bp.get("/items/<int:item_id>/after")
def after(item_id: int) -> ResponseReturnValue:
    """Go on after an answer was saved: to its feedback, or to the next open question."""
    item = db.session.get(models.Item, item_id)
    if item is None or item.learner_id != learner().id:
        raise NotFound
    attempt = quiz.attempt_of(db.session(), item)
    if attempt.feedback == "now":
        return redirect(url_for("quiz.slot", attempt_id=attempt.id, slot=item.slot), 303)
    return redirect(_onward(attempt, quiz.items_of(db.session(), attempt), item.slot), 303)


@bp.get("/attempts/<int:attempt_id>/finish")
def finish(attempt_id: int) -> ResponseReturnValue:
    """Ask before a quiz is closed, and say what is still open."""
    attempt = quiz.own_attempt(db.session(), learner(), attempt_id)
    if attempt.finished_at is not None:
        return redirect(url_for("quiz.show", attempt_id=attempt.id), 303)
    items = quiz.items_of(db.session(), attempt)
    over = quiz.is_past(attempt, _now())
    return render_template("quiz/finish.html", attempt=attempt, items=items, over=over, origin=origin_of(attempt))


@bp.post("/attempts/<int:attempt_id>/finish")
def close(attempt_id: int) -> ResponseReturnValue:
    """Close a quiz and count its points."""
    attempt = quiz.finish_attempt(db.session(), learner(), attempt_id, now=_now())
    db.session.commit()
    return redirect(url_for("quiz.show", attempt_id=attempt.id), 303)


@bp.post("/attempts/<int:attempt_id>/practice")
def practise(attempt_id: int) -> ResponseReturnValue:
    """Practise what a quiz showed to be missing."""
    started = quiz.practise_missed(db.session(), learner(), attempt_id, now=_now(), seed=randbits(31))
    practice.serve_item(db.session(), learner(), started, now=_now())
    db.session.commit()
    return redirect(url_for("practice.show", sitting_id=started.id), 303)


def _question(
    item: models.Item, attempt: models.Attempt, earlier: Sequence[models.Item], given: Mapping[str, Any] | None
) -> present.Question:
    title = sittings.bank_title(db.session(), item)
    position = _("Question %(number)d of %(count)d", number=item.slot, count=attempt.questions)
    mode = "save" if attempt.feedback == "end" else "answer"
    return present.question(
        item, bank_title=title, position=position, mode=mode, given=given, reader=learner(), earlier=earlier
    )


def _onward(attempt: models.Attempt, items: Sequence[models.Item], slot: int) -> str:
    """Find the next open question after a slot, round the corner if need be; none left leads to the finish."""
    waiting = _next_open(items, slot)
    if waiting is None or waiting == slot:
        return url_for("quiz.finish", attempt_id=attempt.id)
    return url_for("quiz.slot", attempt_id=attempt.id, slot=waiting)


def _next_open(items: Sequence[models.Item], slot: int) -> int | None:
    waiting = [item.slot for item in items if item.answered_at is None]
    later = [number for number in waiting if number > slot]
    return later[0] if later else next(iter(waiting), None)


def _form() -> QuizForm:
    form = QuizForm(bank=request.args.getlist("bank", type=int)) if request.method == "GET" else QuizForm()
    banks = library.live_banks(db.session(), learner().id)
    named = tags.offered(db.session(), banks, learner().reads)
    form.offer([(bank.id, title_of(bank)) for bank in banks], named)
    return form


def _settings(form: QuizForm) -> quiz.QuizSettings:
    scope = Scope(
        banks=tuple(sorted(set(form.bank.data or ()))),
        tags=tuple(sorted(set(form.tag.data or ()))),
        forms=FORMS[form.forms.data],
        ahead=True,
    )
    return quiz.QuizSettings(scope, number(form.questions), form.feedback.data, form.minutes.data)


def _past() -> listing.Listed[insight.Past]:
    return listing.of(
        insight.past_attempts(db.session(), learner().id),
        keys={"at": lambda each: each.started_at, "title": lambda each: each.title},
        default="-at",
        search=lambda each: each.title or "",
        size=LISTED,
    )


def _now() -> datetime:
    return datetime.now(UTC)
