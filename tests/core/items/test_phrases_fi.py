"""What is peculiar to Finnish in the phrase file and the overlays of the shipped banks: no name is ever inflected."""

import re

import pytest
from support.translations import BANKS, made, overlay_of, phrases

from quizapp.core.items.model import Form, MatchingItem, TypedItem, form_of


def test_what_is_inserted_is_not_governed_by_a_word_beside_it() -> None:
    for key, text in phrases("fi").items():
        assert not re.search(r"\w \{", text), key
        assert not re.search(r"\} \w", text), key


@pytest.mark.parametrize("name", BANKS)
def test_no_question_of_an_overlay_inflects_the_name_put_into_it(name: str) -> None:
    written = re.findall(r"^ +ask[\w-]*: \"(.*)\"$", overlay_of(name, "fi"), re.MULTILINE)
    assert written
    for text in written:
        assert not re.search(r"\}:?[^\W\d_]", text), text


@pytest.mark.parametrize("name", BANKS)
def test_the_gaps_of_a_bank_stand_in_one_case_so_that_no_ending_tells_the_right_one(name: str) -> None:
    endings = ("a", "ä") if name != "outsourcing" else ("syy", "huomio", "osaaminen", "vastakohta")
    gaps = [item.key for item in made(name, "fi") if form_of(item) is Form.CLOZE and isinstance(item, TypedItem)]
    assert gaps
    assert not [gap for gap in gaps if not gap.endswith(endings) and not gap.isdigit()]


def test_the_number_of_answers_left_over_is_said_in_finnish() -> None:
    stems = [item.head.stem for name in BANKS for item in made(name, "fi") if isinstance(item, MatchingItem)]
    assert any(re.search(r"Yli jääviä vastauksia: [23]\.", stem) for stem in stems)
    assert any("Vastausta voi käyttää useita kertoja tai ei lainkaan." in stem for stem in stems)
