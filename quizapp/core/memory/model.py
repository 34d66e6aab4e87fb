"""Memory as values: one FSRS state per learner and fact, and the events it is folded from."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import TypeAlias

from quizapp.core.items.model import Form

DEFAULT_PARAMETERS: tuple[float, ...] = (
    0.212, 1.2931, 2.3065, 8.2956, 6.4133, 0.8334, 3.0194, 0.001, 1.8722, 0.1666, 0.796,
    1.4835, 0.0614, 0.2629, 1.6483, 0.6014, 1.8729, 0.5425, 0.0912, 0.0658, 0.1542,
)  # fmt: skip
"""FSRS-6 defaults, 21 weights (open-spaced-repetition/py-fsrs 6, MIT)."""


@dataclass(frozen=True, slots=True)
class NewFact:
    """A fact the learner has no memory of."""


@dataclass(frozen=True, slots=True)
class Memory:
    """What one learner is believed to keep of one fact.

    `stability` in days (time until recall falls to 0.9), `difficulty` in [1, 10]; instants are aware UTC.
    `produced` says that the learner once gave the answer without seeing it. `sitting` is the sitting whose first
    answer last moved the memory. `recall_then` is predicted recall at the last review.
    `failed_last` is True after a lapse until the next right answer.
    """

    stability: float
    difficulty: float
    reviewed_at: datetime
    due_at: datetime
    reviews: int
    lapses: int
    produced: bool
    sitting: int
    recall_then: float
    failed_last: bool
    form: Form
    surface: str = ""


State: TypeAlias = NewFact | Memory


@dataclass(frozen=True, slots=True)
class Settings:
    """What steers the scheduler for one learner.

    `retention` is the wanted recall when due, in (0, 1); `recognition_cap` and `maximum_interval` in days;
    `prior` is the recall assumed of a new fact (bank's or class's share of right first answers, else 0.3);
    `quiet_weekdays` holds days (Monday 0) on which nothing should fall due; `zone` is an IANA name;
    `day_turn` is the hour at which a study day begins.
    """

    parameters: tuple[float, ...] = DEFAULT_PARAMETERS
    retention: float = 0.9
    recognition_cap: float = 21.0
    maximum_interval: float = 36500.0
    prior: float = 0.3
    quiet_weekdays: frozenset[int] = field(default_factory=frozenset)
    zone: str = "UTC"
    day_turn: int = 4


@dataclass(frozen=True, slots=True)
class Evidence:
    """What one mark proves.

    `weight` in [0, 1] is the probability that the learner knew (1 typed and right, 0 wrong); `grade` is the rating of
    the upper state in the blend (3 Good, or the learner's own 1-4 for a flashcard); `right` is what the learner saw;
    `production` counts towards lifting the recognition cap.
    """

    weight: float
    grade: int
    right: bool
    production: bool


@dataclass(frozen=True, slots=True)
class Answered:
    """Event: a mark was recorded. `key` identifies the log row, so that a reversal can name it.

    `guess_rate` 1.0 and right is a forced pair: it is kept in the log and moves nothing.
    `prior` is the recall that was assumed had the fact been new.
    """

    key: int
    fact: int
    at: datetime
    sitting: int
    form: Form
    surface: str
    right: bool
    guess_rate: float
    unsure: bool
    grade: int | None
    prior: float


@dataclass(frozen=True, slots=True)
class Undone:
    """Event: the answer rows of one item, `keys`, are taken back; the fold behaves as if they had never been."""

    keys: frozenset[int]
    at: datetime


@dataclass(frozen=True, slots=True)
class Reset:
    """Event: the learner starts this fact afresh."""

    fact: int
    at: datetime


@dataclass(frozen=True, slots=True)
class Corrected:
    """Event: the fact's value was changed. `minor`: memory kept, due within 7 days; else stability restarts."""

    fact: int
    at: datetime
    minor: bool


@dataclass(frozen=True, slots=True)
class Moved:
    """Event: the fact was renamed. `fact` takes over the memory of `source`; where it has one, the weaker stays.

    A split is several `Moved` from one source; a merge several to one fact.
    """

    fact: int
    source: int
    at: datetime


Event: TypeAlias = Answered | Undone | Reset | Corrected | Moved
