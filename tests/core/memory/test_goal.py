"""Preparing for a date: what gains most by then comes first, within the minutes there are."""

import random
from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizapp.core.items.model import Form
from quizapp.core.memory.goal import LEAST_GAIN, gain, plan_for_date
from quizapp.core.memory.model import Memory, NewFact, Settings, State
from quizapp.core.memory.scheduling import recall_at
from quizapp.core.memory.selection import Candidate

NOW = datetime.fromisoformat("2026-03-02T09:00:00+00:00")
SETTINGS = Settings()
FORMS = (Form.CHOICE, Form.TYPED)


def memory(stability: float, days_ago: float = 1.0) -> Memory:
    seen = NOW - timedelta(days=days_ago)
    due = seen + timedelta(days=stability)
    return Memory(
        stability, 5.0, seen, due, 3, 0, produced=True, sitting=1, recall_then=0.9, failed_last=False, form=FORMS[0]
    )


def candidate(fact: int, state: State, forms: tuple[Form, ...] = FORMS, *, suspended: bool = False) -> Candidate:
    return Candidate(fact, f"cards.{fact}", state, forms, f"group {fact}", suspended)


def planned(
    candidates: list[Candidate], *, days: float = 14, minutes: float = 10.0, most: int = 200
) -> tuple[int, ...]:
    return plan_for_date(
        candidates,
        target=NOW + timedelta(days=days),
        confusable=(),
        minutes=minutes,
        now=NOW,
        settings=SETTINGS,
        rng=random.Random(1),
        most=most,
    )


def test_a_naive_date_is_refused() -> None:
    with pytest.raises(ValueError, match="zone"):
        plan_for_date(
            [],
            target=datetime(2026, 3, 9),  # noqa: DTZ001 -- what is refused
            confusable=(),
            minutes=1.0,
            now=NOW,
            settings=SETTINGS,
            rng=random.Random(1),
        )


def test_suspended_facts_and_those_without_a_form_stay_out() -> None:
    assert planned([candidate(1, NewFact(), ()), candidate(2, NewFact(), suspended=True)]) == ()


def test_what_will_have_slipped_by_the_date_comes_before_what_will_not() -> None:
    firm, weak = candidate(1, memory(400.0)), candidate(2, memory(3.0))
    assert planned([firm, weak])[0] == 2


def test_what_gains_nothing_is_left_for_another_day() -> None:
    known_for_years = memory(4000.0, 0.1)
    assert gain(known_for_years, NOW, NOW + timedelta(days=14), SETTINGS) < LEAST_GAIN
    assert planned([candidate(1, known_for_years)]) == ()


def test_facts_not_due_are_taken_when_the_date_asks_for_it() -> None:
    not_due = memory(5.0, 1.0)
    assert not_due.due_at > NOW
    assert planned([candidate(1, not_due)], days=30) == (1,)


def test_the_minutes_bound_a_sitting_and_so_does_its_longest() -> None:
    fresh = [candidate(fact, NewFact()) for fact in range(100)]
    assert len(planned(fresh, minutes=1.9)) == 5  # a new choice takes 24 seconds
    assert len(planned(fresh, minutes=100.0, most=7)) == 7
    assert planned(fresh, minutes=0.0) == ()


@given(st.floats(0.1, 2000), st.floats(0, 400), st.floats(0, 90))
def test_asking_never_makes_a_fact_that_is_due_worse_on_the_date(stability: float, ago: float, ahead: float) -> None:
    state = memory(stability, ago)
    target = NOW + timedelta(days=ahead)
    found = gain(state, NOW, target, SETTINGS)
    assert -1.0 <= found <= 1.0
    if state.due_at <= NOW and ahead >= 1.0:
        assert found > -0.05


@given(st.floats(0, 60))
def test_a_new_fact_gains_what_being_asked_adds_to_the_prior(ahead: float) -> None:
    target = NOW + timedelta(days=ahead)
    expected = gain(NewFact(), NOW, target, SETTINGS)
    assert expected > 0.0
    assert recall_at(NewFact(), target, SETTINGS) + expected <= 1.0


def test_the_plan_is_the_same_for_the_same_chance() -> None:
    fresh = [candidate(fact, NewFact()) for fact in range(30)]
    assert planned(fresh, minutes=3.0) == planned(fresh, minutes=3.0)
