"""A leech keeps being forgotten, and is named with what is taken for it."""

from quizapp.core.memory.leech import LEECH_LAPSES, Leech, leech_of


def test_a_fact_forgotten_now_and_then_is_no_leech() -> None:
    assert leech_of(1, LEECH_LAPSES - 1, {2: 9}) is None


def test_a_leech_is_named_with_what_it_is_mixed_up_with() -> None:
    assert leech_of(1, 6, {2: 1, 3: 4, 1: 9}) == Leech(1, 6, 3, 4)
    assert leech_of(1, 7, {5: 2, 3: 2}) == Leech(1, 7, 3, 2)


def test_a_leech_may_be_mixed_up_with_nothing() -> None:
    assert leech_of(1, 6, {}) == leech_of(1, 6, {2: 0}) == Leech(1, 6, None, 0)
