"""What is hard, and what is mixed up with what."""

from support.kept import kept

from quizapp.core.insight.trouble import ConfusedPair, confused_pairs, hardest


def test_a_fact_that_was_never_forgotten_is_not_hard() -> None:
    assert hardest([kept(1, difficulty=10.0)], 3) == []


def test_the_hardest_facts_were_forgotten_most_often() -> None:
    many = [kept(1), kept(2, lapses=1), kept(3, lapses=4), kept(4, failed=True), kept(5, lapses=4, difficulty=9.0)]
    assert [one.fact for one in hardest(many, 3)] == [5, 3, 2]


def test_pairs_are_counted_both_ways_round() -> None:
    given = [(1, 2, 2), (2, 1, 1), (5, 4, 1), (3, 3, 9)]
    assert confused_pairs(given, 5) == [ConfusedPair(1, 2, 3), ConfusedPair(4, 5, 1)]
    assert confused_pairs(given, 1) == [ConfusedPair(1, 2, 3)]
    assert confused_pairs([], 5) == []
