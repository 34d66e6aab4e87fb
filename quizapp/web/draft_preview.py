"""Preview: a draft's facts as tables, and the items that would be made of one, with why each wrong answer is there."""

from collections.abc import Mapping
from dataclasses import dataclass
from random import Random

from flask import Blueprint, abort, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from quizapp.actions.checking import check_draft
from quizapp.core.insight import sheets
from quizapp.core.items.audit import audit
from quizapp.core.items.broken import Broken, Warned
from quizapp.core.items.context import Context
from quizapp.core.items.explain import Cause, Chosen, Obstacle, Origin, explain, obstacle
from quizapp.core.items.generate import generate
from quizapp.core.items.model import ChoiceItem, FlashcardItem, Form, Item, MatchingItem, TrueFalseItem, TypedItem
from quizapp.core.items.sections import surfaces_of
from quizapp.core.items.warn import warnings
from quizapp.core.knowledge.facts import cites, prompt_of
from quizapp.core.knowledge.model import Bank, Fact
from quizapp.store import drafts, learning, library, models
from quizapp.store.db import db
from quizapp.store.drafts import Cited
from quizapp.store.pictures import last_part
from quizapp.web import words
from quizapp.web.draft_pages import own_draft, report_of
from quizapp.web.figures import Figure
from quizapp.web.rule_words import rule_name

bp = Blueprint("draft_preview", __name__)
bp.add_app_template_filter(rule_name, "rule_name")

MOST_SEED = 1_000_000


@dataclass(frozen=True, slots=True)
class Shown:
    """One fact among the others on the page."""

    fact: Fact
    key: str
    untranslated: bool
    image: Figure | None


@dataclass(frozen=True, slots=True)
class Sample:
    """An item of one form, with its picture, or why there is none; `reasons` says why each wrong answer was chosen."""

    form: Form
    seed: int
    item: Item | None
    kind: str
    image: Figure | None
    reasons: Mapping[str, str]
    spare: tuple[str, ...]
    faults: tuple[Broken | Warned, ...]
    refusal: str


@bp.get("/drafts/<int:draft_id>/preview")
def show(draft_id: int) -> str:
    """Show a draft as it would be learnt from."""
    session, draft = db.session(), own_draft(draft_id)
    texts = drafts.texts_of(session, draft.id)
    checked = check_draft(session, draft, texts, drafts.picture_names(session, draft.id, draft.bank_id))
    report = report_of(draft, texts, checked, texts[0].path)
    editions = checked.reading.editions
    if not editions:
        return render_template("drafts/preview.html", draft=draft, edition=None, report=report)
    edition = editions.get(request.args.get("language", "")) or next(iter(editions.values()))
    sheet = sheets.pages(edition)
    number = request.args.get("page", 1, type=int)
    if not 1 <= number <= len(sheet):
        abort(404)
    keys = sheets.keys_of(sheet[number - 1])
    chosen = edition.facts.get(request.args.get("fact", ""))
    return render_template(
        "drafts/preview.html",
        draft=draft,
        edition=edition,
        languages=list(editions),
        report=report,
        parts=sheet[number - 1],
        shown=_shown(draft, edition, keys),
        page=number,
        page_count=len(sheet),
        chosen=chosen,
        prompt=prompt_of(edition, chosen) if chosen else "",
        answer=words.answer(edition, chosen) if chosen else "",
        sources=cites(edition, chosen.extras) if chosen else (),
        samples=_samples(draft, edition, chosen) if chosen else (),
    )


def _shown(draft: models.Draft, bank: Bank, keys: list[str]) -> dict[str, Shown]:
    rows = _rows(draft)
    return {key: Shown(bank.facts[key], key, key in bank.untranslated, _figure(bank.facts[key], rows)) for key in keys}


def _rows(draft: models.Draft) -> dict[str, Cited]:
    return {row.filename: row for row in drafts.pictures_of(db.session(), draft.id, draft.bank_id)}


def _figure(fact: Fact, rows: Mapping[str, Cited]) -> Figure | None:
    image = fact.extras.image
    if image is None:
        return None
    row = rows.get(last_part(image.path))
    if row is None:
        return Figure("", image.alt, 0, 0)
    return Figure(url_for("media.picture", token=row.token), image.alt, row.width, row.height)


def _samples(draft: models.Draft, bank: Bank, fact: Fact) -> list[Sample]:
    """Make an item of every form; the form that is asked for has the seed that is asked for."""
    context = _context(draft, fact)
    wanted, seed = request.args.get("form", ""), request.args.get("seed", 0, type=int)
    seed = seed if 0 <= seed <= MOST_SEED else 0
    image = _figure(fact, _rows(draft))
    return [
        _sample(bank, fact, form, seed if form == wanted else 0, context, image)
        for form in Form
        if surfaces_of(fact, form)
    ]


def _sample(bank: Bank, fact: Fact, form: Form, seed: int, context: Context, image: Figure | None) -> Sample:
    item = generate(bank, fact.id, form, Random(f"{seed}:{fact.id}:{form}:0"), context)
    if item is None:
        return Sample(form, seed, None, "", None, {}, (), (), _refusal(obstacle(bank, fact.id, form)))
    chosen = explain(bank, item, context)
    used = set(item.key.values()) if isinstance(item, MatchingItem) else set()
    spare = [each.token for each in item.responses if each.token not in used] if isinstance(item, MatchingItem) else []
    return Sample(
        form=form,
        seed=seed,
        item=item,
        kind=_kind(item),
        image=image if item.head.image else None,
        reasons={each.text: _reason(each) for each in chosen},
        spare=tuple(spare),
        faults=(*audit(bank, item), *warnings(bank, item)),
        refusal="",
    )


def _context(draft: models.Draft, fact: Fact) -> Context:
    """Tell the generator what the class confused so far, where the bank is published."""
    if draft.bank_id is None:
        return Context()
    known = library.fact_ids(db.session(), draft.bank_id).get(fact.id)
    if known is None:
        return Context()
    found = learning.confused(db.session(), 0, known)
    return Context(class_counts=found.everyone, learners=found.learners)


def _kind(item: Item) -> str:
    match item:
        case ChoiceItem():
            return "choice"
        case TrueFalseItem():
            return "judgement"
        case TypedItem():
            return "typed"
        case FlashcardItem():
            return "flashcard"
        case MatchingItem():
            return "matching"


def _reason(chosen: Chosen) -> str:
    match chosen.origin:
        case Origin.WRITTEN:
            said = _("written by the author as a wrong answer")
        case Origin.OWN | Origin.CLASS:
            said = _("the class mixes it up: it belongs to %(of)s", of=chosen.of)
        case Origin.SIBLING if not chosen.of or chosen.of == chosen.text:
            said = _("stands beside it in the same section")
        case Origin.SIBLING:
            said = _("belongs to %(of)s, beside it in the same section", of=chosen.of)
        case Origin.ELSEWHERE:
            said = _("the same kind of answer from elsewhere in the bank: %(of)s", of=chosen.of)
    if chosen.shown:
        said += " " + ngettext(
            "(chosen %(times)s times of the one time it was offered)",
            "(chosen %(times)s times of the %(num)d it was offered)",
            chosen.shown,
            times=chosen.times,
        )
    return str(said)


def _refusal(found: Obstacle | None) -> str:
    if found is None:
        return str(_("This time none could be made that keeps every rule. Try another one."))
    said = {
        Cause.TOO_FEW_WRONG: _(
            "good wrong answers in the bank: %(found)s; needed: %(needed)s", found=found.found, needed=found.needed
        ),
        Cause.TOO_FEW_PAIRS: _(
            "pairs of this kind in the bank: %(found)s; needed: %(needed)s", found=found.found, needed=found.needed
        ),
        Cause.SPEAKS_OF_OPTIONS: _("the answer speaks of other options, such as “all of the above”"),
        Cause.GIVEN_AWAY: _("the question would give its answer away"),
        Cause.TOO_LONG: _("the answer is too long to type: more than six words"),
        Cause.RULES: _("every set that can be made of the bank breaks a rule, such as an answer that fits twice"),
    }
    return str(_("No item of this form can be made: %(cause)s.", cause=said[found.cause]))
