"""Overlays: the texts of a bank in another language, laid over the source; what is missing falls back.

A fact counts as untranslated when one of its own texts, or the author's stem that asks it, is still the source's. Names
of concepts, terms and groups do not count: many are the same in every language.
"""

from collections.abc import Callable, Collection
from collections.abc import Mapping as Mappings
from dataclasses import replace
from typing import TypeVar

from quizapp.core.knowledge.coverage import left_out, tags_of
from quizapp.core.knowledge.edition import Edition, laid_over
from quizapp.core.knowledge.fields import Fields, fields, text_of
from quizapp.core.knowledge.header import read_header, read_language
from quizapp.core.knowledge.model import Bank, Card, Cloze, Gap, Question, Statement, Wrong
from quizapp.core.knowledge.problems import Problems, show
from quizapp.core.knowledge.sections.cards import THE_CARD
from quizapp.core.knowledge.sections.cloze import read_accept, read_gaps
from quizapp.core.knowledge.sections.questions import THE_QUESTION, THE_STATEMENT
from quizapp.core.knowledge.source import SECTIONS
from quizapp.core.knowledge.translate import translate_comparison, translate_groupset, translate_taxonomy
from quizapp.core.knowledge.tree import Entry, Mapping, Scalar
from quizapp.core.knowledge.unknown import Kind
from quizapp.messages import msg, msg_n

ROOT = frozenset({"knowledge", "id", "translates", "language", "title", "description", "tags", "sources", *SECTIONS})
CARD = frozenset({"front", "back", "accept", "why", "alt"})
QUESTION = frozenset({"ask", "right", "wrong", "accept", "why", "alt"})
WRONG = frozenset({"text", "because"})
STATEMENT = frozenset({"say", "why", "alt"})

T = TypeVar("T")


def read_overlay(root: Mapping, source: Bank, problems: Problems, *, strict: bool) -> Bank:
    """Lay an overlay over the source bank; after problems the edition lacks what could not be read.

    `strict` is false when the source has errors: then ids that it lacks are no problem of the overlay's.
    """
    top = Fields(root, Scalar(root.line, root.column, ""), msg("the overlay"), ROOT, problems)
    language = _check_header(top, source)
    edition = Edition(source, problems, strict=strict)
    comparisons = _containers(top, Kind.COMPARISON, source.comparisons, translate_comparison, edition)
    taxonomies = _containers(top, Kind.TAXONOMY, source.taxonomies, translate_taxonomy, edition)
    groupsets = _containers(top, Kind.GROUP_SET, source.groupsets, translate_groupset, edition)
    for section, kind, tell in _WRITTEN:
        for entry in edition.known(top, section, _keys(source, section), kind):
            tell(entry, edition)
    clozes = _containers(top, Kind.CLOZE, source.clozes, _cloze, edition)
    sources = dict(source.sources)
    for entry in edition.known(top, "sources", sources, Kind.SOURCE):
        sources[entry.key.text] = text_of(entry.value, show(entry.key.text), problems)
    return replace(
        source,
        language=language,
        title=top.text("title") or source.title,
        description=top.text("description") or source.description,
        sources=sources,
        comparisons=comparisons,
        taxonomies=taxonomies,
        groupsets=groupsets,
        clozes=clozes,
        facts=edition.facts,
        translates=source.language,
        untranslated=frozenset(source.facts.keys() - (edition.told - edition.foreign)),
        tag_names=_tag_names(top, edition),
        left_out=left_out(root, source, edition.told),
    )


def _check_header(top: Fields, source: Bank) -> str:
    bank_id, language = read_header(top)
    translates = read_language(top, "translates")
    problems = top.problems
    for key, word, right in (("id", bank_id, source.id), ("translates", translates, source.language)):
        entry = top.entry(key)
        if word and right and word != right and entry is not None:
            message = msg(
                "%(key)s is %(word)s, and the source has %(right)s", key=key, word=show(word), right=show(right)
            )
            problems.at(entry.value, message, msg("write %(right)s", right=right))
    entry = top.entry("language")
    if language and language == source.language and entry is not None:
        message = msg("%(language)s is the source's own language", language=show(language))
        problems.at(entry.value, message, msg("write the language of this file"))
    return language


def _tag_names(top: Fields, edition: Edition) -> Mappings[str, str]:
    """Read tags with their names in this language; a tag may be any text, not only an id."""
    entry = top.entry("tags")
    if entry is None:
        return {}
    if not isinstance(entry.value, Mapping):
        hint = msg("write tag: translation, one to a line")
        top.problems.at(entry.key, msg("tags of an overlay are the source's tags, each with its translation"), hint)
        return {}
    known = tags_of(edition.source)
    told = [each for each in entry.value.entries.values() if edition.knows(each.key, known, Kind.TAG)]
    return {each.key.text: text_of(each.value, show(each.key.text), top.problems) or each.key.text for each in told}


def _containers(
    top: Fields, kind: Kind, old: Mappings[str, T], translate: Callable[[T, Entry, Edition], T], edition: Edition
) -> Mappings[str, T]:
    told = {
        entry.key.text: translate(old[entry.key.text], entry, edition)
        for entry in edition.known(top, _SECTION[kind], old, kind)
    }
    return {**old, **told} if told else old


def _keys(source: Bank, section: str) -> Collection[str]:
    return [fact.removeprefix(f"{section}.") for fact in source.facts if fact.startswith(f"{section}.")]


def _card(entry: Entry, edition: Edition) -> None:
    card = edition.facts[f"cards.{entry.key.text}"]
    found = fields(entry.value, entry.key, (THE_CARD, entry.key.text), CARD, edition.problems)
    if found is None or not isinstance(card, Card):
        return
    front, back = found.text("front"), found.text("back")
    extras = laid_over(card.extras, found, told=bool(back))
    edition.facts[card.id] = replace(card, front=front or card.front, back=back or card.back, extras=extras)
    if front and back:
        edition.told.add(card.id)


def _question(entry: Entry, edition: Edition) -> None:
    question = edition.facts[f"questions.{entry.key.text}"]
    found = fields(entry.value, entry.key, (THE_QUESTION, entry.key.text), QUESTION, edition.problems)
    if found is None or not isinstance(question, Question):
        return
    ask, right = found.text("ask"), found.text("right")
    wrong = {option.key: option for option in question.wrong}
    told = {}
    for child in edition.known(found, "wrong", wrong, Kind.WRONG_ANSWER):
        key = child.key.text
        wrong[key], told[key] = _wrong(child, wrong[key], edition)
    edition.facts[question.id] = replace(
        question,
        ask=ask or question.ask,
        right=right or question.right,
        wrong=tuple(wrong.values()),
        extras=laid_over(question.extras, found, told=bool(right)),
    )
    if ask and right and told.keys() == wrong.keys() and all(told.values()):
        edition.told.add(question.id)


def _wrong(entry: Entry, old: Wrong, edition: Edition) -> tuple[Wrong, bool]:
    """Give the wrong answer of this edition, and whether its text is told."""
    if not isinstance(entry.value, Mapping):
        text, because = text_of(entry.value, show(old.key), edition.problems), ""
    else:
        found = Fields(entry.value, entry.key, show(old.key), WRONG, edition.problems)
        text, because = found.text("text"), found.text("because")
    return Wrong(old.key, text or old.text, because or old.because), bool(text)


def _statement(entry: Entry, edition: Edition) -> None:
    statement = edition.facts[f"statements.{entry.key.text}"]
    found = fields(entry.value, entry.key, (THE_STATEMENT, entry.key.text), STATEMENT | {"is"}, edition.problems)
    if found is None or not isinstance(statement, Statement):
        return
    truth = found.entry("is")
    if truth is not None:
        hint = msg("delete is: it stands in the source")
        edition.problems.at(truth.key, msg("an overlay may not say what is true"), hint)
    say = found.text("say")
    extras = laid_over(statement.extras, found, told=bool(say))
    edition.facts[statement.id] = replace(statement, say=say or statement.say, extras=extras)
    if say:
        edition.told.add(statement.id)


def _cloze(old: Cloze, entry: Entry, edition: Edition) -> Cloze:
    text, found = edition.text(entry)
    if not text:
        return old
    pieces = read_gaps(text, entry.value, edition.problems)
    if len(pieces) != len(old.gaps):
        message = msg_n(
            "the text has one gap and the source's %(wanted)d",
            "the text has %(num)d gaps and the source's %(wanted)d",
            len(pieces),
            wanted=len(old.gaps),
        )
        edition.problems.at(entry.value, message, msg("write the same gaps in the same order"))
        return old
    accept = read_accept(found, len(pieces)) if found is not None else ((),) * len(pieces)
    beside = found.without("accept") if found is not None else None
    for fact_id, piece, right in zip(old.gaps, pieces, accept, strict=True):
        gap = edition.facts[fact_id]
        if isinstance(gap, Gap):
            extras = replace(laid_over(gap.extras, beside, told=True), accept=right)
            changed = replace(
                gap, before=piece.before, text=piece.text, after=piece.after, hint=piece.hint, extras=extras
            )
            edition.facts[fact_id] = changed
            edition.told.add(fact_id)
    return replace(old, text=text)


_SECTION = {
    Kind.COMPARISON: "comparisons",
    Kind.TAXONOMY: "taxonomies",
    Kind.GROUP_SET: "groups",
    Kind.CLOZE: "cloze",
}
_WRITTEN = (
    ("cards", Kind.CARD, _card),
    ("questions", Kind.QUESTION, _question),
    ("statements", Kind.STATEMENT, _statement),
)
