"""The forecast of many facts is that of each: what is recalled, and what falls due when."""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizapp.core.items.model import Form
from quizapp.core.memory.days import study_day
from quizapp.core.memory.forecast import due_by_day, mean_recall, next_due, recall_ahead, recalls
from quizapp.core.memory.model import Memory, Settings
from quizapp.core.memory.scheduling import recall_at

NOW = datetime(2026, 3, 2, 12, tzinfo=UTC)
SETTINGS = Settings()
STOCKHOLM = Settings(zone="Europe/Stockholm")
KEPT = Memory(
    stability=10.0, difficulty=5.0, reviewed_at=NOW, due_at=NOW + timedelta(days=10), reviews=3, lapses=0,
    produced=False, sitting=1, recall_then=0.9, failed_last=False, form=Form.CHOICE,
)  # fmt: skip


def memory(stability: float, ago: float, due: float) -> Memory:
    return replace(KEPT, stability=stability, reviewed_at=NOW - timedelta(days=ago), due_at=NOW + timedelta(days=due))


memories = st.lists(
    st.builds(memory, st.floats(0.01, 2000), st.floats(0, 400), st.floats(-300, 300)),
    max_size=20,
)


@pytest.mark.parametrize(
    "ask",
    [
        lambda kept, at: recalls(kept, at, SETTINGS),
        lambda kept, at: mean_recall(kept, at, SETTINGS),
        lambda kept, at: recall_ahead(kept, at, 30, SETTINGS),
        lambda kept, at: due_by_day(kept, at, SETTINGS, 30),
    ],
)
def test_a_naive_time_is_refused(ask: Callable[[Sequence[Memory], datetime], object]) -> None:
    with pytest.raises(ValueError, match="zone"):
        ask([KEPT], NOW.replace(tzinfo=None))


def test_without_memories_nothing_is_expected() -> None:
    assert recalls([], NOW, SETTINGS).tolist() == []
    assert mean_recall([], NOW, SETTINGS) is None
    assert recall_ahead([], NOW, 30, SETTINGS) == []
    assert next_due([], NOW) is None
    assert {due for _, due in due_by_day([], NOW, SETTINGS, 30)} == {0}


@given(memories, st.floats(0, 100))
def test_recall_of_many_is_the_recall_of_each(many: list[Memory], days: float) -> None:
    at = NOW + timedelta(days=days)
    expected = [recall_at(one, at, STOCKHOLM) for one in many]
    assert recalls(many, at, STOCKHOLM).tolist() == pytest.approx(expected)


@given(memories.filter(bool), st.integers(0, 40))
def test_recall_ahead_is_the_mean_recall_of_that_instant_once_every_day_has_turned(
    many: list[Memory], days: int
) -> None:
    settled = [replace(one, reviewed_at=one.reviewed_at - timedelta(days=1)) for one in many]
    ahead = recall_ahead(settled, NOW, days + 1, STOCKHOLM)
    assert ahead[0] == pytest.approx(mean_recall(settled, NOW, STOCKHOLM))
    assert ahead[-1] == pytest.approx(mean_recall(settled, NOW + timedelta(days=days), STOCKHOLM))


@given(memories.filter(bool), st.integers(2, 40))
def test_recall_only_falls_while_nobody_studies(many: list[Memory], days: int) -> None:
    ahead = recall_ahead(many, NOW, days, STOCKHOLM)
    assert len(ahead) == days
    assert ahead == sorted(ahead, reverse=True)
    assert all(0 < share <= 1 for share in ahead)


@given(memories)
def test_each_fact_is_due_once_on_its_study_day(many: list[Memory]) -> None:
    today = study_day(NOW, "Europe/Stockholm")
    expected = Counter(max(today, study_day(one.due_at, "Europe/Stockholm")) for one in many)
    assert due_by_day(many, NOW, STOCKHOLM, 400) == [
        (today + timedelta(days=ahead), expected[today + timedelta(days=ahead)]) for ahead in range(400)
    ]


def test_overdue_facts_are_due_today_and_far_ones_are_not_shown() -> None:
    dues = (-90, 0, 1, 1, 29, 30, 400)
    days = due_by_day([replace(KEPT, due_at=NOW + timedelta(days=gap)) for gap in dues], NOW, SETTINGS, 30)
    assert len(days) == 30
    assert days[0] == (date(2026, 3, 2), 2)
    assert [days[n][1] for n in (1, 2, 29)] == [2, 0, 1]
    assert sum(due for _, due in days) == 5


def test_due_days_turn_at_four_where_the_learner_lives() -> None:
    early = replace(KEPT, due_at=datetime(2026, 3, 3, 2, 30, tzinfo=UTC))
    assert due_by_day([early], NOW, SETTINGS, 2)[0][1] == 1
    assert due_by_day([early], NOW, Settings(zone="Europe/Helsinki"), 2)[1][1] == 1


def test_what_falls_due_next_is_not_due_yet() -> None:
    many = [replace(KEPT, due_at=NOW + timedelta(days=gap)) for gap in (-1, 0, 4, 4, 9)]
    assert next_due(many, NOW) == (NOW + timedelta(days=4), 2)
