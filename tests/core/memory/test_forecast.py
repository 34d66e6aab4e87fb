"""The forecast counts what falls due and expects what is recalled, with an honest interval."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizapp.core.items.model import Form
from quizapp.core.memory.forecast import due_per_day, expected_recall, recall_by_day
from quizapp.core.memory.leech import Leech, leech_of
from quizapp.core.memory.model import Memory, Settings

NOW = datetime(2026, 3, 2, 12, tzinfo=UTC)
SETTINGS = Settings()
KEPT = Memory(
    stability=10.0, difficulty=5.0, reviewed_at=NOW, due_at=NOW + timedelta(days=10), reviews=3, lapses=0,
    produced=False, sitting=1, recall_then=0.9, failed_last=False, form=Form.CHOICE,
)  # fmt: skip


def test_a_naive_time_is_refused() -> None:
    for ask in (due_per_day, expected_recall, recall_by_day):
        with pytest.raises(ValueError, match="zone"):
            ask([KEPT], NOW.replace(tzinfo=None), SETTINGS)


def test_without_facts_nothing_is_expected() -> None:
    assert expected_recall([], NOW, SETTINGS) is None
    assert recall_by_day([], NOW, SETTINGS) == ()
    assert {day.due for day in due_per_day([], NOW, SETTINGS)} == {0}


def test_overdue_facts_are_due_today_and_far_ones_are_not_shown() -> None:
    dues = (-90, 0, 1, 1, 29, 30, 400)
    days = due_per_day([replace(KEPT, due_at=NOW + timedelta(days=gap)) for gap in dues], NOW, SETTINGS)
    assert len(days) == 30
    assert days[0].day == date(2026, 3, 2)
    assert [days[n].due for n in (0, 1, 2, 29)] == [2, 2, 0, 1]
    assert sum(day.due for day in days) == 5


def test_due_days_turn_at_four_where_the_learner_lives() -> None:
    early = replace(KEPT, due_at=datetime(2026, 3, 3, 2, 30, tzinfo=UTC))
    assert due_per_day([early], NOW, SETTINGS)[0].due == 1
    assert due_per_day([early], NOW, Settings(zone="Europe/Helsinki"))[1].due == 1


def test_expected_recall_is_the_mean_with_its_interval() -> None:
    expected = expected_recall([KEPT] * 100, NOW + timedelta(days=10), SETTINGS)
    assert expected is not None
    assert (expected.n, expected.slipping) == (100, 0.0)
    assert expected.mean == pytest.approx(0.9)
    assert expected.high - expected.mean == pytest.approx(1.96 * 0.3 / 10)
    assert expected.mean - expected.low == pytest.approx(1.96 * 0.3 / 10)


def test_facts_under_70_percent_are_slipping() -> None:
    lost = replace(KEPT, stability=0.1)
    expected = expected_recall([KEPT, lost, lost, lost], NOW + timedelta(days=10), SETTINGS)
    assert expected is not None
    assert expected.slipping == 0.75


@given(st.lists(st.floats(0.01, 1000), min_size=1, max_size=20))
def test_without_study_expected_recall_only_falls(stabilities: list[float]) -> None:
    days = recall_by_day([replace(KEPT, stability=stability) for stability in stabilities], NOW, SETTINGS)
    assert len(days) == 30
    for (_, earlier), (_, later) in pairwise(days):
        assert later.mean <= earlier.mean + 1e-12
        assert 0 <= later.low <= later.mean <= later.high <= 1


def test_a_leech_is_named_with_what_it_is_mixed_up_with() -> None:
    often = replace(KEPT, lapses=6)
    assert leech_of(1, replace(KEPT, lapses=5), {2: 9}) is None
    assert leech_of(1, often, {2: 1, 3: 4, 1: 9}) == Leech(1, 6, 3, 4)
    assert leech_of(1, often, {}) == Leech(1, 6, None, 0)
    assert leech_of(1, replace(KEPT, lapses=2), {}, threshold=2) == Leech(1, 2, None, 0)
