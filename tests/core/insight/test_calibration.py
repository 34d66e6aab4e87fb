"""The program keeps its own score: predicted against observed."""

import random
from math import log

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizapp.core.insight.calibration import Prediction, calibration
from quizapp.core.insight.intervals import wilson
from quizapp.core.items.model import Form

shares = st.floats(0, 1)


def test_a_share_of_nothing_is_refused() -> None:
    with pytest.raises(ValueError, match="at least one"):
        wilson(0, 0)


def test_the_interval_is_wilsons() -> None:
    low, high = wilson(8, 10)
    assert (low, high) == pytest.approx((0.541, 0.931), abs=0.001)
    assert wilson(0, 10)[0] == 0.0
    assert wilson(10, 10)[1] == pytest.approx(1.0)


@given(st.integers(1, 200).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
def test_the_interval_holds_the_share(counts: tuple[int, int]) -> None:
    low, high = wilson(*counts)
    assert 0 <= low <= counts[0] / counts[1] + 1e-12
    assert counts[0] / counts[1] - 1e-12 <= high <= 1


def test_few_answers_are_not_enough_data() -> None:
    assert calibration([Prediction(0.9, right=True, form=Form.TYPED)] * 19) is None


def test_a_form_with_few_answers_has_no_figures() -> None:
    rows = [Prediction(0.9, right=True, form=Form.TYPED)] * 30 + [Prediction(0.9, right=True, form=Form.CLOZE)] * 5
    found = calibration(rows)
    assert found is not None
    forms = dict(found.by_form)
    assert forms[Form.CLOZE] is None
    assert forms[Form.TYPED] is not None


def test_guessing_is_part_of_what_is_predicted() -> None:
    found = calibration([Prediction(0.6, right=True, form=Form.CHOICE, guess_rate=0.25)] * 20)
    assert found is not None
    assert found.overall.predicted == pytest.approx(0.7)
    assert found.overall.log_loss == pytest.approx(-log(0.7))


def test_a_true_model_is_seen_to_be_true() -> None:
    chance = random.Random(5)
    rows = []
    for _ in range(4000):
        recall = chance.uniform(0.3, 1.0)
        rows.append(
            Prediction(recall, right=chance.random() < recall + (1 - recall) / 4, form=Form.CHOICE, guess_rate=0.25)
        )
    found = calibration(rows)
    assert found is not None
    assert sum(one.n for one in found.bins) == found.overall.n == 4000
    assert found.overall.right == pytest.approx(found.overall.predicted, abs=0.02)
    assert all(one.low - 0.05 < one.predicted < one.high + 0.05 for one in found.bins)
    assert [one.predicted for one in found.bins] == sorted(one.predicted for one in found.bins)


@given(st.lists(st.builds(Prediction, shares, st.booleans(), st.sampled_from(Form), shares), min_size=20, max_size=60))
def test_any_predictions_give_figures_that_add_up(rows: list[Prediction]) -> None:
    found = calibration(rows)
    assert found is not None
    assert sum(one.n for one in found.bins) == len(rows)
    for one in (found.overall, *found.bins):
        assert 0 <= one.predicted <= 1
        assert one.low - 1e-12 <= one.right <= one.high + 1e-12
        assert one.log_loss >= 0
