"""FSRS-6: how one memory's stability and difficulty move, as plain arithmetic.

Formulas: open-spaced-repetition, "The Algorithm" (FSRS-6), as published with py-fsrs 6 (MIT) and fsrs-rs
(BSD-3-Clause). `parameters` are the 21 weights w0-w20; grades are 1 Again, 2 Hard, 3 Good, 4 Easy; elapsed time is in
real-valued days, and less than one day is the same day (short-term formula).
"""

from collections.abc import Sequence
from math import exp

LEAST_STABILITY = 0.001
MOST_STABILITY = 36500.0
LEAST_DIFFICULTY = 1.0
MOST_DIFFICULTY = 10.0
AGAIN, HARD, GOOD, EASY = 1, 2, 3, 4


def initial(grade: int, parameters: Sequence[float]) -> tuple[float, float]:
    """Give stability (days) and difficulty after the first review: S0 = w[G-1], D0 = w4 - e^(w5 (G-1)) + 1."""
    return _stability_bounds(parameters[grade - 1]), _difficulty_bounds(_initial_difficulty(grade, parameters))


def advance(
    stability: float, difficulty: float, elapsed_days: float, grade: int, parameters: Sequence[float]
) -> tuple[float, float]:
    """Give stability (days) and difficulty after a review `elapsed_days` (0 or more) after the last one."""
    if elapsed_days < 1.0:
        moved = _same_day(stability, grade, parameters)
    elif grade == AGAIN:
        moved = _forgotten(stability, difficulty, recall(stability, elapsed_days, parameters), parameters)
    else:
        moved = _recalled(stability, difficulty, recall(stability, elapsed_days, parameters), grade, parameters)
    return _stability_bounds(moved), _next_difficulty(difficulty, grade, parameters)


def recall(stability: float, elapsed_days: float, parameters: Sequence[float]) -> float:
    """Predict recall in (0, 1]: R = (1 + factor t / S)^-w20, where the factor makes R(S) = 0.9."""
    decay = -parameters[20]
    return float((1.0 + (0.9 ** (1.0 / decay) - 1.0) * elapsed_days / stability) ** decay)


def interval(stability: float, retention: float, parameters: Sequence[float]) -> float:
    """Days until recall falls to `retention` in (0, 1]; the inverse of `recall`, neither rounded nor capped."""
    power = -1.0 / parameters[20]
    return float(stability * (retention**power - 1.0) / (0.9**power - 1.0))


def from_sm2(ease: float, interval_days: float, retention: float, parameters: Sequence[float]) -> tuple[float, float]:
    """Estimate stability (days) and difficulty for an imported SM-2 card (fsrs-rs `memory_state_from_sm2`).

    `ease` is SM-2's factor (2.5 for 250 %), `interval_days` its interval, `retention` the recall held at due dates.
    """
    power = -1.0 / parameters[20]
    stability = _stability_bounds(interval_days * (0.9**power - 1.0) / (retention**power - 1.0))
    growth = exp(parameters[8]) * stability ** -parameters[9] * (exp((1.0 - retention) * parameters[10]) - 1.0)
    return stability, _difficulty_bounds(11.0 - (ease - 1.0) / growth)


def _same_day(stability: float, grade: int, parameters: Sequence[float]) -> float:
    factor = exp(parameters[17] * (grade - 3 + parameters[18])) * stability ** -parameters[19]
    if grade != AGAIN and factor < 1.0:
        return stability
    return float(stability * factor)


def _recalled(stability: float, difficulty: float, kept: float, grade: int, parameters: Sequence[float]) -> float:
    growth = (
        exp(parameters[8])
        * (11.0 - difficulty)
        * stability ** -parameters[9]
        * (exp((1.0 - kept) * parameters[10]) - 1.0)
    )
    if grade == HARD:
        growth *= parameters[15]
    elif grade == EASY:
        growth *= parameters[16]
    return float(stability * (1.0 + growth))


def _forgotten(stability: float, difficulty: float, kept: float, parameters: Sequence[float]) -> float:
    long_term = float(
        parameters[11]
        * difficulty ** -parameters[12]
        * ((stability + 1.0) ** parameters[13] - 1.0)
        * exp((1.0 - kept) * parameters[14])
    )
    ceiling = stability / exp(parameters[17] * parameters[18])
    return min(long_term, ceiling)


def _initial_difficulty(grade: int, parameters: Sequence[float]) -> float:
    return parameters[4] - exp(parameters[5] * (grade - 1)) + 1.0


def _next_difficulty(difficulty: float, grade: int, parameters: Sequence[float]) -> float:
    """Linear damping towards 10, then mean reversion with weight w7 towards the difficulty of a first Easy."""
    damped = difficulty - parameters[6] * (grade - 3) * (10.0 - difficulty) / 9.0
    reversion = parameters[7]
    return _difficulty_bounds(reversion * _initial_difficulty(EASY, parameters) + (1.0 - reversion) * damped)


def _stability_bounds(stability: float) -> float:
    if stability < LEAST_STABILITY:
        return LEAST_STABILITY
    return min(stability, MOST_STABILITY)


def _difficulty_bounds(difficulty: float) -> float:
    if difficulty < LEAST_DIFFICULTY:
        return LEAST_DIFFICULTY
    return min(difficulty, MOST_DIFFICULTY)
