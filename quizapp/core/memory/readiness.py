"""Readiness: how much many students will recall of many facts on a day, left alone or with some minutes a day.

Everything is an array of students x facts, so that a class is worked out at once. `forecast` does it for one learner.
"""

from dataclasses import dataclass
from math import ceil
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from quizapp.core.items.model import Form
from quizapp.core.memory import fsrs
from quizapp.core.memory.goal import LEAST_GAIN
from quizapp.core.memory.model import DEFAULT_PARAMETERS
from quizapp.core.memory.selection import NEW_TAKES, SECONDS

Floats: TypeAlias = NDArray[np.floating]
Flags: TypeAlias = NDArray[np.bool_]

NEW_SECONDS = SECONDS[Form.CHOICE] * NEW_TAKES
KNOWN_SECONDS = (SECONDS[Form.CHOICE] + SECONDS[Form.MATCHING] + SECONDS[Form.TYPED]) / 3
"""How long a new fact takes, and one that was asked before: the mean over the rungs of the ladder of forms."""

MOST_ROUNDS = 8
"""A date further away than so many days is practised for in so many rounds of several days each."""

SOONEST = 1e-3
"""A date less than a minute or two away is as good as now, in days."""

_W = tuple(np.float32(weight) for weight in DEFAULT_PARAMETERS)
_DECAY = -_W[20]
_FACTOR = np.float32(0.9 ** (1.0 / -DEFAULT_PARAMETERS[20]) - 1.0)
_CEILING = np.float32(np.exp(-DEFAULT_PARAMETERS[17] * DEFAULT_PARAMETERS[18]))
_EASY_DIFFICULTY = np.float32(
    DEFAULT_PARAMETERS[4] - np.exp(DEFAULT_PARAMETERS[5] * (fsrs.EASY - 1)) + 1.0,
)


@dataclass(frozen=True, slots=True)
class Holdings:
    """What students keep of facts now, students x facts; whatever stands where `begun` is False is not read.

    `stability` and `elapsed` (since the last review) in days, `difficulty` in [1, 10]; `rested` where a study day has
    turned since the last review; `closed` where a fact is not to be asked. `prior` is the recall assumed of each fact
    for who has not begun it, in [0, 1].
    """

    begun: Flags
    stability: Floats
    difficulty: Floats
    elapsed: Floats
    rested: Flags
    closed: Flags
    prior: Floats


def recall_on(held: Holdings, ahead: float) -> Floats:
    """Predict recall in [0, 1] after `ahead` more days if nobody studies (FSRS-6); the prior where nothing was begun.

    As in `scheduling.elapsed_days`, a day at least has passed where a study day has turned.
    """
    shares: Floats = np.where(held.begun, _recall(held.stability, _elapsed(held, ahead)), held.prior)
    return shares


def recall_with_practice(held: Holdings, ahead: float, minutes: float) -> Floats:
    """Predict recall in [0, 1] after `ahead` days if everybody practises for that date `minutes` a day, today included.

    `goal.plan_for_date` for many students at once, in expectation instead of by chance. Each day a student is asked the
    facts that gain most a second on the date, until the minutes are used. A fact asked is known with its recall R (a
    new one with the prior) and moves as after Good, else as after Again. That mixture goes on as one state: the one
    with the mixture's expected recall on the date, and its mean difficulty. Students simulated one by one, with true
    memories, `goal.plan_for_date` and `scheduling.review`, came within .006 of it (60 students and facts, 2 to 28 days,
    3 to 10 minutes); a test holds it to .03.
    """
    days = max(ceil(ahead), 1) if ahead > SOONEST else 0
    rounds = min(days, MOST_ROUNDS)
    begun, last = held.begun.copy(), -held.elapsed
    stability, difficulty = held.stability.copy(), held.difficulty.copy()
    for number in range(rounds):
        first, after = days * number // rounds, days * (number + 1) // rounds
        at = min((first + after - 1) / 2, ahead - SOONEST)
        elapsed = np.float32(at) - last
        rested = elapsed >= 1.0
        if number == 0:
            rested |= held.rested
        now = Holdings(begun, stability, difficulty, np.where(rested, np.maximum(elapsed, 1.0), elapsed), rested,
                       held.closed | (begun & ~rested), held.prior)  # fmt: skip
        asked = _ask(now, ahead - at)
        chosen = _within(asked.gain, begun, 60.0 * minutes * (after - first))
        stability[chosen], difficulty[chosen], last[chosen] = asked.stability[chosen], asked.difficulty[chosen], at
        begun |= chosen
    return np.where(begun, _recall(stability, np.float32(ahead) - last), held.prior)


def gain_of_reteaching(held: Holdings, ahead: float) -> Floats:
    """Tell by how much recall after `ahead` days is higher if a fact is retaught to everybody now, as after a Good."""
    elapsed = _elapsed(held, 0.0)
    stability, _difficulty = _good(held, _recall(held.stability, elapsed), elapsed)
    return np.maximum(_recall(stability, np.float32(ahead)) - recall_on(held, ahead), 0.0)


@dataclass(frozen=True, slots=True)
class _Asked:
    """What asking each fact now would do: gain on the date, and the state it would leave."""

    gain: Floats
    stability: Floats
    difficulty: Floats


def _ask(held: Holdings, ahead: float) -> _Asked:
    """Work out for every student and fact what asking it now would do for a date `ahead` days away."""
    known = np.where(held.begun, _recall(held.stability, held.elapsed), held.prior)
    right, easier = _good(held, known, held.elapsed)
    wrong, harder = _again(held, known, held.elapsed)
    then = known * _recall(right, np.float32(ahead)) + (1 - known) * _recall(wrong, np.float32(ahead))
    gain = then - np.where(held.begun, _recall(held.stability, held.elapsed + np.float32(ahead)), held.prior)
    gain[held.closed] = 0.0
    return _Asked(gain, _stability(then, ahead), known * easier + (1 - known) * harder)


def _within(gain: Floats, begun: Flags, seconds: float) -> Flags:
    """Choose for each student the facts that gain most a second, until the seconds are used."""
    takes = np.where(begun, np.float32(KNOWN_SECONDS), np.float32(NEW_SECONDS))
    order = np.argsort(-gain / takes, axis=1)
    spent = np.cumsum(np.take_along_axis(takes, order, 1), axis=1)
    fits = np.empty_like(begun)
    np.put_along_axis(fits, order, spent - np.take_along_axis(takes, order, 1) < seconds, 1)
    chosen: Flags = fits & (gain >= LEAST_GAIN)
    return chosen


def _elapsed(held: Holdings, ahead: float) -> Floats:
    days = held.elapsed + np.float32(ahead)
    return np.where(held.rested | (ahead >= 1.0), np.maximum(days, 1.0), days)


def _recall(stability: Floats, elapsed: Floats | np.float32) -> Floats:
    """Apply `fsrs.recall`."""
    shares: Floats = np.exp(_DECAY * np.log1p(_FACTOR * elapsed / stability))
    return shares


def _stability(recall: Floats, elapsed: float) -> Floats:
    """Invert `fsrs.recall`: the stability with which so much is recalled after so long."""
    ratio = np.expm1(np.log(np.clip(recall, 1e-3, 1.0 - 1e-6)) / _DECAY)
    stability: Floats = np.clip(_FACTOR * np.float32(elapsed) / ratio, fsrs.LEAST_STABILITY, fsrs.MOST_STABILITY)
    return stability


def _good(held: Holdings, known: Floats, elapsed: Floats) -> tuple[Floats, Floats]:
    """Apply `fsrs.advance` or `fsrs.initial` with Good; within the same day stability stays."""
    growth = np.exp(_W[8]) * (11 - held.difficulty) * np.exp(-_W[9] * np.log(held.stability))
    grown = held.stability * (1 + growth * np.expm1((1 - known) * _W[10]))
    stability, difficulty = fsrs.initial(fsrs.GOOD, DEFAULT_PARAMETERS)
    moved = np.where(elapsed >= 1.0, grown, held.stability)
    return (
        np.where(held.begun, moved, np.float32(stability)),
        np.where(held.begun, _difficulty(held.difficulty, fsrs.GOOD), np.float32(difficulty)),
    )


def _again(held: Holdings, known: Floats, elapsed: Floats) -> tuple[Floats, Floats]:
    """Apply `fsrs.advance` or `fsrs.initial` with Again; within the same day the ceiling is taken."""
    power = np.exp(_W[13] * np.log1p(held.stability)) - 1
    long = _W[11] * np.exp(-_W[12] * np.log(held.difficulty) + (1 - known) * _W[14]) * power
    ceiling = held.stability * _CEILING
    fallen = np.where(elapsed >= 1.0, np.minimum(long, ceiling), ceiling)
    stability, difficulty = fsrs.initial(fsrs.AGAIN, DEFAULT_PARAMETERS)
    return (
        np.where(held.begun, np.maximum(fallen, fsrs.LEAST_STABILITY), np.float32(stability)),
        np.where(held.begun, _difficulty(held.difficulty, fsrs.AGAIN), np.float32(difficulty)),
    )


def _difficulty(difficulty: Floats, grade: int) -> Floats:
    damped = difficulty - _W[6] * (grade - fsrs.GOOD) * (10 - difficulty) / 9
    return np.clip(_W[7] * _EASY_DIFFICULTY + (1 - _W[7]) * damped, fsrs.LEAST_DIFFICULTY, fsrs.MOST_DIFFICULTY)
