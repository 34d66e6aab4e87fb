"""What is peculiar to German in the phrase file and the overlays of the shipped banks."""

import re

import pytest
from support.translations import BANKS, bank_of, made, overlay_of, phrases

from quizapp.core.items.model import MatchingItem, TypedItem
from quizapp.core.items.typed import Verdict, check_typed

AGREEING = re.compile(
    r"\b(?:d(?:er|ie|as|en|em|es)|ein\w*|dies\w*|kein\w*|von|vom|zu[mr]?|mit|bei|beim|für|aus|nach|über|unter|[ia]m) \{"
)
GENDERED = re.compile(
    r"\b(?:d(?:er|as|en|em|es)|ein(?:e[rmns]?)?|dies(?:e[rmns]?)|sein(?:e[rmns]?)?|zu[mr]|[ia]m|vom|beim) =="
)
SPELT_OUT = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "Ä": "Ae", "Ö": "Oe", "Ü": "Ue", "ß": "ss"})


def test_no_word_governs_the_case_of_what_is_inserted() -> None:
    for key, text in phrases("de").items():
        assert not AGREEING.search(text), key


def test_nobody_is_addressed_neither_politely_nor_as_a_friend() -> None:
    for key, text in phrases("de").items():
        assert not re.search(r"\b(?:du|dein\w*|dir|dich|Ihnen|Ihr\w*)\b|en Sie\b", text), key


def test_words_that_stand_before_one_and_before_several_rule_out_no_answer_of_a_gap() -> None:
    german = phrases("de")
    one, several = (set(german[f"before-gap.{number}"].split()) for number in ("singular", "plural"))
    assert one.isdisjoint(several)
    assert (one | several).isdisjoint({"der", "die", "den"})


@pytest.mark.parametrize("name", BANKS)
def test_no_question_of_an_overlay_puts_an_article_or_an_ending_on_an_insert(name: str) -> None:
    written = re.findall(r"^ +ask[\w-]*: \"(.*)\"$", overlay_of(name, "de"), re.MULTILINE)
    assert written
    for text in written:
        assert not re.search(r"\}[\w'’-]|\b(?:d(?:er|ie|as|en|em|es)|ein\w*) \{", text), text


@pytest.mark.parametrize("name", BANKS)
def test_no_article_before_a_gap_tells_the_gender_of_the_answer(name: str) -> None:
    overlay = overlay_of(name, "de")
    assert "==" in overlay
    assert GENDERED.findall(overlay) == []


@pytest.mark.parametrize("name", BANKS)
def test_german_typography_is_kept(name: str) -> None:
    bank = bank_of(name, "de")
    texts = [bank.title, bank.description, *bank.sources.values()]
    texts += [fact.extras.why for fact in bank] + [item.head.stem for item in made(name, "de")]
    for text in texts:
        assert not re.search(r"[\"'“”]\w|\w[\"'”]|\d\.\d", text), text


@pytest.mark.parametrize("name", BANKS)
def test_umlauts_may_be_spelt_out(name: str) -> None:
    asked = [item for item in made(name, "de") if isinstance(item, TypedItem)]
    assert asked
    for item in asked:
        for text in (item.key, *item.accept):
            assert check_typed(text.translate(SPELT_OUT), item).verdict is Verdict.RIGHT, text


def test_the_number_of_answers_left_over_is_said_in_german() -> None:
    stems = [item.head.stem for name in BANKS for item in made(name, "de") if isinstance(item, MatchingItem)]
    assert any(re.search(r"Übrige Antworten: [23]\.", stem) for stem in stems)
    assert any("Eine Antwort kann mehrmals oder gar nicht vorkommen." in stem for stem in stems)
