"""Where a learner stands in a bank, and how well a fact is kept."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.kept import NOW, kept

from quizapp.core.insight.model import Kept, Size
from quizapp.core.insight.standing import shade, standings
from quizapp.core.memory.model import Settings

STOCKHOLM = Settings(zone="Europe/Stockholm")

memories = st.lists(
    st.builds(
        kept,
        bank=st.integers(1, 3),
        stability=st.floats(0.01, 2000),
        ago=st.floats(0, 400),
        due=st.floats(-300, 300),
        failed=st.booleans(),
        suspended=st.booleans(),
    ),
    max_size=20,
)


def test_a_bank_never_seen_has_no_recall() -> None:
    (standing,) = standings([Size(1, "b", "B", 1, 9)], [], NOW, STOCKHOLM)
    assert (standing.fresh, standing.begun, standing.due, standing.recall) == (9, 0, 0, None)


@given(memories)
def test_a_bank_is_the_sum_of_its_parts(many: list[Kept]) -> None:
    banks = [Size(number, f"b{number}", "B", number, 50) for number in (1, 2, 3)]
    for standing in standings(banks, many, NOW, STOCKHOLM):
        assert standing.total == 50
        assert standing.begun == sum(one.bank == standing.bank.id for one in many)
        assert (standing.recall is None) == (standing.begun == 0)


def test_known_means_stable_for_a_week_recalled_and_not_failed() -> None:
    many = [kept(), kept(stability=6.9), kept(ago=90), kept(failed=True)]
    (standing,) = standings([Size(1, "b", "B", 1, 9)], many, NOW, STOCKHOLM)
    assert (standing.known, standing.learning, standing.fresh) == (1, 3, 5)


def test_what_is_suspended_is_not_due() -> None:
    many = [kept(1, due=-1), kept(2, due=-1, suspended=True), kept(3, due=1)]
    (standing,) = standings([Size(1, "b", "B", 1, 9)], many, NOW, STOCKHOLM)
    assert standing.due == 1


@pytest.mark.parametrize(
    ("recall", "expected"), [(0.0, 0), (0.49, 0), (0.5, 1), (0.7, 2), (0.85, 3), (0.9, 4), (1.0, 4)]
)
def test_shades_rise_with_recall(recall: float, expected: int) -> None:
    assert shade(recall) == expected
