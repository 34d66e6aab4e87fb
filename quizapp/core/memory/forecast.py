"""Forecast: what falls due in the coming days, and how much will be recalled."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from math import sqrt

from quizapp.core.memory.days import ONE_DAY, day_starts, study_day, utc
from quizapp.core.memory.model import Memory, Settings
from quizapp.core.memory.scheduling import recall_at

LOST = 0.7
"""A fact whose recall is lower counts as slipping away."""

NORMAL_95 = 1.96


@dataclass(frozen=True, slots=True)
class DueDay:
    """How many facts fall due on a study day; what is overdue is due today."""

    day: date
    due: int


@dataclass(frozen=True, slots=True)
class ExpectedRecall:
    """Mean predicted recall of `n` facts with its 95 % interval, and the share of them under 70 %; all in [0, 1]."""

    n: int
    mean: float
    low: float
    high: float
    slipping: float


def due_per_day(memories: Iterable[Memory], now: datetime, settings: Settings, *, days: int = 30) -> tuple[DueDay, ...]:
    """Count the facts that fall due today and on each of the next days, `days` study days in all.

    Each fact counts once, on its next due day: what it will cost after that depends on the answer.
    """
    today = study_day(now, settings.zone, settings.day_turn)
    counts = Counter(max(study_day(memory.due_at, settings.zone, settings.day_turn), today) for memory in memories)
    shown = (today + timedelta(days=ahead) for ahead in range(days))
    return tuple(DueDay(day, counts[day]) for day in shown)


def expected_recall(memories: Iterable[Memory], at: datetime, settings: Settings) -> ExpectedRecall | None:
    """Expect how much of these facts is recalled at an instant if nobody studies; None without facts.

    Each fact is an independent draw with its predicted recall p: the interval is mean +- 1.96 sqrt(sum p (1 - p)) / n.
    """
    at = utc(at)
    shares = [recall_at(memory, at, settings) for memory in memories]
    if not shares:
        return None
    n = len(shares)
    mean = sum(shares) / n
    half = NORMAL_95 * sqrt(sum(share * (1.0 - share) for share in shares)) / n
    slipping = sum(share < LOST for share in shares) / n
    return ExpectedRecall(n, mean, max(mean - half, 0.0), min(mean + half, 1.0), slipping)


def recall_by_day(
    memories: Iterable[Memory], now: datetime, settings: Settings, *, days: int = 30
) -> tuple[tuple[date, ExpectedRecall], ...]:
    """Expect recall now and at noon of each following study day, `days` in all, if nobody studies."""
    kept = tuple(memories)
    today = study_day(now, settings.zone, settings.day_turn)
    found = []
    for ahead in range(days):
        day = today + timedelta(days=ahead)
        noon = day_starts(day, settings.zone, settings.day_turn) + ONE_DAY / 3
        expected = expected_recall(kept, noon if ahead else now, settings)
        if expected is not None:
            found.append((day, expected))
    return tuple(found)
