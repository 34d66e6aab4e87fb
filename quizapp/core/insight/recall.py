"""Recall: how well a bank, and each cell of a comparison, is kept now."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from quizapp.core.memory.model import Memory, NewFact, Settings, State
from quizapp.core.memory.scheduling import recall_at

KNOWN_STABILITY = 7.0
KNOWN_RECALL = 0.8
"""A fact is known when it keeps for a week (stability, days) and has not slipped since; the least recall for that."""

SHADES = (0.5, 0.7, 0.8, 0.9)
"""Recall from which shades 1 to 4 begin; below the first it is shade 0."""


@dataclass(frozen=True, slots=True)
class BankSummary:
    """Counts of facts by how they are kept, and mean recall of those seen; None when nothing was seen yet."""

    facts: int
    new: int
    learning: int
    known: int
    mean_recall: float | None


@dataclass(frozen=True, slots=True)
class CellState:
    """A fact in the table of a comparison: its concept (row), attribute (column) and memory."""

    concept: str
    attribute: str
    state: State


@dataclass(frozen=True, slots=True)
class CellRecall:
    """Mean recall of the `n` seen facts of one cell and its shade 0-4; None where nothing was seen or asked."""

    n: int
    recall: float | None
    shade: int | None


@dataclass(frozen=True, slots=True)
class RecallTable:
    """Concepts x attributes: `rows[i][j]` is concept i, attribute j."""

    concepts: tuple[str, ...]
    attributes: tuple[str, ...]
    rows: tuple[tuple[CellRecall, ...], ...]


def summary(states: Iterable[State], now: datetime, settings: Settings) -> BankSummary:
    """Sum up what a learner keeps of a bank; a fact is known, being learnt, or new."""
    kept = list(states)
    seen = [state for state in kept if isinstance(state, Memory)]
    shares = [recall_at(memory, now, settings) for memory in seen]
    known = sum(_known(memory, share) for memory, share in zip(seen, shares, strict=True))
    mean = sum(shares) / len(shares) if shares else None
    return BankSummary(len(kept), len(kept) - len(seen), len(seen) - known, known, mean)


def recall_table(cells: Iterable[CellState], now: datetime, settings: Settings) -> RecallTable:
    """Lay out predicted recall as concepts x attributes, both in the order in which they first come."""
    shares: dict[tuple[str, str], list[float]] = {}
    for cell in cells:
        found = shares.setdefault((cell.concept, cell.attribute), [])
        if not isinstance(cell.state, NewFact):
            found.append(recall_at(cell.state, now, settings))
    concepts = tuple(dict.fromkeys(concept for concept, _ in shares))
    attributes = tuple(dict.fromkeys(attribute for _, attribute in shares))
    rows = tuple(tuple(_cell(shares.get((row, column), [])) for column in attributes) for row in concepts)
    return RecallTable(concepts, attributes, rows)


def shade(recall: float) -> int:
    """Give the shade 0-4 for a recall in [0, 1]."""
    return sum(recall >= least for least in SHADES)


def _known(memory: Memory, recall: float) -> bool:
    return memory.stability >= KNOWN_STABILITY and recall >= KNOWN_RECALL and not memory.failed_last


def _cell(shares: list[float]) -> CellRecall:
    if not shares:
        return CellRecall(0, None, None)
    mean = sum(shares) / len(shares)
    return CellRecall(len(shares), mean, shade(mean))
