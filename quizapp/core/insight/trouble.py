"""Trouble: the hardest facts, and what is mixed up with what."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from quizapp.core.memory.model import Memory, Settings
from quizapp.core.memory.scheduling import recall_at

SEEN_ENOUGH = 2
"""A fact can be called hard from so many reviews on."""


@dataclass(frozen=True, slots=True)
class HardFact:
    """A fact that is hard to keep; difficulty in [1, 10], recall now in [0, 1]."""

    fact: int
    reviews: int
    lapses: int
    difficulty: float
    recall: float


@dataclass(frozen=True, slots=True)
class ConfusedPair:
    """Two facts mixed up `times` times: `first_as_second` times the second's value was given for the first."""

    first: int
    second: int
    times: int
    first_as_second: int
    second_as_first: int


def hardest(
    memories: Mapping[int, Memory], now: datetime, settings: Settings, *, limit: int = 10
) -> tuple[HardFact, ...]:
    """Rank facts seen twice or more by lapses, then difficulty, then how little is recalled now."""
    seen = [
        HardFact(fact, memory.reviews, memory.lapses, memory.difficulty, recall_at(memory, now, settings))
        for fact, memory in memories.items()
        if memory.reviews >= SEEN_ENOUGH
    ]
    seen.sort(key=lambda hard: (-hard.lapses, -hard.difficulty, hard.recall, hard.fact))
    return tuple(seen[:limit])


def confused_pairs(confusions: Iterable[tuple[int, int]], *, limit: int = 10) -> tuple[ConfusedPair, ...]:
    """Rank pairs by how often they were mixed up, either way round.

    `confusions` holds (fact asked, fact whose value was given), once for each time. The pair names the lower id first.
    """
    counts: dict[tuple[int, int], list[int]] = {}
    for asked, given in confusions:
        if asked != given:
            ways = counts.setdefault((min(asked, given), max(asked, given)), [0, 0])
            ways[asked > given] += 1
    pairs = [ConfusedPair(*pair, sum(ways), *ways) for pair, ways in counts.items()]
    pairs.sort(key=lambda pair: (-pair.times, pair.first, pair.second))
    return tuple(pairs[:limit])
