"""Activity: the calendar of reviews and the run of days studied."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

LEVELS = 4
"""Shades of a day with reviews; 0 is a day without."""


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
    reviews: int
    days_studied: int
    most: int


@dataclass(frozen=True, slots=True)
class Streak:
    """Study days in a row: the run that is alive (it survives until today is over), and the longest ever."""

    current: int
    longest: int


def calendar(reviews: Mapping[date, int], today: date, *, weeks: int = 52) -> Calendar:
    """Lay out reviews per study day for the last `weeks` weeks."""
    monday = today - timedelta(days=today.weekday() + 7 * (weeks - 1))
    days = [monday + timedelta(days=number) for number in range((today - monday).days + 1)]
    counts = [reviews.get(day, 0) for day in days]
    most = max(counts)
    cells = [CalendarDay(day, count, _level(count, most)) for day, count in zip(days, counts, strict=True)]
    rows = tuple(tuple(cells[start : start + 7]) for start in range(0, len(cells), 7))
    return Calendar(rows, sum(counts), sum(count > 0 for count in counts), most)


def streak(days: Collection[date], today: date) -> Streak:
    """Count runs of consecutive days in `days`, the study days with at least one review."""
    longest = current = 0
    previous = None
    for day in sorted({day for day in days if day <= today}):
        current = current + 1 if previous is not None and day - previous == timedelta(days=1) else 1
        longest = max(longest, current)
        previous = day
    alive = previous is not None and today - previous <= timedelta(days=1)
    return Streak(current if alive else 0, longest)


def _level(count: int, most: int) -> int:
    return -(-count * LEVELS // most) if count else 0
