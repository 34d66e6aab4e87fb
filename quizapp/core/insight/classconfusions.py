"""What a class mixes up: which fact is answered with which, in both directions and as pairs."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from quizapp.core.insight.intervals import wilson
from quizapp.core.insight.privacy import LEAST


class Counted(NamedTuple):
    """How often `people` students, asked for a fact, were shown another's value and took it for the answer.

    The rows of private people and of the others are apart.
    """

    fact: int
    other: int
    private: bool
    people: int
    shown: int
    chosen: int


@dataclass(frozen=True, slots=True)
class Direction:
    """Asked for `fact`, `chosen` of `shown` times the value of `other` was given; the share's 90 % interval (Wilson).

    The same student may count more than once, so that the interval is a little too narrow. Nothing shown: no share.
    """

    fact: int
    other: int
    people: int
    shown: int
    chosen: int
    share: float | None
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Pair:
    """Two facts mixed up, either way round; `there` asks for the first (lower id), `back` for the second.

    `people` is the greater of the two directions' numbers of students.
    """

    there: Direction
    back: Direction

    @property
    def chosen(self) -> int:
        """Count the mix-ups."""
        return self.there.chosen + self.back.chosen

    @property
    def shown(self) -> int:
        """Count the occasions."""
        return self.there.shown + self.back.shown

    @property
    def people(self) -> int:
        """Count the students at least who were asked."""
        return max(self.there.people, self.back.people)

    @property
    def share(self) -> float:
        """Give the share of the occasions, in [0, 1]."""
        return self.chosen / self.shown

    @property
    def interval(self) -> tuple[float, float]:
        """Give the 90 % interval of the share (Wilson)."""
        return wilson(self.chosen, self.shown)


@dataclass(frozen=True, slots=True)
class Matrix:
    """The facts mixed up most against one another: `cells[asked][given]`, None on the diagonal."""

    facts: tuple[int, ...]
    cells: tuple[tuple[Direction | None, ...], ...]

    @property
    def most(self) -> int:
        """Give the greatest number of mix-ups in a cell."""
        return max((cell.chosen for row in self.cells for cell in row if cell), default=0)


def directions(counts: Iterable[Counted], least: int) -> dict[tuple[int, int], Direction]:
    """Add up counts by (fact asked, fact given), for those that at least `least` students were asked.

    Private people count in a direction only if five of them stand behind it.
    """
    people: Counter[tuple[int, int]] = Counter()
    shown: Counter[tuple[int, int]] = Counter()
    chosen: Counter[tuple[int, int]] = Counter()
    for row in counts:
        if row.fact == row.other or row.shown < 1 or (row.private and row.people < LEAST):
            continue
        key = row.fact, row.other
        people[key] += row.people
        shown[key] += row.shown
        chosen[key] += row.chosen
    return {key: _direction(*key, people[key], shown[key], chosen[key]) for key in people if people[key] >= least}


def pairs(known: Mapping[tuple[int, int], Direction]) -> list[Pair]:
    """Pair the directions in which something was mixed up, those mixed up most often first."""
    keys = {(min(key), max(key)) for key, found in known.items() if found.chosen}
    found = [Pair(_of(known, one, other), _of(known, other, one)) for one, other in keys]
    return sorted(found, key=lambda pair: (-pair.chosen, -pair.share, pair.there.fact, pair.there.other))


def matrix(known: Mapping[tuple[int, int], Direction], most: Sequence[Pair], count: int) -> Matrix:
    """Set the `count` facts of the first pairs against one another, those that belong together side by side."""
    facts: list[int] = []
    for pair in most:
        new = [fact for fact in (pair.there.fact, pair.there.other) if fact not in facts]
        facts += new if len(facts) + len(new) <= count else []
    cells = tuple(tuple(None if asked == given else _of(known, asked, given) for given in facts) for asked in facts)
    return Matrix(tuple(facts), cells)


def _of(known: Mapping[tuple[int, int], Direction], fact: int, other: int) -> Direction:
    return known.get((fact, other)) or _direction(fact, other, 0, 0, 0)


def _direction(fact: int, other: int, people: int, shown: int, chosen: int) -> Direction:
    share = chosen / shown if shown else None
    low, high = wilson(chosen, shown) if shown else (0.0, 1.0)
    return Direction(fact, other, people, shown, chosen, share, low, high)
