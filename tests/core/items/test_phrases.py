"""The phrase files, and what the shipped banks say through them in each language."""

import re

import pytest
from support.translations import BANKS, LANGUAGES, SLOT, bank_of, made, phrases

from quizapp.core.items.audit import audit
from quizapp.core.items.generate import forms_of
from quizapp.core.items.model import ChoiceItem, Form, TypedItem, form_of
from quizapp.core.items.typed import Verdict, check_typed
from quizapp.core.items.wording import phrases_for
from quizapp.core.knowledge.model import Bank, Question

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

each_language = pytest.mark.parametrize("language", LANGUAGES)
each_bank = pytest.mark.parametrize("name", BANKS)


def reasons(bank: Bank, fact: str) -> set[str]:
    found = bank.facts[fact]
    return {wrong.because for wrong in found.wrong if wrong.because} if isinstance(found, Question) else set()


@each_language
def test_a_learner_is_not_given_english_phrases(language: str) -> None:
    assert phrases_for(language).language == phrases_for(f"{language}-AX").language == language


@each_language
def test_every_english_phrase_is_there_with_the_same_slots(language: str) -> None:
    english, translated = phrases("en"), phrases(language)
    assert translated.keys() == english.keys()
    for key, text in english.items():
        assert sorted(SLOT.findall(translated[key])) == sorted(SLOT.findall(text)), key


@each_language
def test_no_phrase_is_left_in_english(language: str) -> None:
    english = phrases("en")
    for key, text in phrases(language).items():
        assert not ENGLISH.search(SLOT.sub("", text)), key
        if key not in SAID_BY_SIGNS_ALONE:
            assert text != english[key], key


@each_language
def test_no_ending_is_put_on_what_is_inserted(language: str) -> None:
    for key, text in phrases(language).items():
        assert not re.search(r"\}(?::?\w|['’-])", text), key


@each_language
@each_bank
def test_each_overlay_is_complete_down_to_its_explanations(name: str, language: str) -> None:
    bank, source = bank_of(name, language), bank_of(name, "en")
    assert bank.untranslated == frozenset()
    assert bank.description != source.description
    assert not {key for key, text in source.sources.items() if bank.sources[key] == text}
    for fact in bank:
        assert fact.extras.why != source.facts[fact.id].extras.why, fact.id
        assert not source.facts[fact.id].extras.accept or fact.extras.accept, fact.id
        assert not reasons(bank, fact.id) & reasons(source, fact.id), fact.id


@each_language
@each_bank
def test_every_form_is_made_and_keeps_the_rules(name: str, language: str) -> None:
    assert {form_of(item) for item in made(name, language)} == set(Form)
    for item in made(name, language):
        assert item.head.language == language
        assert item.head.untranslated is False
        assert audit(bank_of(name, language), item) == (), item.head.facts


@each_language
@each_bank
def test_a_fact_that_english_can_ask_in_a_form_can_be_asked_in_the_language_too(name: str, language: str) -> None:
    bank, source = bank_of(name, language), bank_of(name, "en")
    for fact in source:
        assert forms_of(source, fact) == forms_of(bank, bank.facts[fact.id]), fact.id


@each_language
@each_bank
def test_what_the_program_says_in_an_item_is_not_english(name: str, language: str) -> None:
    english = [text for key, text in phrases("en").items() if key.split(".")[0] in {"stem", "match", "because"}]
    said = [piece.strip() for text in english for piece in SLOT.split(text)[::2] if len(piece.strip()) > 8]
    for item in made(name, language):
        shown = [item.head.stem]
        if isinstance(item, ChoiceItem):
            shown += [option.because for option in item.options]
        assert not [piece for piece in said for text in shown if piece in text], item.head.facts


@each_language
@each_bank
def test_typed_answers_take_their_own_words_and_refuse_those_of_siblings(name: str, language: str) -> None:
    asked = [item for item in made(name, language) if isinstance(item, TypedItem)]
    assert any(item.accept for item in asked)
    for item in asked:
        for text in (item.key, *item.accept):
            assert check_typed(text, item).verdict is Verdict.RIGHT, text
        for text in item.refuse:
            assert check_typed(text, item).verdict is Verdict.WRONG, text
