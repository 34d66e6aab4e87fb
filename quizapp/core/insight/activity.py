"""Activity: the calendar of reviews, days in a row, and how long answers take."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from math import ceil

from quizapp.core.insight.model import Day
from quizapp.core.memory.days import ONE_DAY

LEVELS = 4
"""Shades of a day with reviews; 0 is a day without."""

LOOK_BACK = timedelta(days=400)
"""Days in a row and a learner's pace are taken from no further back than this."""

USUAL_SECONDS = 14.0
PACE_FROM = 20
"""A learner's own seconds an answer are used from so many answers on, the usual ones before."""

WEEK = 7


@dataclass(frozen=True, slots=True)
class CalendarDay:
    """Reviews on one study day; `level` 0-4 shades it against the busiest day shown."""

    day: date
    reviews: int
    level: int


@dataclass(frozen=True, slots=True)
class Calendar:
    """Weeks from Monday to Sunday, oldest first; the last ends today. `most` is the busiest day's count."""

    weeks: tuple[tuple[CalendarDay, ...], ...]
    most: int


def calendar(reviews: Mapping[date, int], today: date, *, weeks: int = 52) -> Calendar:
    """Lay out reviews per study day for the last `weeks` weeks."""
    monday = today - timedelta(days=today.weekday() + 7 * (weeks - 1))
    days = [monday + timedelta(days=number) for number in range((today - monday).days + 1)]
    counts = [reviews.get(day, 0) for day in days]
    most = max(counts)
    cells = [CalendarDay(day, count, _level(count, most)) for day, count in zip(days, counts, strict=True)]
    return Calendar(tuple(tuple(cells[start : start + 7]) for start in range(0, len(cells), 7)), most)


def streak(days: Collection[date], today: date, quiet_weekdays: Collection[int] = ()) -> int:
    """Count the study days in a row up to today or yesterday; a quiet weekday (Monday 0) breaks nothing."""
    quiet = frozenset(quiet_weekdays)
    day = today if today in days else today - ONE_DAY
    count = 0
    while day in days or (day.weekday() in quiet and len(quiet) < WEEK):
        count += day in days
        day -= ONE_DAY
    return count


def minutes_for(answers: int, days: Iterable[Day]) -> int:
    """Estimate how many minutes so many answers take, at the learner's own pace where it is known."""
    seconds, given = 0.0, 0
    for day in days:
        seconds += day.seconds
        given += day.reviews
    pace = seconds / given if given >= PACE_FROM and seconds > 0.0 else USUAL_SECONDS
    return ceil(answers * pace / 60)


def _level(count: int, most: int) -> int:
    return -(-count * LEVELS // most) if count else 0
