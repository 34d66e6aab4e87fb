"""The activity of a class: days, pace and risk."""

from datetime import date, timedelta
from typing import NamedTuple

import numpy as np
import pytest
from support.cohorts import NOW, Held, Pupil, gathered, pupils

from quizapp.core.insight.classactivity import NEVER, at_risk, class_days, level, pace, student_days

TODAY = NOW.date()


class Did(NamedTuple):
    learner: int
    day: date
    reviews: int = 10
    new: int = 0
    seconds: float = 300.0


def ago(days: int) -> date:
    return TODAY - timedelta(days=days)


def test_days_without_practice_stand_empty() -> None:
    found = class_days([Did(1, ago(1))], pupils(2), ago(2), TODAY)
    assert [(day.day, day.students, day.minutes) for day in found] == [
        (ago(2), 0, 0.0),
        (ago(1), 1, 5.0),
        (TODAY, 0, 0.0),
    ]


def test_four_private_students_leave_no_trace_on_a_day_and_five_do() -> None:
    people = pupils(7, private=5)
    totals = [Did(one.id, TODAY) for one in people]
    assert class_days(totals[:6], people, TODAY, TODAY)[0].students == 2
    assert class_days(totals, people, TODAY, TODAY)[0].students == 7


def test_a_day_taken_back_whole_does_not_count() -> None:
    people = pupils(1)
    assert class_days([Did(1, TODAY, reviews=0)], people, TODAY, TODAY)[0].students == 0
    (line,) = student_days([Did(1, TODAY, reviews=0)], people, {}, TODAY, TODAY)
    assert (line.practised, line.minutes) == (0, 0.0)


def test_a_private_student_has_a_line_without_days() -> None:
    lines = student_days([Did(1, TODAY), Did(2, TODAY)], pupils(2, private=1), {1: TODAY, 2: TODAY}, ago(1), TODAY)
    assert [(line.days, line.practised, line.last) for line in lines] == [((0.0, 5.0), 1, TODAY), ((), 0, None)]


@pytest.mark.parametrize(("minutes", "shade"), [(0.0, 0), (1.0, 1), (6.0, 2), (12.0, 3), (45.0, 4)])
def test_more_minutes_are_darker(minutes: float, shade: int) -> None:
    assert level(minutes, practised=minutes > 0) == shade


def test_quiet_weekdays_are_not_expected() -> None:
    people = [Pupil(1, "All week"), Pupil(2, "No weekends", quiet_weekdays="56")]
    cohort = gathered(people, {})
    totals = [Did(1, ago(1)), Did(2, ago(3)), Did(2, ago(2))]
    found = pace(totals, cohort, np.full((2, 6), [[0.9], [0.5]]), NOW - timedelta(days=7), NOW)
    assert found is not None
    assert (found.students, found.expected, found.practised, found.ready) == (2, 7.0, 1.0, 1)


def test_pace_leaves_private_students_out() -> None:
    assert pace([], gathered(pupils(2, private=2), {}), np.ones((2, 6)), NOW, NOW) is None


def test_who_practises_and_is_ready_is_not_at_risk() -> None:
    assert at_risk(gathered(pupils(1), {}), [], {1: ago(1)}, np.array([0.9]), NOW) == []


def test_each_reason_is_given() -> None:
    people = [
        Pupil(1, "Idle"), Pupil(2, "Never"), Pupil(3, "Low"), Pupil(4, "New", joined_at=NOW - timedelta(days=2)),
        Pupil(5, "All", private=True),
    ]  # fmt: skip
    shares = np.array([0.9, 0.5, 0.55, 0.9, 0.1])
    found = at_risk(gathered(people, {}), [], {1: ago(9), 3: ago(2)}, shares, NOW)
    assert [(risk.student.name, risk.idle, risk.share) for risk in found] == [
        ("Never", NEVER, 0.5),
        ("Low", None, 0.55),
        ("Idle", 9, None),
    ]


def test_a_pile_is_a_risk_only_while_it_grows() -> None:
    people = pupils(1)
    pile = {(1, fact): Held(due=-2.0) for fact in range(10, 16)}
    small = gathered(people, pile)
    assert at_risk(small, [], {1: TODAY}, None, NOW) == []


def test_a_large_pile_that_grows_is_a_risk(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("quizapp.core.insight.classactivity.PILE", 6)
    people = pupils(1)
    cohort = gathered(people, {(1, fact): Held(due=-2.0) for fact in range(10, 16)})
    (risk,) = at_risk(cohort, [Did(1, TODAY, reviews=5)], {1: TODAY}, None, NOW)
    assert risk.pile == 6
    assert at_risk(cohort, [Did(1, TODAY, reviews=6)], {1: TODAY}, None, NOW) == []
    suspended = gathered(people, {(1, fact): Held(due=-2.0) for fact in range(10, 16)}, suspended=[(1, 10)])
    assert at_risk(suspended, [], {1: TODAY}, None, NOW) == []
