"""Standing: how well a learner keeps a fact, and where they stand in each bank."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from quizapp.core.insight.model import Kept, Size
from quizapp.core.memory.forecast import recalls
from quizapp.core.memory.model import Settings

KNOWN_STABILITY = 7.0
KNOWN_RECALL = 0.8
"""A fact is known when it keeps for a week (stability, days) and has not slipped since; the least recall for that."""

SHADES = (0.5, 0.7, 0.8, 0.9)
"""Recall from which shades 1 to 4 begin; below the first it is shade 0."""


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


def shade(recall: float) -> int:
    """Give the shade 0-4 for a recall in [0, 1]."""
    return sum(recall >= least for least in SHADES)


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
