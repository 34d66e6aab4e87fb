"""Grading of matching: what was open when each pair was placed, swaps, changes, gaps."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizapp.core.items.grade import confusions, grade
from quizapp.core.items.model import Graded, Head, Mark, MatchingAnswer, MatchingItem, Premise, Response, Ungradable

FACTS = ("own.a", "own.b", "own.c", "own.d")
PREMISES = tuple(Premise(f"p{n}", f"premise {n}", fact, why=f"why {n}") for n, fact in enumerate(FACTS))
OWN = tuple(Response(f"r{n}", f"response {n}", fact) for n, fact in enumerate(FACTS))
EXTRA = (Response("r4", "a stranger", "other.e"), Response("r5", "nobody's"))
KEY = {f"p{n}": f"r{n}" for n in range(4)}
HEAD = Head("bank", "en", FACTS, "match", "Match:", "Topic")
ITEM = MatchingItem(HEAD, PREMISES, OWN + EXTRA, KEY, reusable=False)
BARE = MatchingItem(HEAD, PREMISES, OWN, KEY, reusable=False)
SORTING = MatchingItem(
    HEAD,
    PREMISES,
    (Response("left", "Left"), Response("right", "Right"), Response("third", "Third")),
    {"p0": "left", "p1": "left", "p2": "right", "p3": "third"},
    reusable=True,
)
RIGHT = tuple(KEY.items())


def marks_of(item: MatchingItem, *pairs: tuple[str, str], unsure: bool = False, changed: str = "") -> tuple[Mark, ...]:
    graded = grade(item, MatchingAnswer(pairs, frozenset(changed.split()), unsure))
    assert isinstance(graded, Graded)
    assert graded.score == pytest.approx(sum(mark.right for mark in graded.marks) / len(item.premises))
    return graded.marks


@pytest.mark.parametrize(
    "pairs",
    [
        (*RIGHT, ("p0", "r0")),
        (("p9", "r0"), *RIGHT[1:]),
        (("p0", "r9"), *RIGHT[1:]),
        (("p0", ""), *RIGHT[1:]),
    ],
)
def test_unknown_and_repeated_tokens_are_ungradable(pairs: tuple[tuple[str, str], ...]) -> None:
    assert grade(ITEM, MatchingAnswer(pairs)) == Ungradable("malformed")


def test_a_response_used_twice_is_ungradable_where_each_fits_once() -> None:
    pairs = (("p0", "r0"), ("p1", "r0"), ("p2", "r2"), ("p3", "r3"))
    assert grade(ITEM, MatchingAnswer(pairs)) == Ungradable("used-twice")


def test_a_change_of_an_unknown_premise_is_ungradable() -> None:
    assert grade(ITEM, MatchingAnswer(RIGHT, frozenset({"p9"}))) == Ungradable("malformed")


def test_an_incomplete_set_is_ungradable_unless_the_learner_gives_up_the_rest() -> None:
    assert grade(ITEM, MatchingAnswer(RIGHT[:3])) == Ungradable("incomplete")
    assert grade(ITEM, MatchingAnswer(())) == Ungradable("blank")
    marks = marks_of(ITEM, *RIGHT[:3], unsure=True)
    assert [mark.right for mark in marks] == [True, True, True, False]
    assert [mark.unsure for mark in marks] == [False, False, False, True]
    assert (marks[3].guess_rate, marks[3].given, marks[3].confused_with) == (0.0, "", None)
    assert not any(mark.right for mark in marks_of(ITEM, unsure=True))


def test_each_pair_is_weighed_by_the_responses_still_open() -> None:
    marks = marks_of(ITEM, ("p2", "r2"), ("p0", "r0"), ("p3", "r3"), ("p1", "r1"))
    assert [mark.fact for mark in marks] == list(FACTS)
    assert [mark.guess_rate for mark in marks] == pytest.approx([1 / 5, 1 / 3, 1 / 6, 1 / 4])


def test_a_last_pair_that_was_forced_proves_nothing() -> None:
    marks = marks_of(BARE, *RIGHT)
    assert [mark.guess_rate for mark in marks] == pytest.approx([1 / 4, 1 / 3, 1 / 2, 1.0])


def test_reusable_responses_stay_open() -> None:
    marks = marks_of(SORTING, ("p0", "left"), ("p1", "left"), ("p2", "left"), ("p3", "third"))
    assert [mark.guess_rate for mark in marks] == pytest.approx([1 / 3] * 4)
    assert [mark.right for mark in marks] == [True, True, False, True]
    assert marks[2].confused_with is None  # "left" belongs to two premises


def test_a_reusable_response_of_one_premise_is_a_confusion_with_its_fact() -> None:
    marks = marks_of(SORTING, ("p0", "right"), ("p1", "left"), ("p2", "right"), ("p3", "third"))
    assert marks[0].confused_with == "own.c"


def test_a_swap_fails_both_and_is_one_confusion() -> None:
    marks = marks_of(ITEM, ("p0", "r1"), ("p1", "r0"), *RIGHT[2:])
    assert [mark.right for mark in marks] == [False, False, True, True]
    assert (marks[0].confused_with, marks[1].confused_with) == ("own.b", "own.a")
    assert confusions(marks) == {frozenset({"own.a", "own.b"})}


def test_an_extra_response_is_a_confusion_only_if_a_fact_owns_it() -> None:
    marks = marks_of(ITEM, ("p0", "r4"), ("p1", "r5"), *RIGHT[2:])
    assert (marks[0].confused_with, marks[1].confused_with) == ("other.e", None)
    assert (marks[0].given, marks[0].expected) == ("a stranger", "response 0")


def test_right_after_a_change_counts_as_not_sure() -> None:
    marks = marks_of(ITEM, ("p0", "r4"), *RIGHT[1:], changed="p0 p1")
    assert [mark.unsure for mark in marks] == [False, True, False, False]


def test_not_sure_of_a_whole_set_holds_for_each_pair() -> None:
    assert all(mark.unsure for mark in marks_of(ITEM, *RIGHT, unsure=True))


TOKENS = st.sampled_from(["p0", "p1", "p2", "p3", "p9", ""])
RESPONSES = st.sampled_from(["r0", "r1", "r2", "r3", "r4", "r5", "r9", ""])


@given(st.lists(st.tuples(TOKENS, RESPONSES), max_size=6), st.frozensets(TOKENS), st.booleans())
def test_any_pairs_are_graded_or_refused(pairs: list[tuple[str, str]], changed: frozenset[str], unsure: bool) -> None:
    graded = grade(ITEM, MatchingAnswer(tuple(pairs), changed, unsure))
    if isinstance(graded, Graded):
        assert [mark.fact for mark in graded.marks] == list(FACTS)
        assert all(0.0 <= mark.guess_rate <= 1.0 for mark in graded.marks)
        assert all(mark.confused_with is None for mark in graded.marks if mark.right)


@given(st.permutations(RIGHT))
def test_guess_rates_of_a_set_depend_on_the_order_of_placing_alone(pairs: list[tuple[str, str]]) -> None:
    marks = {mark.fact: mark for mark in marks_of(ITEM, *pairs)}
    placed = [marks[FACTS[int(premise[1])]].guess_rate for premise, _ in pairs]
    assert placed == pytest.approx([1 / 6, 1 / 5, 1 / 4, 1 / 3])
