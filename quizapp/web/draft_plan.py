"""Publishing: what it would do to every fact and memory, and the one button that does it."""

from dataclasses import dataclass
from datetime import UTC, datetime

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import pgettext

from quizapp.actions import drafts as deeds
from quizapp.actions.draft_plans import DraftPlan
from quizapp.actions.drafting import Stale
from quizapp.actions.errors import BankProblems, Refused
from quizapp.core.knowledge.facts import prompt_of
from quizapp.core.knowledge.model import Bank
from quizapp.core.knowledge.plan import Kept, Moved, Outcome
from quizapp.store import drafts, grades, library, models, rights
from quizapp.store.db import db
from quizapp.web import listing, words
from quizapp.web.draft_pages import Report, own_draft, report_of, version_sent
from quizapp.web.identity import learner
from quizapp.web.languages import said

bp = Blueprint("draft_plan", __name__)


@dataclass(frozen=True, slots=True)
class Row:
    """What becomes of one fact: its question, the answer before and after, and how many learners it concerns."""

    fact: str
    prompt: str
    before: str
    after: str
    outcome: str
    learners: int


@bp.get("/drafts/<int:draft_id>/plan")
def show(draft_id: int) -> str:
    """Show what publishing would do."""
    return _page(own_draft(draft_id))


@bp.post("/drafts/<int:draft_id>/publish")
def publish(draft_id: int) -> ResponseReturnValue:
    """Publish a draft whose plan was read."""
    draft = own_draft(draft_id)
    try:
        done = deeds.publish(
            db.session(),
            learner(),
            draft,
            version_sent(),
            now=_now(),
            against=request.form.get("against", type=int),
        )
    except (BankProblems, Refused) as error:
        db.session.rollback()
        return _page(own_draft(draft_id), refusal="" if isinstance(error, BankProblems) else said(error.reason)), 422
    if isinstance(done, Stale):
        db.session.rollback()
        return _page(own_draft(draft_id), stale=done), 409
    db.session.commit()
    number, title = done.version.number, done.bank.title
    flash(_("Published: “%(title)s” is asked as version %(number)s now.", title=title, number=number), "success")
    if rights.visible_bank(db.session(), learner().id, done.bank.key) is None:
        return redirect(url_for("versions.index", key=done.bank.key), 303)
    return redirect(url_for("banks.show", key=done.bank.key), 303)


def _page(draft: models.Draft, *, stale: Stale | None = None, refusal: str = "") -> str:
    session = db.session()
    planned = deeds.plan_of(session, draft)
    texts = drafts.texts_of(session, draft.id)
    rows = listing.of(
        _rows(planned),
        keys={"fact": lambda row: row.fact, "outcome": lambda row: row.outcome, "learners": lambda row: row.learners},
        default="-learners",
        search=lambda row: f"{row.fact} {row.prompt} {row.outcome}",
    )
    ahead_by = drafts.names(session, [planned.ahead.published_by if planned.ahead else None])
    report: Report = report_of(draft, texts, planned.checked, texts[0].path)
    return render_template(
        "drafts/plan.html",
        draft=draft,
        planned=planned,
        rows=rows,
        report=report,
        stale=stale,
        refusal=refusal,
        ahead_by=next(iter(ahead_by.values()), ""),
        number=planned.current.number + 1 if planned.current else 1,
        quizzes=grades.asking(session, learner().id, planned.bank.id) if planned.bank else [],
    )


def _rows(planned: DraftPlan) -> list[Row]:
    """Say what becomes of every fact that does not simply stay as it is."""
    if planned.plan is None or planned.checked.reading.bank is None:
        return []
    new = planned.checked.reading.bank
    old = library.edition(db.session(), planned.current.id, new.language) if planned.current else None
    return [
        _row(outcome, old, new, planned)
        for outcome in planned.plan.outcomes.values()
        if not isinstance(outcome, Kept) or outcome.reworded
    ]


def _row(outcome: Outcome, old: Bank | None, new: Bank, planned: DraftPlan) -> Row:
    sources = outcome.sources if isinstance(outcome, Moved) else (outcome.fact,)
    before = next((old.facts[key] for key in sources if key in old.facts), None) if old else None
    after = new.facts.get(outcome.fact)
    prompt = prompt_of(new, after) if after else prompt_of(old, before) if old and before else ""
    return Row(
        outcome.fact,
        prompt,
        words.answer(old, before) if old and before else "",
        words.answer(new, after) if after else "",
        _outcome(outcome),
        sum(planned.learners.get(key, 0) for key in sources),
    )


def _outcome(outcome: Outcome) -> str:
    if isinstance(outcome, Moved):
        how = _("merged") if outcome.merged else _("split off") if outcome.split else _("renamed")
        return f"{how} ({', '.join(outcome.sources)})"
    words_of = {
        "Kept": _("reworded"),
        "Minor": _("changed a little"),
        "Relearn": _("value changed"),
        "Retired": pgettext("fact", "removed"),
        "Returned": _("came back"),
        "Added": _("added"),
    }
    return str(words_of[type(outcome).__name__])


def _now() -> datetime:
    return datetime.now(UTC)
