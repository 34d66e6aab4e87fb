"""A mean of grades is shown with its interval, or not at all."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizapp.core.insight.spread import FEWEST, spread

SHARES = st.lists(st.floats(0, 1), max_size=40)


def test_too_few_grades_have_counts_and_no_mean() -> None:
    found = spread([0.0, 0.05, 0.3, 1.0])
    assert (found.n, found.mean, found.low, found.median) == (4, None, None, None)
    assert found.tenths == (2, 0, 0, 1, 0, 0, 0, 0, 0, 1)


def test_the_mean_of_known_grades() -> None:
    found = spread([0.2, 0.4, 0.6, 0.8, 1.0])
    assert found.mean == pytest.approx(0.6)
    assert found.median == pytest.approx(0.6)
    assert found.deviation == pytest.approx(0.3162, abs=1e-4)
    assert found.low == pytest.approx(0.3674, abs=1e-4)
    assert found.high == pytest.approx(0.8326, abs=1e-4)


def test_a_share_on_the_border_belongs_to_the_tenth_that_it_begins() -> None:
    assert spread([0.1 + 0.2, 0.6, 0.9, 1.0]).tenths == (0, 0, 0, 1, 0, 0, 1, 0, 0, 2)


@given(SHARES)
def test_every_grade_is_counted_once_and_the_mean_lies_in_its_interval(shares: list[float]) -> None:
    found = spread(shares)
    assert sum(found.tenths) == found.n == len(shares)
    assert (found.mean is None) is (len(shares) < FEWEST)
    if found.mean is not None and found.low is not None and found.high is not None:
        assert 0 <= found.low <= found.mean + 1e-9
        assert found.mean - 1e-9 <= found.high <= 1
