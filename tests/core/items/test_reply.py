"""Answers read from form fields, hostile ones first."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizapp.core.items.model import (
    ChoiceAnswer,
    ChoiceItem,
    FlashcardAnswer,
    FlashcardItem,
    Form,
    Head,
    Item,
    MatchingAnswer,
    MatchingItem,
    Option,
    Premise,
    Response,
    TrueFalseAnswer,
    TrueFalseItem,
    TypedAnswer,
    TypedItem,
    Ungradable,
)
from quizapp.core.items.reply import LONGEST_FIELD, read_answer

HEAD = Head("bank", "en", ("fact",), "value", "stem?", "topic")
CHOICE = ChoiceItem(HEAD, (Option("a", "A", correct=True), Option("b", "B", correct=False)))
CLAIM = TrueFalseItem(HEAD, is_true=True, correction="")
TYPED = TypedItem(HEAD, Form.TYPED, "key", (), {})
CARD = FlashcardItem(HEAD, "back")
MATCHING = MatchingItem(
    HEAD,
    tuple(Premise(f"p{n}", f"{n}", f"fact.{n}") for n in range(3)),
    tuple(Response(f"r{n}", f"{n}", f"fact.{n}") for n in range(5)),
    {f"p{n}": f"r{n}" for n in range(3)},
    reusable=False,
)
ITEMS: list[Item] = [CHOICE, CLAIM, TYPED, CARD, MATCHING]
PAIRS = {"pair-p0": ["r0"], "pair-p1": ["r1"], "pair-p2": ["r4"]}


@pytest.mark.parametrize("item", ITEMS)
def test_an_empty_form_is_blank(item: Item) -> None:
    assert read_answer(item, {}) == Ungradable("blank")
    assert read_answer(item, {"csrf_token": ["x"], "choice": [], "text": [], "grade": []}) == Ungradable("blank")


@pytest.mark.parametrize(
    ("item", "fields"),
    [
        (CHOICE, {"choice": ["a", "b"]}),
        (CHOICE, {"choice": ["z"]}),
        (CHOICE, {"choice": ["a\x00"]}),
        (CHOICE, {"choice": ["a"], "unsure": ["yes"]}),
        (CHOICE, {"choice": ["a"], "unsure": ["1", "1"]}),
        (CLAIM, {"choice": ["True"]}),
        (TYPED, {"text": ["a", "b"]}),
        (TYPED, {"text": ["\x00"]}),
        (TYPED, {"text": ["lone \ud800"]}),
        (CARD, {"grade": ["5"]}),
        (CARD, {"grade": ["³"]}),
        (CARD, {"grade": ["99999999999999999999999"]}),
        (MATCHING, PAIRS | {"pair-p9": ["r0"]}),
        (MATCHING, PAIRS | {"pair-p0": ["r9"]}),
        (MATCHING, PAIRS | {"pair-p0": ["r0", "r1"]}),
        (MATCHING, PAIRS | {"order": ["p0 p9"]}),
        (MATCHING, PAIRS | {"order": ["p0 p0"]}),
        (MATCHING, PAIRS | {"changed": ["p9"]}),
    ],
)
def test_repeated_unknown_and_unprintable_values_are_malformed(item: Item, fields: dict[str, list[str]]) -> None:
    assert read_answer(item, fields) == Ungradable("malformed")


def test_a_huge_value_is_refused() -> None:
    assert read_answer(TYPED, {"text": ["x" * (LONGEST_FIELD + 1)]}) == Ungradable("too-long")
    assert read_answer(MATCHING, PAIRS | {"order": ["p0 " * LONGEST_FIELD]}) == Ungradable("too-long")


def test_a_judgement_needs_a_side_even_when_not_sure() -> None:
    assert read_answer(CLAIM, {"unsure": ["1"]}) == Ungradable("blank")


def test_a_choice_is_read_with_its_certainty() -> None:
    assert read_answer(CHOICE, {"choice": ["b"], "unsure": ["1"]}) == ChoiceAnswer("b", unsure=True)
    assert read_answer(CHOICE, {"unsure": ["1"]}) == ChoiceAnswer("", unsure=True)


def test_a_judgement_is_read() -> None:
    assert read_answer(CLAIM, {"choice": ["true"]}) == TrueFalseAnswer(says_true=True)
    assert read_answer(CLAIM, {"choice": ["false"], "unsure": ["1"]}) == TrueFalseAnswer(says_true=False, unsure=True)


def test_a_text_is_read_as_it_was_typed() -> None:
    assert read_answer(TYPED, {"text": [" Räksmörgås\n"]}) == TypedAnswer(" Räksmörgås\n")
    assert read_answer(TYPED, {"text": ["  "], "unsure": ["1"]}) == TypedAnswer("  ", unsure=True)


def test_a_grade_is_read() -> None:
    assert read_answer(CARD, {"grade": ["3"]}) == FlashcardAnswer(3)


def test_pairs_without_the_script_come_in_the_order_of_the_premises() -> None:
    answer = read_answer(MATCHING, {"pair-p2": ["r4"], "pair-p0": ["r0"], "pair-p1": ["r1"]})
    assert answer == MatchingAnswer((("p0", "r0"), ("p1", "r1"), ("p2", "r4")))


def test_the_script_tells_the_order_and_the_changes() -> None:
    answer = read_answer(MATCHING, PAIRS | {"order": ["p2 p0 p1"], "changed": ["p0"]})
    assert answer == MatchingAnswer((("p2", "r4"), ("p0", "r0"), ("p1", "r1")), frozenset({"p0"}))


def test_an_empty_select_is_a_premise_not_placed() -> None:
    answer = read_answer(MATCHING, PAIRS | {"pair-p0": [""], "order": ["p0 p2"], "unsure": ["1"]})
    assert answer == MatchingAnswer((("p2", "r4"), ("p1", "r1")), unsure=True)


NAMES = st.sampled_from(["choice", "text", "grade", "unsure", "order", "changed", "pair-p0", "pair-p1", "pair-", "x"])
VALUES = st.sampled_from(["", "a", "true", "1", "r0", "p0 p1", "\x00", "\ud800", "ö"]) | st.text(max_size=10)


@given(st.sampled_from(ITEMS), st.dictionaries(NAMES, st.lists(VALUES, max_size=3), max_size=6))
def test_any_form_is_read_or_refused(item: Item, fields: dict[str, list[str]]) -> None:
    assert read_answer(item, fields) is not None
