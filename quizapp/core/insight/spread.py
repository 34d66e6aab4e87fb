"""How grades are spread: mean with its interval, median, and how many fall into each tenth."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt
from statistics import fmean, median, stdev

from quizapp.core.insight.intervals import NORMAL_90

FEWEST = 5
"""So many grades at least, before a mean says anything about a class."""

TENTHS = 10


@dataclass(frozen=True, slots=True)
class Spread:
    """Shares in [0, 1] of `n` people; `mean` to `deviation` are None where there are too few.

    `tenths` counts shares from 0 to under 10 %, and so on; the last holds those from 90 % to 100 %.
    """

    n: int
    tenths: tuple[int, ...]
    mean: float | None = None
    low: float | None = None
    high: float | None = None
    median: float | None = None
    deviation: float | None = None


def spread(shares: Sequence[float]) -> Spread:
    """Sum up shares in [0, 1]; the interval of the mean is the 90 % one of the normal distribution, cut to [0, 1].

    Under five shares there are only counts.
    """
    tenths = [0] * TENTHS
    for share in shares:
        tenths[min(max(int(share * TENTHS + 1e-9), 0), TENTHS - 1)] += 1
    if len(shares) < FEWEST:
        return Spread(len(shares), tuple(tenths))
    mean, deviation = fmean(shares), stdev(shares)
    half = NORMAL_90 * deviation / sqrt(len(shares))
    low, high = max(0.0, mean - half), min(1.0, mean + half)
    return Spread(len(shares), tuple(tenths), mean, low, high, median(shares), deviation)
