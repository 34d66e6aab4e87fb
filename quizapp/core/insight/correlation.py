"""Correlations of many groups at once, each with its interval."""

from dataclasses import dataclass
from math import atanh, sqrt, tanh

import numpy as np
from numpy.typing import NDArray

from quizapp.core.insight.intervals import NORMAL_90

LEAST_SPREAD = 1e-12
"""Variances below this are rounding, not differences."""


@dataclass(frozen=True, slots=True)
class Correlation:
    """Pearson's correlation of `n` pairs, `value` in [-1, 1], with its 90 % interval."""

    value: float
    low: float
    high: float
    n: int


def correlations(
    group: NDArray[np.int64], x: NDArray[np.bool_], y: NDArray[np.float64], groups: int, least: int
) -> list[Correlation | None]:
    """Correlate x, right or wrong, with y in each group from 0 to `groups` - 1: the point-biserial correlation.

    Pairs whose y is NaN are left out; None where fewer than `least` (at least 4) remain or either side is all alike.
    """
    known = ~np.isnan(y)
    at, ones = group[known], x[known].astype(np.float64)
    count = np.bincount(at, minlength=groups).tolist()
    sums = [column.tolist() for column in _sums(at, ones, y[known], groups)]
    return [_one(n, *of) if n >= least else None for n, *of in zip(count, *sums, strict=True)]


def interval(value: float, n: int) -> tuple[float, float]:
    """Give the 90 % interval of a correlation of n pairs, n at least 4 (Fisher 1921: atanh r is about normal)."""
    if abs(value) >= 1.0:
        return value, value
    half = NORMAL_90 / sqrt(n - 3)
    return tanh(atanh(value) - half), tanh(atanh(value) + half)


def _sums(
    at: NDArray[np.int64], ones: NDArray[np.float64], y: NDArray[np.float64], groups: int
) -> list[NDArray[np.float64]]:
    """Sum x, y, xy and yy, with y seen from its group's mean, since differences of large sums lose digits."""
    count = np.maximum(np.bincount(at, minlength=groups), 1)
    mean = np.bincount(at, weights=y, minlength=groups) / count
    off = y - mean[at]
    return [np.bincount(at, each, groups).astype(np.float64) for each in (ones, ones * off, off * off)]


def _one(n: int, x: float, xy: float, yy: float) -> Correlation | None:
    spread = (x - x * x / n) * yy
    if spread <= LEAST_SPREAD:
        return None
    value = min(max(xy / sqrt(spread), -1.0), 1.0)
    return Correlation(value, *interval(value, n), n)
