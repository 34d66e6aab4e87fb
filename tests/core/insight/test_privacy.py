"""Who counts in a figure."""

from dataclasses import dataclass

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from quizapp.core.insight.privacy import LEAST, counted, open_to_view


@dataclass(frozen=True)
class Somebody:
    id: int
    private: bool


people = st.lists(st.booleans(), max_size=20).map(lambda flags: [Somebody(at, flag) for at, flag in enumerate(flags)])


def test_four_private_people_do_not_count() -> None:
    assert open_to_view([Somebody(at, at < 4) for at in range(10)]) == frozenset(range(4, 10))


def test_five_private_people_count() -> None:
    assert open_to_view([Somebody(at, at < 5) for at in range(7)]) == frozenset(range(7))


def test_nobody_is_nobody() -> None:
    assert open_to_view([]) == frozenset()


@given(people)
def test_whoever_is_not_private_always_counts(class_: list[Somebody]) -> None:
    assert open_to_view(class_) >= {one.id for one in class_ if not one.private}


@given(people)
def test_private_people_count_all_or_none_and_never_few(class_: list[Somebody]) -> None:
    private = {one.id for one in class_ if one.private}
    shown = open_to_view(class_) & private
    assert shown in (set(), private)
    assert not 0 < len(shown) < LEAST


@given(st.integers(0, 2**30), people)
def test_many_figures_at_once_follow_the_rule_of_one(seed: int, class_: list[Somebody]) -> None:
    contributes = np.random.default_rng(seed).random((len(class_), 4)) < 0.6
    private = np.array([one.private for one in class_], dtype=np.bool_)
    counts = counted(contributes, private) & contributes
    for figure in range(4):
        there = [one for one in class_ if contributes[one.id, figure]]
        assert {at for at in range(len(class_)) if counts[at, figure]} == open_to_view(there)
