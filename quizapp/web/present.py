"""Items as pages see them: what may be shown before the answer, and what the answer showed. The key stays behind."""

import secrets
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from flask_babel import gettext as _
from flask_babel import ngettext
from markupsafe import Markup, escape

from quizapp.core.items import feedback, results, snapshot
from quizapp.core.items.feedback import Outcome
from quizapp.core.items.model import (
    ChoiceItem,
    FlashcardItem,
    Head,
    MatchingItem,
    TrueFalseItem,
    TypedItem,
    form_of,
)
from quizapp.core.items.model import Item as CoreItem
from quizapp.store import models
from quizapp.web import second
from quizapp.web.figures import Figure, figure_of
from quizapp.web.markdown import inline
from quizapp.web.second import Aside, Second, parted

Pair = tuple[str, Markup]
_NOTHING = Markup()


@dataclass(frozen=True, slots=True)
class Question:
    """A question for the page: no field of it tells the right answer before it was given."""

    item_id: int
    version: int
    key: str
    form: str
    lang: str
    topic: str
    stem: Markup
    instruction: Markup = _NOTHING
    image: Figure | None = None
    bank_title: str = ""
    mode: str = "answer"
    position: str = ""
    options: tuple[Pair, ...] = ()
    premises: tuple[Pair, ...] = ()
    responses: tuple[Pair, ...] = ()
    reusable: bool = False
    extra: int = 0
    hint: str = ""
    untranslated: bool = False
    revealed: bool = False
    back: Markup = _NOTHING
    chosen: Mapping[str, Any] = field(default_factory=dict)
    foreign: str = ""
    second: Second | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """One mark in words: what was given, what is right, whose value it was."""

    prompt: Markup
    given: Markup
    expected: Markup
    because: Markup
    why: Markup
    right: bool
    second: Aside | None = None


@dataclass(frozen=True, slots=True)
class MixUp:
    """A fact that keeps being forgotten, and the one it is mixed up with: what asks for each."""

    asked: Markup
    other: Markup


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the answer showed, for the page."""

    item_id: int
    form: str
    lang: str
    verdict: str
    headline: str
    stem: Markup
    answer: Markup
    almost: str
    unsure: bool
    lines: tuple[Line, ...]
    why: Markup
    sources: tuple[str, ...]
    next_due: str = ""
    can_undo: bool = False
    url_next: str = ""
    mixed_up: MixUp | None = None
    image: Figure | None = None
    second: Second | None = None


def question(
    item: models.Item,
    *,
    bank_title: str = "",
    position: str = "",
    mode: str = "answer",
    given: Mapping[str, Any] | None = None,
    reader: models.User | None = None,
    earlier: Iterable[models.Item] = (),
) -> Question:
    """Show an item as a question with a fresh answer key; `given` is what was sent but could not be graded.

    Whoever reads it may read a second language beside the first, unless what is `earlier` in the quiz tells it then,
    and is told where the bank has none of theirs.
    """
    core = snapshot.load(item.snapshot)
    head = core.head
    stem, instruction = parted(core, head.stem)
    revealed = item.revealed_at is not None
    return Question(
        item_id=item.id,
        version=item.version,
        key=secrets.token_urlsafe(16),
        form=form_of(core).value,
        lang=head.language,
        topic=head.topic,
        stem=inline(stem, head.language),
        instruction=inline(instruction, head.language),
        image=figure_of(head),
        bank_title=bank_title,
        position=position,
        mode=mode,
        untranslated=head.untranslated,
        revealed=revealed,
        chosen=given or item.answer or {},
        foreign=second.foreign(item.version_id, head.language, reader),
        second=second.told(item, reader) if revealed else second.beside(item, reader, earlier),
        **_body(core, head, revealed=revealed),
    )


def verdict(
    item: models.Item,
    sources: Mapping[str, str],
    *,
    next_due: str = "",
    can_undo: bool = False,
    url_next: str = "",
    mixed_up: MixUp | None = None,
    reader: models.User | None = None,
) -> Verdict:
    """Show what a graded item's answer was worth; `sources` names the bank's sources by key."""
    core = snapshot.load(item.snapshot)
    graded = results.load(item.result or {})
    said = feedback.feedback(core, graded)
    lang = core.head.language
    other = second.told(item, reader)
    return Verdict(
        item_id=item.id,
        form=form_of(core).value,
        lang=lang,
        verdict=said.outcome.value,
        headline=_headline(said.outcome),
        stem=inline(core.head.stem, lang),
        answer=_answer(core, said.answer, lang),
        almost=said.almost,
        unsure=any(mark.unsure for mark in graded.marks),
        lines=tuple(_line(core, line, lang, other) for line in said.lines),
        why=inline(said.why, lang),
        sources=tuple(sources.get(key, key) for key in said.sources),
        next_due=next_due,
        can_undo=can_undo,
        url_next=url_next,
        mixed_up=mixed_up,
        image=figure_of(core.head),
        second=other,
    )


def due_text(due: datetime, now: datetime) -> str:
    """Say in words when a fact comes again."""
    wait = due - now
    if wait < timedelta(hours=1):
        return str(_("again in this sitting"))
    days = max(1, round(wait / timedelta(days=1)))
    return str(ngettext("again in a day", "again in %(num)d days", days))


def _headline(outcome: Outcome) -> str:
    match outcome:
        case Outcome.RIGHT:
            return str(_("Right"))
        case Outcome.WRONG:
            return str(_("Not this time"))
        case Outcome.PARTLY:
            return str(_("Partly right"))


def _answer(core: CoreItem, answer: str, lang: str) -> Markup:
    """Word the right answer; a judgement is true or false, with what would be true."""
    if not isinstance(core, TrueFalseItem):
        return inline(answer, lang)
    if core.is_true:
        return escape(_("True"))
    return escape(_("False")) + (Markup(": ") + inline(answer, lang) if answer else "")


def _line(core: CoreItem, line: feedback.Line, lang: str, other: Second | None) -> Line:
    judged = {"true": _("True"), "false": _("False")} if isinstance(core, TrueFalseItem) else {}
    because = inline(line.because, lang)
    if line.belongs_to and not line.because:
        because = escape(_("That belongs to:")) + " " + inline(line.belongs_to, lang)
    return Line(
        prompt=inline(line.asked, lang),
        given=inline(judged.get(line.given, line.given), lang),
        expected=inline(judged.get(line.expected, line.expected), lang),
        because=because,
        why=inline(line.why, lang),
        right=line.right,
        second=other.line(line) if other else None,
    )


def _body(core: CoreItem, head: Head, *, revealed: bool) -> dict[str, Any]:
    match core:
        case ChoiceItem(options=options):
            return {"options": tuple((option.token, inline(option.text, head.language)) for option in options)}
        case TrueFalseItem():
            return {"options": (("true", escape(_("True"))), ("false", escape(_("False"))))}
        case TypedItem(hint=hint):
            return {"hint": hint}
        case FlashcardItem(back=back):
            return {"back": inline(back, head.language)} if revealed else {}
        case MatchingItem(premises=premises, responses=responses, reusable=reusable):
            return {
                "premises": tuple((premise.token, inline(premise.text, head.language)) for premise in premises),
                "responses": tuple((response.token, inline(response.text, head.language)) for response in responses),
                "reusable": reusable,
                "extra": 0 if reusable else len(responses) - len(premises),
            }
