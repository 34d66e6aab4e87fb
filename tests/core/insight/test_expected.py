"""Expected shares and their intervals."""

from random import Random

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizapp.core.insight import expected


def shares(rows: list[list[float]]) -> tuple[np.ndarray, np.ndarray]:
    recall = np.array(rows)
    return recall, np.ones(recall.shape, dtype=np.bool_)


def test_nobody_gives_nothing() -> None:
    recall, counts = shares([[0.5, 0.9]])
    assert expected.over_class(recall, ~counts) is None
    assert expected.by_fact(recall, ~counts) == [None, None]
    assert expected.of_students(recall, ~counts) == [None]


def test_one_student_is_not_enough_data_for_an_interval() -> None:
    found = expected.over_class(*shares([[0.5, 0.9]]))
    assert found is not None
    assert found.mean == pytest.approx(0.7)
    assert (found.low, found.high) == (None, None)
    assert (found.students, found.facts) == (1, 2)


def test_students_weigh_alike_however_many_facts_they_began() -> None:
    recall, counts = shares([[1.0, 1.0, 1.0], [0.0, 0.5, 0.5]])
    counts[1, 1:] = False
    found = expected.over_class(recall, counts)
    assert found is not None
    assert found.mean == pytest.approx(0.5)


@given(st.lists(st.lists(st.floats(0, 1), min_size=3, max_size=3), min_size=2, max_size=12))
def test_the_interval_holds_the_mean_and_stays_a_share(rows: list[list[float]]) -> None:
    recall, counts = shares(rows)
    for found in (expected.over_class(recall, counts), *expected.by_fact(recall, counts)):
        assert found is not None
        assert found.low is not None
        assert found.high is not None
        assert 0.0 <= found.low <= found.mean + 1e-9
        assert found.mean - 1e-9 <= found.high <= 1.0 + 1e-9


def test_nine_of_ten_classes_come_true_within_the_interval() -> None:
    """Classes of twelve drawn from one school, eight facts each; what they recall is drawn from the predictions."""
    rng, held = Random(1), 0
    school = 0.7
    for _ in range(600):
        abilities = [min(max(rng.gauss(school, 0.12), 0.02), 0.98) for _ in range(12)]
        recall, counts = shares([[ability] * 8 for ability in abilities])
        found = expected.over_class(recall, counts)
        assert found is not None
        others = [min(max(rng.gauss(school, 0.12), 0.02), 0.98) for _ in range(12)]
        came = float(np.mean([[rng.random() < other for _ in range(8)] for other in others]))
        held += int((found.low or 0.0) <= came <= (found.high or 0.0))
    assert 0.6 <= held / 600 <= 0.95


def test_a_students_interval_is_binomial() -> None:
    recall, counts = shares([[0.5] * 25])
    (found,) = expected.of_students(recall, counts)
    assert found is not None
    assert found.low == pytest.approx(0.5 - 1.6449 * 0.1, abs=1e-4)
    assert found.facts == 25


@pytest.mark.parametrize(("degrees", "quantile"), [(1, 6.314), (6, 1.943), (10, 1.812), (30, 1.697), (200, 1.653)])
def test_students_t_is_as_in_the_tables(degrees: int, quantile: float) -> None:
    assert expected.student_t(degrees) == pytest.approx(quantile, abs=0.006)
