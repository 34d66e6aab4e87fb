"""What is peculiar to Norwegian in the phrase file and the overlays of the shipped banks."""

import re

import pytest
from support.translations import BANKS, bank_of, made, overlay_of, phrases

from quizapp.core.items.model import MatchingItem

AGREEING = r"\b(?:en|ei|et|den|det|de|denne|dette|disse)"


def test_no_article_that_must_agree_stands_before_what_is_inserted() -> None:
    for key, text in phrases("nb").items():
        assert not re.search(rf"{AGREEING} \{{", text), key


def test_words_that_stand_before_one_and_before_several_rule_out_no_answer_of_a_gap() -> None:
    norwegian = phrases("nb")
    one, several = (set(norwegian[f"before-gap.{number}"].split()) for number in ("singular", "plural"))
    assert one.isdisjoint(several)
    assert (one | several).isdisjoint({"ingen", "noen", "andre"})


@pytest.mark.parametrize("name", BANKS)
def test_no_question_of_an_overlay_puts_an_article_or_an_ending_on_an_insert(name: str) -> None:
    written = re.findall(r"^ +ask[\w-]*: \"(.*)\"$", overlay_of(name, "nb"), re.MULTILINE)
    assert written
    for text in written:
        assert not re.search(rf"\}}[\w'’-]|{AGREEING} \{{", text), text


@pytest.mark.parametrize("name", BANKS)
def test_no_article_before_a_gap_tells_the_gender_of_the_answer(name: str) -> None:
    overlay = overlay_of(name, "nb")
    assert "==" in overlay
    assert re.findall(rf"{AGREEING} ==", overlay) == []


@pytest.mark.parametrize("name", BANKS)
def test_norwegian_typography_and_letters_are_kept(name: str) -> None:
    bank = bank_of(name, "nb")
    texts = [bank.title, bank.description, *(fact.extras.why for fact in bank)]
    texts += [item.head.stem for item in made(name, "nb")]
    assert any("ø" in text for text in texts)
    for text in texts:
        assert not re.search(r"[\"'“”„]\w|\w[\"'“”]|\d\.\d|[äö]", text), text


def test_the_number_of_answers_left_over_is_said_in_norwegian() -> None:
    stems = [item.head.stem for name in BANKS for item in made(name, "nb") if isinstance(item, MatchingItem)]
    assert any(re.search(r"[23] svar blir til overs\.", stem) for stem in stems)
    assert any("Et svar kan brukes flere ganger eller ikke i det hele tatt." in stem for stem in stems)
