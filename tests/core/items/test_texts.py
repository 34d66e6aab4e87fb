"""The fast comparisons agree with the slow ones, and the index finds what a bank holds."""

from random import Random

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from support.item_banks import everything

from quizapp.core.items.index import Draw, index_of
from quizapp.core.items.rules import alike, fits_gap, levelled
from quizapp.core.items.texts import Texts
from quizapp.core.items.wording import fill, phrases_for
from quizapp.core.knowledge import normalise
from quizapp.core.knowledge.normalise import ValueKind

WORDS = [
    *("a", "an", "the", "of", "one", "two", "ten", "ties", "tie", "party", "parties", "supplier", "suppliers"),
    *("supplier's", "U.S.", "us", "e.g.", "co-operation", "10", "%", "3.5", "km", "BPO", "Na+", "C++", "x^2", "C(n)"),
    *("été", "ete", "naïve", "don't", "do", "not", "cannot", "can", "dozen", "hundred", "per cent", "percent", "&"),
    *("and", "Å", "ångström", "ıt", "ſun", ".", ",", "-", "–", "ähtäri", "yöt", "katu", "kadut", "Häuser", "haus"),
]
TEXTS = st.lists(st.sampled_from(WORDS), min_size=1, max_size=6).map(" ".join) | st.text(max_size=12)
LANGUAGES = st.sampled_from(["en", "sv", "fi", "de", "nb", "xx"])


@given(TEXTS, TEXTS, LANGUAGES)
@example("ten boats", "10 boats", "en")
@example("the U.S. market", "us market", "en")
@example("suppliers", "a supplier", "en")
@example("He cannot go", "can not", "en")
@settings(max_examples=400, deadline=None)
def test_fast_comparisons_agree_with_the_slow_ones(a: str, b: str, language: str) -> None:
    texts = Texts(language)
    assert texts.same(a, b) == normalise.same(a, b, language)
    assert texts.clash(a, b) == normalise.clash(a, b, language)
    assert texts.content(a) == normalise.content_words(a, language)
    assert texts.share(a, b) == normalise.content_words(a, language) & normalise.content_words(b, language)


@given(st.lists(TEXTS, max_size=5), TEXTS)
@settings(max_examples=200, deadline=None)
def test_looking_for_an_alike_text_among_many_finds_what_one_by_one_finds(many: list[str], text: str) -> None:
    texts = Texts("en")
    assert texts.any_alike(("set", "key"), many, text) == any(normalise.same(text, other, "en") for other in many)


@given(TEXTS, TEXTS)
@settings(max_examples=200, deadline=None)
def test_plain_texts_share_a_type_without_a_closer_look(a: str, b: str) -> None:
    index = index_of(everything())
    kinds = {index.kind(a), index.kind(b)}
    if min(len(a), len(b)) > 10 and index.is_plain(a) and index.is_plain(b):
        assert alike(index, a, b)
        assert kinds <= {ValueKind.PHRASE, ValueKind.CLAUSE, ValueKind.NAME}


def test_the_index_of_a_bank_is_built_once_and_never_taken_for_another() -> None:
    bank = everything()
    assert index_of(bank) is index_of(bank)
    banks = [everything() for _ in range(40)]
    assert all(index_of(each).bank is each for each in banks)


def test_a_draw_takes_the_mentioned_facts_and_some_of_the_rest() -> None:
    drawn = Draw(Random(1), ("far",), most=3).facts([f"f{at}" for at in range(1000)])
    assert drawn[0] == "far"
    assert len(drawn) == 4


def test_phrases_fall_back_to_the_base_language_and_then_to_english() -> None:
    assert phrases_for("en-GB").language == "en"
    assert phrases_for("tlh").language == "en"
    with pytest.raises(KeyError):
        phrases_for("en").say("stem.nothing")


def test_what_is_inserted_is_not_filled_again() -> None:
    assert fill("{a} and {b}", a="{b}", b="x") == "{b} and x"
    assert fill("{a} {unknown}", a="1") == "1 {unknown}"


@pytest.mark.parametrize(
    ("texts", "expected"),
    [
        (["One.", "two"], ["One", "Two"]),
        (["eBay", "Amazon"], ["eBay", "Amazon"]),
        (["one.", "two."], ["one.", "two."]),
        (["And so on ...", "Stop."], ["And so on ...", "Stop"]),
    ],
)
def test_options_are_levelled(texts: list[str], expected: list[str]) -> None:
    assert levelled(texts) == expected


@pytest.mark.parametrize(
    ("stem", "key", "other", "fits"),
    [
        ("It is an ___.", "offer", "bid", False),
        ("It is an ___.", "offer", "assent", True),
        ("It is a ___.", "tender", "bid", True),
        ("It is the ___.", "offer", "bid", True),
        ("It is in another ___.", "country", "costs", False),
        ("There are many ___.", "countries", "costs", True),
        ("There are many ___.", "countries", "cost", False),
        ("What is it?", "offer", "bids", True),
    ],
)
def test_the_word_before_a_gap_sorts_options_out(stem: str, key: str, other: str, fits: bool) -> None:
    assert fits_gap(index_of(everything()), stem, key, other) is fits
