"""Forecast: how much of many facts is recalled now and will be, and what falls due when; all facts at once."""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from quizapp.core.memory.days import ONE_DAY, day_starts, study_day
from quizapp.core.memory.model import Settings


class Remembered(Protocol):
    """What a forecast needs to know of a fact: stability in days, instants aware UTC."""

    @property
    def stability(self) -> float:
        """Time until recall falls to 0.9."""

    @property
    def reviewed_at(self) -> datetime:
        """The last review."""

    @property
    def due_at(self) -> datetime:
        """When it is to be asked again."""


def recalls(memories: Sequence[Remembered], at: datetime, settings: Settings) -> NDArray[np.float64]:
    """Predict the recall in (0, 1] of each fact at an instant: `scheduling.recall_at` for many at once."""
    return _recall(_stability(memories), _elapsed(memories, at, settings), settings)


def mean_recall(memories: Sequence[Remembered], at: datetime, settings: Settings) -> float | None:
    """Give the mean predicted recall at an instant, None without memories."""
    return float(recalls(memories, at, settings).mean()) if memories else None


def recall_ahead(memories: Sequence[Remembered], now: datetime, days: int, settings: Settings) -> list[float]:
    """Give the mean predicted recall now and after each further whole day, `days` values, if nobody studies."""
    if not memories:
        return []
    ahead = np.arange(days, dtype=np.float64)[:, None]
    elapsed = _elapsed(memories, now, settings) + ahead
    means: list[float] = _recall(_stability(memories), elapsed, settings).mean(axis=1).tolist()
    return means


def due_by_day(memories: Iterable[Remembered], now: datetime, settings: Settings, days: int) -> list[tuple[date, int]]:
    """Count the facts that fall due on each of the next `days` study days; what is overdue counts today.

    Each fact counts once, on its next due day: what it will cost after that depends on the answer.
    """
    today = study_day(now, settings.zone, settings.day_turn)
    counts: Counter[date] = Counter()
    for due_at, facts in Counter(memory.due_at for memory in memories).items():
        counts[max(today, study_day(due_at, settings.zone, settings.day_turn))] += facts
    return [(today + timedelta(ahead), counts[today + timedelta(ahead)]) for ahead in range(days)]


def next_due(memories: Iterable[Remembered], now: datetime) -> tuple[datetime, int] | None:
    """Find when the next facts fall due after `now`, and how many do at that moment; None where none ever do."""
    later = Counter(memory.due_at for memory in memories if memory.due_at > now)
    return min(later.items()) if later else None


def _stability(memories: Sequence[Remembered]) -> NDArray[np.float64]:
    return np.array([memory.stability for memory in memories], dtype=np.float64)


def _elapsed(memories: Sequence[Remembered], at: datetime, settings: Settings) -> NDArray[np.float64]:
    """Give days since the last review as `scheduling.elapsed_days` does, at least one where a study day has turned."""
    today = day_starts(study_day(at, settings.zone, settings.day_turn), settings.zone, settings.day_turn)
    elapsed = np.array([(at - memory.reviewed_at) / ONE_DAY for memory in memories], dtype=np.float64)
    before_today = np.array([memory.reviewed_at < today for memory in memories], dtype=np.bool_)
    days: NDArray[np.float64] = np.where(before_today, np.maximum(elapsed, 1.0), np.maximum(elapsed, 0.0))
    return days


def _recall(stability: NDArray[np.float64], elapsed: NDArray[np.float64], settings: Settings) -> NDArray[np.float64]:
    """Apply the formula of `fsrs.recall` to arrays."""
    decay = -settings.parameters[20]
    factor = 0.9 ** (1.0 / decay) - 1.0
    shares: NDArray[np.float64] = (1.0 + factor * elapsed / stability) ** decay
    return shares
