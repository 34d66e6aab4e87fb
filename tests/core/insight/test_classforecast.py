"""The forecast of a class: dates, reteaching, and what came true."""

from datetime import date, timedelta
from typing import NamedTuple

import pytest
from support.cohorts import NOW, Held, gathered, pupils

from quizapp.core.insight.classforecast import RETAUGHT, by_topic, observed, outlook, track

FRESH, FADING = Held(stability=300, ago=1), Held(stability=2, ago=20)


class Given(NamedTuple):
    learner: int
    fact: int
    right: bool
    guess_rate: float = 0.0


class Made(NamedTuple):
    made_on: date
    topic: str
    predicted: float = 0.6
    low: float = 0.5
    high: float = 0.7
    students: int = 10


def answers(right: int, of: int, guess_rate: float = 0.0, students: int = 5) -> list[Given]:
    return [Given(1 + at % students, 10 + at % 6, at < right, guess_rate) for at in range(of)]


def test_a_class_without_anybody_has_no_forecast() -> None:
    found = outlook(gathered([], {}), 5.0, 10.0)
    assert (found.alone, found.practised, found.days, found.reteach) == (None, None, (), ())


def test_recall_falls_from_day_to_day_and_practice_lifts_it() -> None:
    people = pupils(6)
    found = outlook(gathered(people, {(one.id, fact): Held() for one in people for fact in range(10, 16)}), 20.0, 10.0)
    means = [share.mean for _day, share in found.days]
    assert means == sorted(means, reverse=True)
    assert (found.days[0][0], found.days[-1][0]) == (0.0, 20.0)
    assert found.alone is not None
    assert found.practised is not None
    assert means[-1] == pytest.approx(found.alone.mean)
    assert found.practised.mean > found.alone.mean


def test_a_fact_nobody_has_begun_counts_with_the_prior() -> None:
    found = outlook(gathered(pupils(3), {}, prior=0.4), 7.0, 0.0)
    assert found.alone is not None
    assert found.alone.mean == pytest.approx(0.4)
    assert found.begun == 0.0


def test_the_fact_that_is_fading_buys_most() -> None:
    people = pupils(4)
    held = {(one.id, fact): FADING if fact == 13 else FRESH for one in people for fact in range(10, 16)}
    found = outlook(gathered(people, held), 10.0, 5.0).reteach
    assert found[0].fact.id == 13
    assert len(found) <= RETAUGHT
    assert found[0].students == pytest.approx((found[0].after - found[0].before) * 4, abs=1e-5)
    assert [line.students for line in found] == sorted((line.students for line in found), reverse=True)


def test_topics_are_kept_under_their_keys_and_the_whole_under_none() -> None:
    people = pupils(3)
    found = by_topic(gathered(people, {(one.id, 10): FRESH for one in people}), 3.0)
    assert set(found) == {"", "bank/models", "bank"}
    assert found["bank/models"].mean > found["bank"].mean


def test_few_answers_are_not_enough_data() -> None:
    assert observed(answers(10, 19), range(10)) == (None, 19)


def test_what_was_guessed_is_not_counted_as_known() -> None:
    found, number = observed(answers(30, 40, guess_rate=0.25), range(10))
    assert number == 40
    assert found is not None
    assert found.mean == pytest.approx((30 / 40 - 0.25) / 0.75)
    assert found.students == 5
    assert found.low is not None
    assert found.low < found.mean


def test_only_forecasts_made_one_three_and_seven_days_before_are_held_to_account() -> None:
    cohort = gathered(pupils(6), {})
    due = NOW.date()
    made = [Made(due - timedelta(days=days), topic) for days in range(9) for topic in ("", "bank")]
    lines = track(made, answers(30, 60), due, cohort)
    assert [(line.made.topic, line.days_before) for line in lines] == [
        (topic, days) for topic in ("", "bank") for days in (1, 3, 7)
    ]
    assert lines[0].answers == 60
    assert lines[3].answers == 30


def test_a_private_students_answers_do_not_move_the_record_of_a_small_group() -> None:
    cohort = gathered(pupils(9, private=4), {})
    made = [Made(NOW.date() - timedelta(days=1), "")]
    shared = answers(30, 60)
    private = [Given(9, 10 + at % 6, right=False) for at in range(20)]
    assert track(made, shared, NOW.date(), cohort) == track(made, shared + private, NOW.date(), cohort)
