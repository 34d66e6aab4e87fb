"""A study day turns at four o'clock where the learner lives, whatever clocks do."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizapp.core.memory.days import day_starts, study_day, utc

STOCKHOLM = "Europe/Stockholm"
ZONES = (
    STOCKHOLM,
    "Pacific/Apia",
    "UTC",
    "America/New_York",
    "Asia/Kathmandu",
    "Antarctica/Troll",
    "Pacific/Kiritimati",
)

instants = st.datetimes(datetime(2005, 1, 1), datetime(2035, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001  bounds


def test_a_naive_time_is_refused() -> None:
    naive = datetime(2026, 3, 1, 12)  # noqa: DTZ001  the wrong kind on purpose
    with pytest.raises(ValueError, match="zone"):
        study_day(naive, "UTC")
    with pytest.raises(ValueError, match="zone"):
        utc(naive)


def test_an_unknown_zone_is_refused() -> None:
    with pytest.raises(ZoneInfoNotFoundError):
        study_day(datetime(2026, 3, 1, 12, tzinfo=UTC), "Mars/Olympus")


def test_another_zone_becomes_utc() -> None:
    local = datetime(2026, 7, 1, 12, tzinfo=ZoneInfo(STOCKHOLM))
    assert utc(local) == datetime(2026, 7, 1, 10, tzinfo=UTC)
    assert utc(local).tzinfo is UTC


@pytest.mark.parametrize(
    ("local", "day"),
    [
        (datetime(2026, 1, 10, 3, 59, 59), date(2026, 1, 9)),  # noqa: DTZ001  made aware below
        (datetime(2026, 1, 10, 4, 0), date(2026, 1, 10)),  # noqa: DTZ001 -- local times, as clocks show them
        (datetime(2026, 1, 10, 23, 59), date(2026, 1, 10)),  # noqa: DTZ001 -- local times, as clocks show them
        (datetime(2026, 3, 29, 1, 59), date(2026, 3, 28)),  # noqa: DTZ001  an hour before clocks go forward
        (datetime(2026, 3, 29, 3, 30), date(2026, 3, 28)),  # noqa: DTZ001  right after it
        (datetime(2026, 3, 29, 4, 0), date(2026, 3, 29)),  # noqa: DTZ001 -- local times, as clocks show them
        (datetime(2026, 10, 25, 2, 30, fold=1), date(2026, 10, 24)),  # noqa: DTZ001  the hour that comes twice
        (datetime(2026, 10, 25, 4, 0), date(2026, 10, 25)),  # noqa: DTZ001 -- local times, as clocks show them
    ],
)
def test_before_four_it_is_still_yesterday(local: datetime, day: date) -> None:
    assert study_day(local.replace(tzinfo=ZoneInfo(STOCKHOLM)), STOCKHOLM) == day


def test_days_of_clock_changes_last_23_and_25_hours() -> None:
    spring = day_starts(date(2026, 3, 29), STOCKHOLM) - day_starts(date(2026, 3, 28), STOCKHOLM)
    autumn = day_starts(date(2026, 10, 25), STOCKHOLM) - day_starts(date(2026, 10, 24), STOCKHOLM)
    assert (spring, autumn) == (timedelta(hours=23), timedelta(hours=25))


def test_a_day_that_was_skipped_at_the_date_line_is_empty() -> None:
    eve = day_starts(date(2011, 12, 30), "Pacific/Apia")
    assert eve == day_starts(date(2011, 12, 31), "Pacific/Apia")
    assert study_day(eve - timedelta(seconds=1), "Pacific/Apia") == date(2011, 12, 29)
    assert study_day(eve, "Pacific/Apia") == date(2011, 12, 31)


def test_a_turn_inside_a_repeated_hour_counts_once() -> None:
    first = day_starts(date(2026, 10, 25), STOCKHOLM, 2)
    assert [study_day(first + timedelta(minutes=m), STOCKHOLM, 2) for m in (-1, 0, 59, 61, 121)] == [
        date(2026, 10, 24),
        *[date(2026, 10, 25)] * 4,
    ]


@given(instants, st.sampled_from(ZONES), st.integers(0, 6))
def test_an_instant_lies_between_the_start_of_its_day_and_the_next(at: datetime, zone: str, turn: int) -> None:
    day = study_day(at, zone, turn)
    assert day_starts(day, zone, turn) <= at < day_starts(day + timedelta(days=1), zone, turn)


@given(instants, st.timedeltas(timedelta(0), timedelta(days=3)), st.sampled_from(ZONES), st.integers(0, 6))
def test_study_days_never_run_backwards(at: datetime, later: timedelta, zone: str, turn: int) -> None:
    assert study_day(at, zone, turn) <= study_day(at + later, zone, turn)
