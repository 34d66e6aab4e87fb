"""Trouble: the hardest facts, and what is mixed up with what."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from quizapp.core.insight.model import Kept


@dataclass(frozen=True, slots=True)
class ConfusedPair:
    """Two facts mixed up `times` times, either way round; the first has the lower id."""

    first: int
    second: int
    times: int


def hardest(memories: Iterable[Kept], count: int) -> list[Kept]:
    """Give the facts that cost most: those forgotten most often, then the most difficult."""
    hard = [kept for kept in memories if kept.lapses or kept.failed_last]
    return sorted(hard, key=lambda kept: (-kept.lapses, -kept.difficulty, kept.fact))[:count]


def confused_pairs(confusions: Iterable[tuple[int, int, int]], count: int) -> list[ConfusedPair]:
    """Rank pairs by how often they were mixed up, given as (fact asked, fact whose value was given, times)."""
    counts: Counter[tuple[int, int]] = Counter()
    for asked, given, times in confusions:
        if asked != given:
            counts[min(asked, given), max(asked, given)] += times
    pairs = [ConfusedPair(*pair, times) for pair, times in counts.items()]
    return sorted(pairs, key=lambda pair: (-pair.times, pair.first, pair.second))[:count]
