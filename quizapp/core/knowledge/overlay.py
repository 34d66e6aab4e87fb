"""Overlays: the texts of a bank in another language, laid over the source; what is missing falls back.

A fact counts as untranslated when one of its own texts, or the author's stem that asks it, is still the source's. Names
of concepts, terms and groups do not count: many are the same in every language.
"""

from collections.abc import Callable, Collection
from collections.abc import Mapping as Mappings
from dataclasses import replace
from typing import TypeVar

from quizapp.core.knowledge.edition import Edition, laid_over
from quizapp.core.knowledge.fields import Fields, fields, text_of
from quizapp.core.knowledge.header import read_header, read_language
from quizapp.core.knowledge.model import Bank, Card, Cloze, Gap, Question, Statement, Wrong
from quizapp.core.knowledge.problems import Problems, show
from quizapp.core.knowledge.sections.cloze import read_gaps
from quizapp.core.knowledge.source import SECTIONS
from quizapp.core.knowledge.translate import translate_comparison, translate_groupset, translate_taxonomy
from quizapp.core.knowledge.tree import Entry, Mapping, Scalar

ROOT = frozenset({"knowledge", "id", "translates", "language", "title", "description", "sources", *SECTIONS})
CARD = frozenset({"front", "back", "accept", "why", "alt"})
QUESTION = frozenset({"ask", "right", "wrong", "accept", "why", "alt"})
WRONG = frozenset({"text", "because"})
STATEMENT = frozenset({"say", "why", "alt"})

T = TypeVar("T")


def read_overlay(root: Mapping, source: Bank, problems: Problems, *, strict: bool) -> Bank:
    """Lay an overlay over the source bank; after problems the edition lacks what could not be read.

    `strict` is false when the source has errors: then ids that it lacks are no problem of the overlay's.
    """
    top = Fields(root, Scalar(root.line, root.column, ""), "the overlay", ROOT, problems)
    language = _check_header(top, source)
    edition = Edition(source, problems, strict=strict)
    comparisons = _containers(top, "comparisons", source.comparisons, translate_comparison, edition)
    taxonomies = _containers(top, "taxonomies", source.taxonomies, translate_taxonomy, edition)
    groupsets = _containers(top, "groups", source.groupsets, translate_groupset, edition)
    for section, tell in (("cards", _card), ("questions", _question), ("statements", _statement)):
        for entry in edition.known(top, section, _keys(source, section), section.removesuffix("s")):
            tell(entry, edition)
    clozes = _containers(top, "cloze", source.clozes, _cloze, edition)
    sources = dict(source.sources)
    for entry in edition.known(top, "sources", sources, "source"):
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
        untranslated=frozenset(source.facts.keys() - edition.told),
    )


def _check_header(top: Fields, source: Bank) -> str:
    bank_id, language = read_header(top)
    translates = read_language(top, "translates")
    problems = top.problems
    for key, word, right in (("id", bank_id, source.id), ("translates", translates, source.language)):
        entry = top.entry(key)
        if word and right and word != right and entry is not None:
            problems.at(entry.value, f"{key} is {show(word)}, and the source has {show(right)}", f"write {right}")
    entry = top.entry("language")
    if language and language == source.language and entry is not None:
        problems.at(entry.value, f"{show(language)} is the source's own language", "write the language of this file")
    return language


def _containers(
    top: Fields, section: str, old: Mappings[str, T], translate: Callable[[T, Entry, Edition], T], edition: Edition
) -> Mappings[str, T]:
    what = {"comparisons": "comparison", "taxonomies": "taxonomy", "groups": "group set", "cloze": "cloze"}[section]
    told = {
        entry.key.text: translate(old[entry.key.text], entry, edition)
        for entry in edition.known(top, section, old, what)
    }
    return {**old, **told} if told else old


def _keys(source: Bank, section: str) -> Collection[str]:
    return [fact.removeprefix(f"{section}.") for fact in source.facts if fact.startswith(f"{section}.")]


def _card(entry: Entry, edition: Edition) -> None:
    card = edition.facts[f"cards.{entry.key.text}"]
    found = fields(entry.value, entry.key, f"the card {show(entry.key.text)}", CARD, edition.problems)
    if found is None or not isinstance(card, Card):
        return
    front, back = found.text("front"), found.text("back")
    extras = laid_over(card.extras, found, told=bool(back))
    edition.facts[card.id] = replace(card, front=front or card.front, back=back or card.back, extras=extras)
    if front and back:
        edition.told.add(card.id)


def _question(entry: Entry, edition: Edition) -> None:
    question = edition.facts[f"questions.{entry.key.text}"]
    found = fields(entry.value, entry.key, f"the question {show(entry.key.text)}", QUESTION, edition.problems)
    if found is None or not isinstance(question, Question):
        return
    ask, right = found.text("ask"), found.text("right")
    wrong = {option.key: option for option in question.wrong}
    told = {}
    for child in edition.known(found, "wrong", wrong, "wrong answer"):
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
    keys = STATEMENT | {"is"}
    found = fields(entry.value, entry.key, f"the statement {show(entry.key.text)}", keys, edition.problems)
    if found is None or not isinstance(statement, Statement):
        return
    truth = found.entry("is")
    if truth is not None:
        edition.problems.at(truth.key, "an overlay may not say what is true", "delete is: it stands in the source")
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
        message = f"the text has {len(pieces)} gaps and the source's {len(old.gaps)}"
        edition.problems.at(entry.value, message, "write the same gaps in the same order")
        return old
    for fact_id, piece in zip(old.gaps, pieces, strict=True):
        gap = edition.facts[fact_id]
        if isinstance(gap, Gap):
            extras = laid_over(gap.extras, found, told=True)
            changed = replace(
                gap, before=piece.before, text=piece.text, after=piece.after, hint=piece.hint, extras=extras
            )
            edition.facts[fact_id] = changed
            edition.told.add(fact_id)
    return replace(old, text=text)
