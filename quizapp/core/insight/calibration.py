"""Calibration: the program's own score, what it predicted against what came true."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby
from math import log

from quizapp.core.insight.intervals import wilson
from quizapp.core.items.model import Form

ENOUGH = 20
"""Fewer answers are not enough data for any figure."""

BINS = 10
SURE = 1e-4
"""Log loss takes no prediction as more certain than this far from 0 or 1."""


@dataclass(frozen=True, slots=True)
class Prediction:
    """A first answer of a sitting and what was predicted of it.

    `recall` is predicted recall in [0, 1]; by guessing, `guess_rate` of what is not recalled comes out right as well.
    """

    recall: float
    right: bool
    form: Form
    guess_rate: float = 0.0


@dataclass(frozen=True, slots=True)
class Tally:
    """`n` answers: mean predicted and true share right, the latter's 90 % interval, and log loss (nats an answer)."""

    n: int
    predicted: float
    right: float
    low: float
    high: float
    log_loss: float


@dataclass(frozen=True, slots=True)
class Calibration:
    """All answers; by tenths of the predicted share (lowest first, empty ones left out); by form (None: too few)."""

    overall: Tally
    bins: tuple[Tally, ...]
    by_form: tuple[tuple[Form, Tally | None], ...]


def calibration(predictions: Iterable[Prediction]) -> Calibration | None:
    """Compare predicted with observed; None when there is not enough data (fewer than 20 answers).

    What is predicted of an answer is R + (1 - R) g: it is recalled, or guessed. Memory reviews only: a new fact's prior
    is an assumption, not a prediction.
    """
    rows = sorted(predictions, key=_expected)
    if len(rows) < ENOUGH:
        return None
    bins = tuple(
        _tally(list(group)) for _, group in groupby(rows, lambda row: min(int(_expected(row) * BINS), BINS - 1))
    )
    forms = sorted({row.form for row in rows})
    parts = ((form, [row for row in rows if row.form is form]) for form in forms)
    by_form = tuple((form, _tally(part) if len(part) >= ENOUGH else None) for form, part in parts)
    return Calibration(_tally(rows), bins, by_form)


def _expected(row: Prediction) -> float:
    return row.recall + (1.0 - row.recall) * row.guess_rate


def _tally(rows: Sequence[Prediction]) -> Tally:
    n, right = len(rows), sum(row.right for row in rows)
    low, high = wilson(right, n)
    loss = sum(_loss(_expected(row), right=row.right) for row in rows) / n
    return Tally(n, sum(_expected(row) for row in rows) / n, right / n, low, high, loss)


def _loss(expected: float, *, right: bool) -> float:
    bounded = min(max(expected, SURE), 1.0 - SURE)
    return -log(bounded if right else 1.0 - bounded)
