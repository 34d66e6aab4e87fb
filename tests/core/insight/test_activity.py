"""The calendar, the run of days, and the pace."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from quizapp.core.insight.activity import calendar, minutes_for, streak
from quizapp.core.insight.model import Day

TODAY = date(2026, 3, 4)  # a Wednesday

days = st.integers(0, 400).map(lambda ago: TODAY - timedelta(days=ago))


def ago(*numbers: int) -> set[date]:
    return {TODAY - timedelta(days=number) for number in numbers}


def test_an_empty_calendar_has_its_weeks_and_no_shade() -> None:
    shown = calendar({}, TODAY)
    assert len(shown.weeks) == 52
    assert shown.most == 0
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
    assert sum(day.reviews for day in cells) == sum(count for day, count in reviews.items() if day >= cells[0].day)
    assert shown.most == max(day.reviews for day in cells)
    assert all((day.level > 0) == (day.reviews > 0) and day.level <= 4 for day in cells)


class TestStreak:
    """Days in a row."""

    def test_who_never_studied_has_none(self) -> None:
        assert streak(set(), TODAY) == 0

    def test_it_counts_back_from_today_or_yesterday(self) -> None:
        assert streak(ago(0, 1, 2, 4), TODAY) == 3
        assert streak(ago(1, 2), TODAY) == 2
        assert streak(ago(2, 3), TODAY) == 0

    def test_a_quiet_weekday_breaks_nothing_and_counts_nothing(self) -> None:
        assert TODAY.weekday() == 2
        assert streak(ago(0, 1, 2, 4), TODAY, {6}) == 4
        assert streak(ago(0, 1, 2, 4), TODAY, {5}) == 3

    def test_a_week_of_quiet_days_ends_it(self) -> None:
        assert streak(ago(0, 30), TODAY, range(7)) == 1

    @given(st.sets(days))
    def test_it_is_never_longer_than_the_days_studied(self, studied: set[date]) -> None:
        found = streak(studied, TODAY)
        assert found <= len(studied)
        assert (found > 0) == bool(studied & ago(0, 1))


def test_minutes_follow_the_learners_own_pace_once_it_is_known() -> None:
    slow = [Day(TODAY, 30, 20, 3, 30 * 60.0)]
    assert minutes_for(10, slow) == 10
    assert minutes_for(10, [Day(TODAY, 3, 2, 3, 180.0)]) == 3
    assert minutes_for(0, slow) == 0
