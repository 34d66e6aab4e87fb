"""The numbers of a learner's pages: where each bank stands, recall to come, what is due when, days in a row."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from math import ceil
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from quizapp.core.insight.recall import KNOWN_RECALL, KNOWN_STABILITY
from quizapp.core.items.model import ChoiceItem, Item, MatchingItem, TrueFalseItem
from quizapp.core.memory.days import ONE_DAY, day_starts, study_day
from quizapp.core.memory.model import Settings

USUAL_SECONDS = 14.0
PACE_FROM = 20
"""A learner's own seconds an answer are used from so many answers on, the usual ones before."""

WEEK = 7

LONGEST_STREAK = timedelta(days=400)
"""Days in a row are counted no further back than this."""


class Kept(NamedTuple):
    """One fact with what a learner keeps of it; stability in days, instants aware UTC."""

    fact: int
    bank: int
    key: str
    stability: float
    difficulty: float
    reviewed_at: datetime
    due_at: datetime
    reviews: int
    lapses: int
    failed_last: bool
    suspended: bool


class Size(NamedTuple):
    """A published bank and how many facts it has."""

    id: int
    key: str
    title: str
    version_id: int
    facts: int


class Day(NamedTuple):
    """What a learner did on one study day."""

    day: date
    reviews: int
    right: int
    new: int
    seconds: float


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a learner stands in one bank; `recall` is the mean predicted recall of the facts begun, None before any.

    `fresh`, `learning` and `known` add up to `total`. `due` leaves suspended facts out.
    """

    bank: Size
    fresh: int
    learning: int
    known: int
    due: int
    recall: float | None

    @property
    def total(self) -> int:
        """Count the facts of the bank."""
        return self.fresh + self.learning + self.known

    @property
    def begun(self) -> int:
        """Count the facts that were asked at least once."""
        return self.learning + self.known


def standings(
    banks: Iterable[Size], memories: Iterable[Kept], now: datetime, settings: Settings
) -> tuple[Standing, ...]:
    """Tell where a learner stands in each bank, in the order of `banks`."""
    by_bank: defaultdict[int, list[Kept]] = defaultdict(list)
    for kept in memories:
        by_bank[kept.bank].append(kept)
    return tuple(_standing(bank, by_bank.get(bank.id, []), now, settings) for bank in banks)


def recalls(memories: Sequence[Kept], at: datetime, settings: Settings) -> NDArray[np.float64]:
    """Predict the recall in (0, 1] of each fact at an instant: `scheduling.recall_at` for many at once."""
    stability = np.array([kept.stability for kept in memories])
    return _recall(stability, _elapsed(memories, at, settings), settings)


def mean_recall(memories: Sequence[Kept], at: datetime, settings: Settings) -> float | None:
    """Give the mean predicted recall at an instant, None without memories."""
    return float(recalls(memories, at, settings).mean()) if memories else None


def recall_ahead(memories: Sequence[Kept], now: datetime, days: int, settings: Settings) -> list[float]:
    """Give the mean predicted recall now and after each further whole day, `days` values, if nobody studies."""
    if not memories:
        return []
    stability = np.array([kept.stability for kept in memories])
    ahead = np.arange(days, dtype=np.float64)[:, None]
    elapsed = _elapsed(memories, now, settings) + ahead
    means: list[float] = _recall(stability, elapsed, settings).mean(axis=1).tolist()
    return means


def due_by_day(memories: Iterable[Kept], now: datetime, settings: Settings, days: int) -> list[tuple[date, int]]:
    """Count the facts that fall due on each of the next `days` study days; what is overdue counts today."""
    today = study_day(now, settings.zone, settings.day_turn)
    counts: Counter[date] = Counter()
    for due_at, facts in Counter(kept.due_at for kept in memories if not kept.suspended).items():
        counts[max(today, study_day(due_at, settings.zone, settings.day_turn))] += facts
    return [(today + timedelta(ahead), counts[today + timedelta(ahead)]) for ahead in range(days)]


def next_due(memories: Iterable[Kept], now: datetime) -> tuple[datetime, int] | None:
    """Find when the next facts fall due after `now`, and how many do at that moment; None where none ever do."""
    later = Counter(kept.due_at for kept in memories if kept.due_at > now and not kept.suspended)
    return min(later.items()) if later else None


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


def hardest(memories: Iterable[Kept], count: int) -> list[Kept]:
    """Give the facts that cost most: those forgotten most often, then the most difficult."""
    hard = [kept for kept in memories if kept.lapses or kept.failed_last]
    return sorted(hard, key=lambda kept: (-kept.lapses, -kept.difficulty, kept.fact))[:count]


def by_key(memories: Iterable[Kept]) -> Mapping[str, Kept]:
    """Index the memories of one bank by fact key."""
    return {kept.key: kept for kept in memories}


def chance_points(items: Iterable[Item]) -> float:
    """Expect the points of somebody who guesses every question blindly.

    A choice of k gives 1/k, a sentence to judge 1/2, a typed answer nothing. A matching item gives 1/m for m responses:
    each premise meets each response equally often, whether responses are reusable or used once.
    """
    points = 0.0
    for item in items:
        match item:
            case ChoiceItem(options=options):
                points += 1 / len(options)
            case TrueFalseItem():
                points += 1 / 2
            case MatchingItem(responses=responses):
                points += 1 / len(responses)
            case _:
                pass
    return points


def _standing(bank: Size, memories: Sequence[Kept], now: datetime, settings: Settings) -> Standing:
    shares = recalls(memories, now, settings).tolist()
    known = sum(_is_known(kept, share) for kept, share in zip(memories, shares, strict=True))
    return Standing(
        bank=bank,
        fresh=max(0, bank.facts - len(memories)),
        learning=len(memories) - known,
        known=known,
        due=sum(kept.due_at <= now and not kept.suspended for kept in memories),
        recall=sum(shares) / len(shares) if shares else None,
    )


def _is_known(kept: Kept, recall: float) -> bool:
    return kept.stability >= KNOWN_STABILITY and recall >= KNOWN_RECALL and not kept.failed_last


def _elapsed(memories: Sequence[Kept], at: datetime, settings: Settings) -> NDArray[np.float64]:
    """Give days since the last review: true time, but at least one where a study day has turned."""
    today = day_starts(study_day(at, settings.zone, settings.day_turn), settings.zone, settings.day_turn)
    elapsed = np.array([(at - kept.reviewed_at) / ONE_DAY for kept in memories])
    before_today = np.array([kept.reviewed_at < today for kept in memories], dtype=np.bool_)
    days: NDArray[np.float64] = np.where(before_today, np.maximum(elapsed, 1.0), np.maximum(elapsed, 0.0))
    return days


def _recall(stability: NDArray[np.float64], elapsed: NDArray[np.float64], settings: Settings) -> NDArray[np.float64]:
    decay = -settings.parameters[20]
    factor = 0.9 ** (1.0 / decay) - 1.0
    shares: NDArray[np.float64] = (1.0 + factor * elapsed / stability) ** decay
    return shares
