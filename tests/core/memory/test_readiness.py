"""Readiness: the arrays agree with the scheduler, and the model of practice with students who follow it."""

import random
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizapp.core.items.model import Form
from quizapp.core.memory import fsrs, readiness
from quizapp.core.memory.goal import gain, plan_for_date
from quizapp.core.memory.model import Answered, Memory, NewFact, Settings, State
from quizapp.core.memory.scheduling import recall_at, review
from quizapp.core.memory.selection import Candidate, next_form

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
SETTINGS = Settings()
DAY = timedelta(days=1)
FORMS = (Form.CHOICE, Form.MATCHING, Form.TYPED)
GUESS = {Form.CHOICE: 0.25, Form.MATCHING: 0.15, Form.TYPED: 0.0}

Class_ = list[dict[int, Memory]]


def memory(stability: float, difficulty: float, ago: float) -> Memory:
    at = NOW - timedelta(days=ago)
    return Memory(stability, difficulty, at, at, 3, 0, produced=True, sitting=1, recall_then=0.9,
                   failed_last=False, form=Form.TYPED)  # fmt: skip


def held(class_: Class_, facts: int) -> readiness.Holdings:
    shape = len(class_), facts
    begun = np.zeros(shape, dtype=np.bool_)
    stability, difficulty, elapsed = (np.full(shape, fill, dtype=np.float32) for fill in (1.0, 5.0, 0.0))
    for row, memories in enumerate(class_):
        for fact, one in memories.items():
            begun[row, fact] = True
            stability[row, fact], difficulty[row, fact] = one.stability, one.difficulty
            elapsed[row, fact] = (NOW - one.reviewed_at) / DAY
    prior = np.full(facts, SETTINGS.prior, dtype=np.float32)
    return readiness.Holdings(begun, stability, difficulty, elapsed, elapsed >= 1, np.zeros(shape, np.bool_), prior)


memories = st.builds(memory, st.floats(0.05, 300), st.floats(1, 10), st.floats(1, 200))


@given(memories, st.floats(0, 100))
def test_recall_on_a_day_is_the_schedulers(one: Memory, ahead: float) -> None:
    expected = recall_at(one, NOW + timedelta(days=ahead), SETTINGS)
    assert float(readiness.recall_on(held([{0: one}], 1), ahead)[0, 0]) == pytest.approx(expected, abs=2e-4)


@given(memories, st.floats(0.5, 60))
def test_what_one_session_gains_is_what_planning_for_the_date_says(one: Memory, ahead: float) -> None:
    class_ = held([{0: one}], 1)
    expected = gain(one, NOW, NOW + timedelta(days=ahead), SETTINGS)
    asked = readiness._ask(class_, ahead)  # noqa: SLF001 -- the step that the model repeats
    assert float(asked.gain[0, 0]) == pytest.approx(expected, abs=2e-3)


def test_a_new_fact_is_known_with_the_prior_until_it_is_asked() -> None:
    class_ = held([{}], 3)
    assert readiness.recall_on(class_, 10.0).tolist() == [[pytest.approx(0.3)] * 3]
    (row,) = readiness.recall_with_practice(class_, 3.0, 1.0).tolist()
    assert min(row) > 0.5


@given(st.floats(0.1, 40), st.floats(0, 20), st.integers(0, 1000))
def test_practice_never_harms(ahead: float, minutes: float, seed: int) -> None:
    class_ = held([start(random.Random(seed), 12)], 12)
    alone = readiness.recall_on(class_, ahead)
    some = readiness.recall_with_practice(class_, ahead, minutes)
    assert float(some.mean()) >= float(alone.mean()) - 1e-5


def test_without_minutes_practice_changes_nothing() -> None:
    class_ = held([start(random.Random(1), 12)], 12)
    assert np.array_equal(readiness.recall_with_practice(class_, 9.0, 0.0), readiness.recall_on(class_, 9.0))


def test_a_suspended_fact_is_not_practised() -> None:
    class_ = replace(held([{0: memory(2, 5, 9)}], 2), closed=np.array([[True, False]]))
    alone, practised = readiness.recall_on(class_, 5.0), readiness.recall_with_practice(class_, 5.0, 10.0)
    assert practised[0, 0] == alone[0, 0]
    assert practised[0, 1] > alone[0, 1]


def test_the_minutes_of_a_day_are_kept() -> None:
    class_ = held([{}], 40)
    changed = readiness.recall_with_practice(class_, 0.5, 2.0) > readiness.recall_on(class_, 0.5) + 1e-4
    assert changed.sum() == 120 / readiness.NEW_SECONDS


def test_reteaching_is_a_good_for_everybody() -> None:
    one = memory(3, 6, 8)
    class_ = held([{0: one}, {}], 1)
    then = fsrs.advance(one.stability, one.difficulty, 8.0, fsrs.GOOD, SETTINGS.parameters)[0]
    first = fsrs.initial(fsrs.GOOD, SETTINGS.parameters)[0]
    gains = readiness.gain_of_reteaching(class_, 10.0)[:, 0].tolist()
    assert gains[0] == pytest.approx(
        fsrs.recall(then, 10.0, SETTINGS.parameters) - fsrs.recall(one.stability, 18.0, SETTINGS.parameters), abs=1e-3
    )
    assert gains[1] == pytest.approx(fsrs.recall(first, 10.0, SETTINGS.parameters) - 0.3, abs=1e-3)


@pytest.mark.parametrize(("ahead", "minutes"), [(2.4, 5), (5.0, 3), (14.0, 3), (21.0, 6)])
def test_the_model_agrees_with_students_who_practise_by_the_schedule(ahead: float, minutes: float) -> None:
    """True memories by FSRS, answers by chance, the product's planning and evidence; within .03 of the class mean."""
    facts, rng = 40, random.Random(4)
    class_ = [start(rng, facts) for _ in range(30)]
    lived = [live(memories, facts, ahead, minutes, rng) for memories in class_]
    expected = float(readiness.recall_with_practice(held(class_, facts), ahead, minutes).mean())
    assert expected == pytest.approx(float(np.mean(lived)), abs=0.03)


def start(rng: random.Random, facts: int) -> dict[int, Memory]:
    """Begin six facts out of ten."""
    return {
        fact: memory(rng.uniform(0.5, 30), rng.uniform(3, 8), rng.uniform(1, 25))
        for fact in range(facts)
        if rng.random() < 0.6
    }


def live(memories: dict[int, Memory], facts: int, ahead: float, minutes: float, rng: random.Random) -> float:
    """Practise day by day until the date, and give what is truly recalled on it."""
    target, day = NOW + timedelta(days=ahead), 0
    believed: dict[int, State] = dict(memories)
    truth = {fact: (one.stability, one.difficulty, one.reviewed_at) for fact, one in memories.items()}
    while (now := NOW + timedelta(days=day)) < target:
        candidates = [Candidate(at, str(at), believed.get(at, NewFact()), FORMS, str(at)) for at in range(facts)]
        chosen = plan_for_date(
            candidates, target=target, confusable=set(), minutes=minutes, now=now, settings=SETTINGS, rng=rng
        )
        for fact in chosen:
            state = believed.get(fact, NewFact())
            form = next_form(state, FORMS, None, SETTINGS).form
            knows = rng.random() < true_recall(truth.get(fact), now)
            right = knows or rng.random() < GUESS[form]
            truth[fact] = (*moved(truth.get(fact), now, knows=knows), now)
            answered = Answered(0, fact, now, 100 + day, form, "s", right, GUESS[form], unsure=False, grade=None,
                                prior=SETTINGS.prior)  # fmt: skip
            believed[fact] = review(state, answered, SETTINGS) or state
        day += 1
    return sum(true_recall(truth.get(fact), target) for fact in range(facts)) / facts


Trace = tuple[float, float, datetime]


def true_recall(trace: Trace | None, at: datetime) -> float:
    return SETTINGS.prior if trace is None else fsrs.recall(trace[0], (at - trace[2]) / DAY, SETTINGS.parameters)


def moved(trace: Trace | None, at: datetime, *, knows: bool) -> tuple[float, float]:
    grade = fsrs.GOOD if knows else fsrs.AGAIN
    if trace is None:
        return fsrs.initial(grade, SETTINGS.parameters)
    return fsrs.advance(trace[0], trace[1], (at - trace[2]) / DAY, grade, SETTINGS.parameters)
