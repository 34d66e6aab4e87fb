"""What is peculiar to Swedish in the phrase file."""

import re

from support.translations import BANKS, made, phrases

from quizapp.core.items.model import MatchingItem


def test_no_article_that_must_agree_stands_before_what_is_inserted() -> None:
    for key, text in phrases("sv").items():
        assert not re.search(r"\b(?:en|ett|den|det|de|denna|detta|dessa) \{", text), key


def test_the_number_of_answers_left_over_is_said_in_swedish() -> None:
    stems = [item.head.stem for name in BANKS for item in made(name, "sv") if isinstance(item, MatchingItem)]
    assert any(re.search(r"[23] svar blir över\.", stem) for stem in stems)
    assert any("Ett svar kan användas flera gånger eller inte alls." in stem for stem in stems)
