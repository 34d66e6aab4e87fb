"""The arithmetic agrees with published figures and with the reference package, and keeps its laws."""

import json
import random
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from fsrs import Card, Rating, Scheduler
from hypothesis import given, settings
from hypothesis import strategies as st

from quizapp.core.memory import fsrs
from quizapp.core.memory.model import DEFAULT_PARAMETERS

VECTORS: dict[str, Any] = {
    vector["name"]: vector
    for vector in json.loads((Path(__file__).parent / "vectors.json").read_text(encoding="utf-8"))["vectors"]
}
BEGIN = datetime(2026, 1, 1, 12, tzinfo=UTC)

grades = st.integers(1, 4)
stabilities = st.floats(0.001, 36500)
difficulties = st.floats(1, 10)
elapsed = st.floats(0, 40000)


def course_of(
    ratings: list[int], gaps: list[float], parameters: tuple[float, ...] = DEFAULT_PARAMETERS
) -> tuple[float, float]:
    state = fsrs.initial(ratings[0], parameters)
    for rating, gap in zip(ratings[1:], gaps[1:], strict=True):
        state = fsrs.advance(*state, gap, rating, parameters)
    return state


def reference_course(
    ratings: list[int], gaps: list[float], parameters: tuple[float, ...] = DEFAULT_PARAMETERS
) -> tuple[float, float]:
    scheduler = Scheduler(parameters=parameters, learning_steps=(), relearning_steps=(), enable_fuzzing=False)
    card, at = Card(), BEGIN
    for rating, gap in zip(ratings, [0.0, *gaps[1:]], strict=True):
        at += timedelta(days=gap)
        card, _ = scheduler.review_card(card, Rating(rating), at)
    assert card.stability is not None
    assert card.difficulty is not None
    return card.stability, card.difficulty


def random_parameters(chance: random.Random) -> tuple[float, ...]:
    """Weights around the defaults, inside the reference's bounds, first stabilities rising."""
    moved = [weight * chance.uniform(0.8, 1.2) for weight in DEFAULT_PARAMETERS]
    moved[7] = max(moved[7], 0.001)
    return tuple(moved)


@pytest.mark.parametrize(
    "name", ["default_params_sequence_good_again_relearn_good", "short_term_frozen", "fsrs5_params_19_filled"]
)
def test_published_sequences_end_in_the_published_state(name: str) -> None:
    vector = VECTORS[name]
    stability, difficulty = course_of(vector["ratings"], vector["delta_days"], tuple(vector["parameters"]))
    assert stability == pytest.approx(vector["expect_final"]["stability"], abs=vector["tolerance"])
    assert difficulty == pytest.approx(vector["expect_final"]["difficulty"], abs=vector["tolerance"])


def test_the_four_next_states_are_the_published_ones() -> None:
    vector = VECTORS["fsrs5_params_19_filled"]
    parameters, expected = tuple(vector["parameters"]), vector["next_states_after_first_4_at_delta_21"]
    state = course_of(vector["ratings"][:4], vector["delta_days"][:4], parameters)
    for grade, name in enumerate(("again", "hard", "good", "easy"), 1):
        stability, difficulty = fsrs.advance(*state, 21, grade, parameters)
        days = fsrs.interval(stability, expected["retention"], parameters)
        assert stability == pytest.approx(expected[name]["stability"], abs=vector["tolerance"])
        assert difficulty == pytest.approx(expected[name]["difficulty"], abs=vector["tolerance"])
        assert days == pytest.approx(expected[name]["interval"], abs=vector["tolerance"])


def test_a_history_with_learning_steps_has_the_published_intervals() -> None:
    vector = VECTORS["interval_history_with_learning_steps_no_fuzz"]
    state, shown, step = (0.0, 0.0), [], 0
    gap = 0.0
    for number, rating in enumerate(vector["ratings"]):
        if number == 0:
            state = fsrs.initial(rating, DEFAULT_PARAMETERS)
        else:
            state = fsrs.advance(*state, gap, rating, DEFAULT_PARAMETERS)
        step = 1 if number == 0 or rating == 1 else 0
        days = 0 if step else max(1, round(fsrs.interval(state[0], vector["retention"], DEFAULT_PARAMETERS)))
        shown.append(days)
        gap = days or 10 / 1440
    assert shown == vector["expect_interval_days"]


def test_first_reviews_give_the_published_states() -> None:
    expected = VECTORS["first_review_states"]["expect"]
    for grade in range(1, 5):
        stability, difficulty = fsrs.initial(grade, DEFAULT_PARAMETERS)
        assert stability == pytest.approx(expected["stability"][grade - 1], abs=1e-7)
        assert difficulty == pytest.approx(expected["difficulty"][grade - 1], abs=1e-7)


def test_intervals_by_retention_are_the_published_ones() -> None:
    vector = VECTORS["next_interval_by_retention"]
    days = [max(1, round(fsrs.interval(1.0, wanted, DEFAULT_PARAMETERS))) for wanted in vector["retention"]]
    assert days[1:] == vector["expect_interval_rounded_min1"][1:]
    assert days[0] == pytest.approx(vector["expect_interval_rounded_min1"][0], rel=1e-4)


def test_recall_falls_as_published() -> None:
    vector = VECTORS["retrievability"]
    parameters = (*DEFAULT_PARAMETERS[:20], vector["decay"])
    for days, expected in zip(vector["elapsed_days"], vector["expect"], strict=True):
        assert fsrs.recall(vector["stability"], days, parameters) == pytest.approx(expected, abs=vector["tolerance"])


@pytest.mark.parametrize("number", range(4))
def test_single_steps_are_the_published_ones(number: int) -> None:
    vector = VECTORS["single_step_functions"]
    success, failure, close = (
        vector[part] for part in ("stability_after_success", "stability_after_failure", "short_term")
    )
    days = fsrs.interval(5.0, success["retrievability"][number], DEFAULT_PARAMETERS)
    grade, difficulty = success["rating"][number], float(success["difficulty"][number])
    tolerance = vector["tolerance"]
    recalled, _ = fsrs.advance(5.0, difficulty, days, grade, DEFAULT_PARAMETERS)
    forgotten, _ = fsrs.advance(5.0, difficulty, days, 1, DEFAULT_PARAMETERS)
    same_day, harder = fsrs.advance(5.0, 5.0, 0.5, grade, DEFAULT_PARAMETERS)
    if grade > 1:
        assert recalled == pytest.approx(success["expect"][number], abs=tolerance)
    assert forgotten == pytest.approx(failure["expect"][number], abs=tolerance)
    assert same_day == pytest.approx(close["expect"][number], abs=tolerance)
    assert harder == pytest.approx(vector["next_difficulty"]["expect"][number], abs=tolerance)


@pytest.mark.parametrize("case", VECTORS["memory_state_from_sm2"]["cases"])
def test_sm2_cards_are_estimated_as_published(case: dict[str, float]) -> None:
    stability, difficulty = fsrs.from_sm2(case["ease"], case["interval"], case["sm2_retention"], DEFAULT_PARAMETERS)
    assert stability == pytest.approx(case["stability"], abs=1e-3)
    assert difficulty == pytest.approx(case["difficulty"], abs=1e-3)


def test_three_thousand_random_histories_agree_with_the_reference() -> None:
    chance = random.Random(20260101)
    for number in range(3000):
        parameters = DEFAULT_PARAMETERS if number % 2 else random_parameters(chance)
        length = chance.randint(1, 12)
        ratings = [chance.randint(1, 4) for _ in range(length)]
        gaps = [float(chance.choice((0, 0, 1, 2, 3, 5, 8, 21, 60, 400))) for _ in range(length)]
        ours, theirs = course_of(ratings, gaps, parameters), reference_course(ratings, gaps, parameters)
        if theirs[0] < fsrs.MOST_STABILITY / 2:
            assert ours == pytest.approx(theirs, rel=1e-9), (ratings, gaps, parameters)


@settings(max_examples=200)
@given(st.lists(st.tuples(grades, st.integers(0, 200)), min_size=1, max_size=10))
def test_any_history_agrees_with_the_reference(history: list[tuple[int, int]]) -> None:
    ratings, gaps = [rating for rating, _ in history], [float(gap) for _, gap in history]
    ours, theirs = course_of(ratings, gaps), reference_course(ratings, gaps)
    assert ours[0] == pytest.approx(min(theirs[0], fsrs.MOST_STABILITY), rel=1e-9)
    assert ours[1] == pytest.approx(theirs[1], rel=1e-9)


@given(stabilities)
def test_the_interval_at_90_percent_retention_is_the_stability(stability: float) -> None:
    assert fsrs.interval(stability, 0.9, DEFAULT_PARAMETERS) == pytest.approx(stability)


@given(st.floats(0.01, 1000), st.floats(0.5, 0.99))
def test_recall_at_the_end_of_the_interval_is_the_wanted_retention(stability: float, retention: float) -> None:
    days = fsrs.interval(stability, retention, DEFAULT_PARAMETERS)
    assert fsrs.recall(stability, days, DEFAULT_PARAMETERS) == pytest.approx(retention)


@given(stabilities, st.lists(elapsed, min_size=2, max_size=5))
def test_recall_never_rises_with_time(stability: float, times: list[float]) -> None:
    kept = [fsrs.recall(stability, days, DEFAULT_PARAMETERS) for days in sorted(times)]
    assert all(later <= earlier for earlier, later in pairwise(kept))
    assert all(0 < share <= 1 for share in kept)


@given(stabilities, difficulties, elapsed)
def test_again_never_raises_stability_nor_lowers_difficulty(stability: float, difficulty: float, days: float) -> None:
    after, harder = fsrs.advance(stability, difficulty, days, 1, DEFAULT_PARAMETERS)
    assert after <= stability
    assert harder >= difficulty - 0.02  # mean reversion pulls a little from the top


@given(stabilities, difficulties, elapsed, st.integers(2, 4))
def test_success_never_lowers_stability(stability: float, difficulty: float, days: float, grade: int) -> None:
    after, _ = fsrs.advance(stability, difficulty, days, grade, DEFAULT_PARAMETERS)
    assert after >= stability


@given(stabilities, difficulties, elapsed)
def test_a_better_grade_never_leaves_less_stability(stability: float, difficulty: float, days: float) -> None:
    after = [fsrs.advance(stability, difficulty, days, grade, DEFAULT_PARAMETERS)[0] for grade in (1, 2, 3, 4)]
    assert after == sorted(after)


@given(stabilities, difficulties, elapsed, grades)
def test_states_stay_within_their_bounds(stability: float, difficulty: float, days: float, grade: int) -> None:
    after, level = fsrs.advance(stability, difficulty, days, grade, DEFAULT_PARAMETERS)
    assert fsrs.LEAST_STABILITY <= after <= fsrs.MOST_STABILITY
    assert fsrs.LEAST_DIFFICULTY <= level <= fsrs.MOST_DIFFICULTY
