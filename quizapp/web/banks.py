"""Browsing: the banks, each as it was written with the learner's memory of every fact, and one fact by itself."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from quizapp.actions import access, practice
from quizapp.actions.course_banks import may_share
from quizapp.actions.telling import untold
from quizapp.core.insight import sheets
from quizapp.core.insight.model import Kept, Size
from quizapp.core.insight.standing import shade, standings
from quizapp.core.knowledge.facts import prompt_of
from quizapp.core.knowledge.model import Bank, Fact
from quizapp.core.memory.forecast import recalls
from quizapp.store import insight, library, models, rights
from quizapp.store.db import db
from quizapp.store.ledger import settings_of
from quizapp.web import dates, listing, second, tags, words
from quizapp.web.figures import Figure, figures_of
from quizapp.web.identity import learner
from quizapp.web.listing import Filter
from quizapp.web.markdown import block, inline
from quizapp.web.naming import title_of, titled

LISTED = 24
"""Banks on a page of the list: whole rows, be they of one, two, three or four."""

bp = Blueprint("banks", __name__)
bp.add_app_template_filter(inline, "inline")
bp.add_app_template_global(tags.label, "tag_label")
bp.add_app_template_filter(block, "block")
bp.add_app_template_filter(titled, "titled")
bp.add_app_template_global(title_of, "title_of")
bp.add_app_template_filter(words.percent, "percent")
bp.add_app_template_filter(words.form_name, "form_name")
bp.add_app_template_filter(dates.moment, "moment")
bp.add_app_template_filter(dates.day, "day")


@dataclass(frozen=True, slots=True)
class Shown:
    """One fact on a page with what the learner keeps of it; `recall` is None for a fact never asked."""

    fact: Fact
    id: int
    recall: float | None
    level: int | None
    due: str
    suspended: bool
    untranslated: bool
    image: Figure | None


@bp.get("/banks")
def index() -> str:
    """List the banks and where the learner stands in each."""
    session, user = db.session(), learner()
    stands = standings(insight.sizes(session, user.id), insight.kept(session, user.id), _now(), settings_of(user))
    listed = listing.of(
        stands,
        keys={
            "title": lambda each: title_of(each.bank),
            "due": lambda each: each.due,
            "recall": lambda each: each.recall,
        },
        default="title",
        search=lambda each: f"{title_of(each.bank)} {each.bank.title} {each.bank.key}",
        filters=[Filter("due", _("Due"), [("y", _("with facts due"))], lambda each, _value: each.due > 0)],
        size=LISTED,
    )
    return render_template("banks/index.html", listed=listed)


@bp.get("/banks/<key>")
def show(key: str) -> str:
    """Show a bank page by page, as it was written."""
    session, user, now = db.session(), learner(), _now()
    bank, edition = _bank(key, user.reads)
    sheet = sheets.pages(edition)
    number = request.args.get("page", 1, type=int)
    if not 1 <= number <= len(sheet):
        abort(404)
    memories = insight.kept_of_bank(session, user.id, bank.id)
    size = Size(bank.id, bank.key, edition.title, bank.version_id or 0, len(edition.facts))
    return render_template(
        "banks/show.html",
        bank=bank,
        edition=edition,
        foreign=second.foreign(bank.version_id or 0, edition.language, user),
        parts=sheet[number - 1],
        shown=_shown(bank, edition, sheets.keys_of(sheet[number - 1]), memories, user, now),
        standing=standings([size], memories, now, settings_of(user))[0],
        page=number,
        page_count=len(sheet),
        may_edit=rights.may_edit(session, user, bank),
        may_share=may_share(user, bank.owner_id),
    )


@bp.get("/banks/<key>/facts/<int:fact_id>")
def fact(key: str, fact_id: int) -> str:
    """Show one fact and what the learner did with it."""
    session, user, now = db.session(), learner(), _now()
    bank, edition = _bank(key, user.reads)
    name = _fact_key(bank, edition, fact_id)
    memories = insight.kept_of_bank(session, user.id, bank.id)
    found, quiet = edition.facts[name], untold(session, user.id, now=now)
    return render_template(
        "banks/fact.html",
        bank=bank,
        edition=edition,
        shown=_shown(bank, edition, [name], memories, user, now)[name],
        kept=next((kept for kept in memories if kept.fact == fact_id), None),
        prompt=prompt_of(edition, found),
        answer=words.answer(edition, found),
        sources=[edition.sources.get(source, source) for source in found.extras.source],
        answers=[row for row in insight.past_answers(session, user.id, fact_id) if row.sitting not in quiet],
        span=words.span,
    )


@bp.post("/banks/<key>/facts/<int:fact_id>/suspend")
def suspend(key: str, fact_id: int) -> ResponseReturnValue:
    """Stop asking a fact."""
    practice.suspend_fact(db.session(), learner(), _own(key, fact_id), now=_now())
    return _done(key, fact_id, _("Suspended: this fact is not asked until you want it back."))


@bp.post("/banks/<key>/facts/<int:fact_id>/resume")
def resume(key: str, fact_id: int) -> ResponseReturnValue:
    """Ask a suspended fact again."""
    practice.resume_fact(db.session(), learner(), _own(key, fact_id))
    return _done(key, fact_id, _("This fact is asked again."))


@bp.post("/banks/<key>/facts/<int:fact_id>/reset")
def reset(key: str, fact_id: int) -> ResponseReturnValue:
    """Forget what the learner keeps of a fact."""
    practice.reset_fact(db.session(), learner(), _own(key, fact_id), now=_now())
    return _done(key, fact_id, _("Reset: this fact counts as new again."))


def _done(key: str, fact_id: int, text: str) -> ResponseReturnValue:
    db.session.commit()
    flash(text)
    return redirect(url_for("banks.fact", key=key, fact_id=fact_id), 303)


def _bank(key: str, language: str | None) -> tuple[models.Bank, Bank]:
    bank = access.bank_of(db.session(), learner(), key)
    return bank, library.edition(db.session(), bank.version_id or 0, language)


def _own(key: str, fact_id: int) -> int:
    """Give the fact's id if it is a fact of this bank that is still asked."""
    bank, edition = _bank(key, None)
    _fact_key(bank, edition, fact_id)
    return fact_id


def _fact_key(bank: models.Bank, edition: Bank, fact_id: int) -> str:
    owner, name = library.fact_keys(db.session(), [fact_id]).get(fact_id, (0, ""))
    if owner != bank.id or name not in edition.facts:
        abort(404)
    return name


def _shown(
    bank: models.Bank, edition: Bank, keys: list[str], memories: list[Kept], user: models.User, now: datetime
) -> Mapping[str, Shown]:
    ids = library.fact_ids(db.session(), bank.id)
    quiet = insight.suspended(db.session(), user.id, bank.id)
    known = {kept.key: kept for kept in memories}
    kept = {key: known[key] for key in keys if key in known}
    images = figures_of(bank.id, edition, keys)
    recall = dict(zip(kept, recalls(list(kept.values()), now, settings_of(user)).tolist(), strict=True))
    return {
        key: Shown(
            fact=edition.facts[key],
            id=ids[key],
            recall=recall.get(key),
            level=shade(recall[key]) if key in recall else None,
            due=words.when(kept[key].due_at, now, user.zone) if key in kept else "",
            suspended=ids[key] in quiet,
            untranslated=key in edition.untranslated,
            image=images.get(key),
        )
        for key in keys
    }


def _now() -> datetime:
    return datetime.now(UTC)
