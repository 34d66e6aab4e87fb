"""The play page: sittings of practice, matching and flashcards, one item at a time."""

from datetime import UTC, datetime
from http import HTTPStatus
from secrets import randbits
from typing import Any

from flask import Blueprint, abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from quizapp.actions import asking, practice, quiz
from quizapp.actions.asking import Place
from quizapp.actions.practice import Answered, Conflict, Invalid
from quizapp.actions.scope import Scope
from quizapp.core.items.reply import PAIR
from quizapp.store import learning, models, sittings
from quizapp.store.db import db
from quizapp.web import tags, turns
from quizapp.web.forms.practice import StartForm
from quizapp.web.identity import learner
from quizapp.web.quiz import slot_page

bp = Blueprint("practice", __name__)


@bp.get("/practice")
def start() -> str:
    """Offer what to practise."""
    return start_page("practice")


def start_page(kind: str) -> str:
    """Offer what to practise, match or flip: the same page for each kind of sitting."""
    offer = sittings.offer(db.session(), learner(), kind, now=_now())
    chosen = set(request.args.getlist("bank", type=int))
    running = db.session.get(models.Sitting, offer.open_id) if offer.open_id else None
    return render_template(
        "practice/start.html",
        kind=kind,
        due=offer.due,
        fresh=offer.fresh,
        minutes=offer.minutes,
        banks=offer.banks,
        chosen=chosen,
        tags=tags.offered(db.session(), offer.live, learner().reads),
        open=turns.frame(running, learning.history(db.session(), running.id)) if running else None,
    )


@bp.post("/sittings")
def begin() -> ResponseReturnValue:
    """Start a sitting, or go on with the open one."""
    form = StartForm()
    if not form.validate():
        abort(422)
    kind = form.kind.data or "practice"
    scope = Scope(
        banks=tuple(sorted(set(form.bank.data or ()))),
        tags=tuple(sorted(set(form.tag.data or ()))),
        facts=tuple(sorted(set(form.fact.data or ()))),
        ahead=kind != "practice" or bool(form.ahead.data),
    )
    sitting = practice.start_sitting(db.session(), learner(), kind, scope, now=_now(), seed=randbits(31))
    practice.serve_item(db.session(), learner(), sitting, now=_now())
    db.session.commit()
    return redirect(url_for("practice.show", sitting_id=sitting.id), 303)


@bp.get("/sittings/<int:sitting_id>")
def show(sitting_id: int) -> ResponseReturnValue:
    """Show the current question, the feedback of the one just answered, or the summary."""
    sitting = _own_sitting(sitting_id)
    if sitting.kind == "quiz":
        return redirect(url_for("quiz.sitting", sitting_id=sitting.id), 303)
    verdict = None
    answered = request.args.get("answered", type=int)
    if answered is not None:
        item = sittings.graded_item(db.session(), sitting.id, answered) or abort(404)
        verdict = turns.verdict(item, now=_now())
    return render_template("practice/play.html", verdict=verdict, **_turn(sitting))


@bp.post("/items/<int:item_id>/answer")
def answer(item_id: int) -> ResponseReturnValue:
    """Take the answer to an item once; say the same again when it is sent again."""
    fields = request.form.to_dict(flat=False)
    key, version = request.form.get("key", ""), request.form.get("version", type=int)
    if not 8 <= len(key) <= 64 or version is None:  # noqa: PLR2004 - what the page makes
        abort(400)
    sitting = sittings.of_item(db.session(), learner().id, item_id) or abort(404)
    submit = quiz.save_answer if sitting.kind == "quiz" else practice.submit_answer
    outcome = submit(db.session(), learner(), item_id, fields=fields, key=key, version=version, now=_now())
    match outcome:
        case Answered(item=item, place=place):
            db.session.commit()
            return _after(sitting, item, place)
        case Conflict(item=item):
            db.session.rollback()
            return _told(sitting, item, HTTPStatus.CONFLICT)
        case Invalid(item=item, reason=reason):
            db.session.rollback()
            return _told(sitting, item, HTTPStatus.UNPROCESSABLE_ENTITY, problem=_problem(reason))


@bp.post("/items/<int:item_id>/reveal")
def reveal(item_id: int) -> ResponseReturnValue:
    """Turn a flashcard over."""
    item = practice.reveal(db.session(), learner(), item_id, now=_now())
    db.session.commit()
    if _wants_fragment():
        return render_template("practice/_question.html", **_turn(_own_sitting(item.sitting_id)))
    return redirect(_url_of(item), 303)


@bp.post("/sittings/<int:sitting_id>/undo")
def undo(sitting_id: int) -> ResponseReturnValue:
    """Take the last answer back and ask again."""
    practice.undo_answer(db.session(), learner(), sitting_id, now=_now())
    db.session.commit()
    return redirect(url_for("practice.show", sitting_id=sitting_id), 303)


@bp.post("/sittings/<int:sitting_id>/end")
def end(sitting_id: int) -> ResponseReturnValue:
    """Stop for now; what was answered stays."""
    practice.end_sitting(db.session(), learner(), sitting_id, now=_now())
    db.session.commit()
    return redirect(url_for("practice.show", sitting_id=sitting_id), 303)


def _after(sitting: models.Sitting, item: models.Item, place: Place | None) -> ResponseReturnValue:
    if sitting.kind == "quiz":
        return redirect(url_for("quiz.after", item_id=item.id), 303)
    if _wants_fragment():
        verdict = turns.verdict(item, now=_now())
        return render_template("practice/_turn.html", verdict=verdict, **_turn(sitting, place))
    return redirect(url_for("practice.show", sitting_id=sitting.id, answered=item.id), 303)


def _told(sitting: models.Sitting, item: models.Item, status: HTTPStatus, *, problem: str = "") -> ResponseReturnValue:
    """Show what is recorded, and what was wrong with the answer if it could not be taken."""
    if sitting.kind == "quiz" and problem:
        attempt = quiz.attempt_of(db.session(), item)
        return slot_page(attempt, item, problem=problem, given=_given()), status
    if sitting.kind == "quiz":
        return render_template("practice/conflict.html", url=_url_of(item)), status
    verdict = turns.verdict(item, now=_now()) if item.result else None
    page = "practice/_turn.html" if _wants_fragment() else "practice/play.html"
    return render_template(
        page,
        verdict=verdict,
        problem=problem,
        conflict=status is HTTPStatus.CONFLICT,
        **_turn(sitting, given=_given() if problem else None),
    ), status


def _problem(reason: str) -> str:
    """Say what kept an answer from being graded; `reason` is that of an `Ungradable`."""
    said = {
        "blank": _("There was no answer to save. Give one, or tick “Not sure” and send it empty."),
        "incomplete": _("Some are still open. Place them all, or tick “Not sure”."),
        "used-twice": _("Each answer fits only once here."),
        "too-long": _("That answer is too long."),
        "not-revealed": _("Turn the card over first."),
    }
    return str(said.get(reason, _("That answer did not arrive whole. Please answer again.")))


def _turn(
    sitting: models.Sitting, place: Place | None = None, *, given: dict[str, Any] | None = None
) -> dict[str, Any]:
    """Give the play page its context; where the sitting is gets looked up unless the deed has told."""
    return turns.turn(sitting, place or asking.place(db.session(), sitting), now=_now(), given=given)


def _given() -> dict[str, Any]:
    """Gather what was sent, so that a page shown again has lost nothing of it."""
    pairs = [(name.removeprefix(PAIR), value) for name, value in request.form.items() if name.startswith(PAIR)]
    return {"text": request.form.get("text", ""), "pairs": pairs, "unsure": "unsure" in request.form}


def _own_sitting(sitting_id: int) -> models.Sitting:
    sitting = db.session.get(models.Sitting, sitting_id)
    if sitting is None or sitting.learner_id != learner().id:
        abort(404)
    return sitting


def _url_of(item: models.Item) -> str:
    return url_for("practice.show", sitting_id=item.sitting_id)


def _wants_fragment() -> bool:
    return bool(request.headers.get("X-Fragment") or request.headers.get("HX-Request"))


def _now() -> datetime:
    return datetime.now(UTC)
