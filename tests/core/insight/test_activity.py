"""The calendar and the run of days."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from quizapp.core.insight.activity import Streak, calendar, streak

TODAY = date(2026, 3, 4)  # a Wednesday

days = st.integers(0, 400).map(lambda ago: TODAY - timedelta(days=ago))


def ago(*numbers: int) -> list[date]:
    return [TODAY - timedelta(days=number) for number in numbers]


def test_an_empty_calendar_has_its_weeks_and_no_shade() -> None:
    shown = calendar({}, TODAY)
    assert len(shown.weeks) == 52
    assert (shown.reviews, shown.days_studied, shown.most) == (0, 0, 0)
    assert {day.level for week in shown.weeks for day in week} == {0}


def test_weeks_begin_on_monday_and_the_last_ends_today() -> None:
    shown = calendar({TODAY: 3}, TODAY)
    assert all(week[0].day.weekday() == 0 for week in shown.weeks)
    assert all(len(week) == 7 for week in shown.weeks[:-1])
    assert shown.weeks[-1][-1].day == TODAY


def test_days_are_shaded_against_the_busiest() -> None:
    shown = calendar({TODAY: 100, TODAY - timedelta(days=1): 1, TODAY - timedelta(days=2): 50}, TODAY)
    assert [day.level for day in shown.weeks[-1]] == [2, 1, 4]


@given(st.dictionaries(days, st.integers(0, 50)))
def test_the_calendar_counts_what_it_shows(reviews: dict[date, int]) -> None:
    shown = calendar(reviews, TODAY)
    cells = [day for week in shown.weeks for day in week]
    assert shown.reviews == sum(day.reviews for day in cells)
    assert shown.reviews == sum(count for day, count in reviews.items() if day >= cells[0].day)
    assert all((day.level > 0) == (day.reviews > 0) and day.level <= 4 for day in cells)


def test_who_never_studied_has_no_streak() -> None:
    assert streak([], TODAY) == Streak(0, 0)


def test_a_streak_lives_until_today_is_over() -> None:
    assert streak(ago(1, 2, 3), TODAY) == Streak(3, 3)
    assert streak(ago(0, 1, 2, 3), TODAY) == Streak(4, 4)
    assert streak(ago(2, 3), TODAY) == Streak(0, 2)


def test_the_longest_run_is_kept() -> None:
    assert streak(ago(0, 10, 11, 12, 13, 30), TODAY) == Streak(1, 4)


@given(st.lists(days))
def test_the_current_run_is_never_longer_than_the_longest(studied: list[date]) -> None:
    found = streak(studied, TODAY)
    assert 0 <= found.current <= found.longest <= len(set(studied))
