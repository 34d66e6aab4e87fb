"""The Swedish phrase file, and what the shipped banks say through it."""

import re
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from random import Random

import pytest

from quizapp.core import items
from quizapp.core.items.audit import audit
from quizapp.core.items.generate import forms_of, generate
from quizapp.core.items.model import ChoiceItem, Form, Item, MatchingItem, TypedItem, form_of
from quizapp.core.items.typed import Verdict, check_typed
from quizapp.core.items.wording import phrases_for
from quizapp.core.knowledge.limits import Text
from quizapp.core.knowledge.model import Bank
from quizapp.core.knowledge.read import read

QUESTIONS = Path(__file__).parents[3] / "questions"
BANKS = ("back-office-bpo", "bpo-and-kpo", "bpo-and-outsourcing", "business-process-outsourcing", "outsourcing")
SLOT = re.compile(r"\{(\w+)\}")
ENGLISH = re.compile(
    r"\b(?:the|this|these|which|what|where|match|each|with|answers?|belongs?|another|not|left|right|here|true|is|are)\b",
    re.IGNORECASE,
)
SAID_BY_SIGNS_ALONE = {
    "option.statement",
    "claim.asked",
    "claim.cell",
    "claim.member",
    "claim.member-untitled",
    "because.concept",
    "because.term",
    "because.group",
    "before-gap.consonant",
    "before-gap.vowel",
    "before-gap.vowels",
}


def phrases(language: str) -> dict[str, str]:
    path = Path(items.__path__[0]) / "phrases" / f"{language}.toml"
    tables = tomllib.loads(path.read_text(encoding="utf-8"))
    return {f"{table}.{key}": text for table, rows in tables.items() for key, text in rows.items()}


@cache
def bank_of(name: str, language: str = "sv") -> Bank:
    source, overlay = (
        Text(path.name, path.read_text(encoding="utf-8"))
        for path in (QUESTIONS / f"{name}.yaml", QUESTIONS / f"{name}.sv.yaml")
    )
    reading = read(source, [overlay])
    assert reading.problems == ()
    return reading.editions[language]


@cache
def made(name: str) -> tuple[Item, ...]:
    return tuple(_made(bank_of(name)))


def _made(bank: Bank) -> Iterator[Item]:
    for fact in bank:
        for form in forms_of(bank, fact):
            item = generate(bank, fact.id, form, Random(f"{fact.id}:{form}"))
            if item is not None:
                yield item


def test_a_swedish_learner_is_not_given_english_phrases() -> None:
    assert phrases_for("sv").language == phrases_for("sv-FI").language == "sv"


def test_every_english_phrase_has_a_swedish_one_with_the_same_slots() -> None:
    english, swedish = phrases("en"), phrases("sv")
    assert swedish.keys() == english.keys()
    for key, text in english.items():
        assert sorted(SLOT.findall(swedish[key])) == sorted(SLOT.findall(text)), key


def test_no_phrase_is_left_in_english() -> None:
    english, swedish = phrases("en"), phrases("sv")
    for key, text in swedish.items():
        assert not ENGLISH.search(SLOT.sub("", text)), key
        if key not in SAID_BY_SIGNS_ALONE:
            assert text != english[key], key


def test_no_ending_is_put_on_what_is_inserted() -> None:
    for key, text in phrases("sv").items():
        assert not re.search(r"\}[\w'’-]", text), key


def test_no_article_that_must_agree_stands_before_what_is_inserted() -> None:
    for key, text in phrases("sv").items():
        assert not re.search(r"\b(?:en|ett|den|det|de|denna|detta|dessa) \{", text), key


@pytest.mark.parametrize("name", BANKS)
def test_each_overlay_is_complete_down_to_its_explanations(name: str) -> None:
    bank = bank_of(name)
    source = bank_of(name, "en")
    assert bank.untranslated == frozenset()
    assert bank.description != source.description
    assert not {key for key, text in source.sources.items() if bank.sources[key] == text}
    for fact in bank:
        assert fact.extras.why != source.facts[fact.id].extras.why, fact.id
        assert not source.facts[fact.id].extras.accept or fact.extras.accept, fact.id


@pytest.mark.parametrize("name", BANKS)
def test_every_form_is_made_in_swedish_and_keeps_the_rules(name: str) -> None:
    assert {form_of(item) for item in made(name)} == set(Form)
    for item in made(name):
        assert item.head.language == "sv"
        assert item.head.untranslated is False
        assert audit(bank_of(name), item) == (), item.head.facts


@pytest.mark.parametrize("name", BANKS)
def test_a_fact_that_english_can_ask_in_a_form_can_be_asked_in_swedish_too(name: str) -> None:
    swedish = bank_of(name)
    for fact in bank_of(name, "en"):
        assert forms_of(bank_of(name, "en"), fact) == forms_of(swedish, swedish.facts[fact.id]), fact.id


@pytest.mark.parametrize("name", BANKS)
def test_what_the_program_says_in_an_item_is_swedish(name: str) -> None:
    english = [text for key, text in phrases("en").items() if key.split(".")[0] in {"stem", "match", "because"}]
    said = [piece.strip() for text in english for piece in SLOT.split(text)[::2] if len(piece.strip()) > 8]
    for item in made(name):
        shown = [item.head.stem]
        if isinstance(item, ChoiceItem):
            shown += [option.because for option in item.options]
        assert not [piece for piece in said for text in shown if piece in text], item.head.facts


@pytest.mark.parametrize("name", BANKS)
def test_typed_answers_take_their_own_words_and_refuse_those_of_siblings(name: str) -> None:
    asked = [item for item in made(name) if isinstance(item, TypedItem)]
    assert any(item.accept for item in asked)
    for item in asked:
        for text in (item.key, *item.accept):
            assert check_typed(text, item).verdict is Verdict.RIGHT, text
        for text in item.refuse:
            assert check_typed(text, item).verdict is Verdict.WRONG, text


def test_the_number_of_answers_left_over_is_said_in_swedish() -> None:
    stems = [item.head.stem for name in BANKS for item in made(name) if isinstance(item, MatchingItem)]
    assert any(re.search(r"[23] svar blir över\.", stem) for stem in stems)
    assert any("Ett svar kan användas flera gånger eller inte alls." in stem for stem in stems)
