"""Expected shares: the mean of predicted recall over a class, and how far what comes true may lie from it.

The interval (90 %) is the normal approximation of a mean over students, who are a sample of all who might have sat
there, with Student's t for few of them; to the variance between students comes the chance by which each prediction
turns out as recalled or not (binomial, R (1 - R)). Students are clusters of their facts and weigh alike: two-stage
sampling, Cochran, Sampling Techniques, 3rd ed. 1977, chapter 10.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt

import numpy as np
from numpy.typing import NDArray

from quizapp.core.insight.intervals import NORMAL_90
from quizapp.core.memory.readiness import Flags

LEAST_STUDENTS = 2
"""One student says nothing about how far students differ: no interval."""

_FEW = (6.314, 2.920, 2.353, 2.132, 2.015)
"""Student's t, 95 % quantile, for 1 to 5 degrees of freedom."""

Shares = NDArray[np.floating]


@dataclass(frozen=True, slots=True)
class Expected:
    """An expected share in [0, 1] over so many students and facts; `low` and `high` are None without enough data."""

    mean: float
    low: float | None
    high: float | None
    students: int
    facts: int


def over_class(recall: Shares, counts: Flags) -> Expected | None:
    """Give the mean over students of their mean recall (students x facts); None where nobody counts."""
    size = counts.sum(axis=1)
    there = size > 0
    if not there.any():
        return None
    shares = np.where(counts, recall, 0.0)[there]
    means = shares.sum(axis=1, dtype=np.float64) / size[there]
    chance = _chance(shares).sum(axis=1, dtype=np.float64) / size[there] ** 2
    facts = int(counts.any(axis=0).sum())
    return _expected(float(means.mean()), _variance(means), float(chance.mean()), len(means), facts)


def by_fact(recall: Shares, counts: Flags) -> list[Expected | None]:
    """Give the mean recall of each fact over the students who count."""
    n = counts.sum(axis=0)
    shares = np.where(counts, recall, 0.0)
    with np.errstate(invalid="ignore", divide="ignore"):
        mean = shares.sum(axis=0, dtype=np.float64) / n
        spread = np.where(counts, (recall - mean) ** 2, 0.0).sum(axis=0) / (n - 1)
        chance = _chance(shares).sum(axis=0, dtype=np.float64) / n
    rows = zip(mean.tolist(), spread.tolist(), chance.tolist(), n.tolist(), strict=True)
    return [_expected(share, between, within, size, 1) if size else None for share, between, within, size in rows]


def by_topic(recall: Shares, counts: Flags, topics: NDArray[np.intp], number: int) -> list[Expected | None]:
    """Give the mean recall over the class of each of so many topics; `topics` is the topic of each fact by place."""
    return [over_class(recall[:, topics == topic], counts[:, topics == topic]) for topic in range(number)]


def of_students(recall: Shares, counts: Flags) -> list[Expected | None]:
    """Give each student's mean recall over facts, with the interval of the share that will be recalled (binomial)."""
    size = counts.sum(axis=1)
    shares = np.where(counts, recall, 0.0)
    with np.errstate(invalid="ignore", divide="ignore"):
        mean = shares.sum(axis=1, dtype=np.float64) / size
        half = NORMAL_90 * np.sqrt(_chance(shares).sum(axis=1, dtype=np.float64)) / size
    rows = zip(mean.tolist(), half.tolist(), size.tolist(), strict=True)
    return [
        Expected(share, max(share - wide, 0.0), min(share + wide, 1.0), 1, facts) if facts else None
        for share, wide, facts in rows
    ]


def over_students(samples: Sequence[Sequence[float]], facts: int) -> Expected | None:
    """Give the mean over students of the mean of what was observed of each; None for nobody.

    The interval is that of the mean over students, but never narrower than the chance in their samples alone makes it.
    """
    if not samples:
        return None
    means = np.array([sum(sample) / len(sample) for sample in samples])
    pooled = float(np.concatenate([np.asarray(sample, dtype=np.float64) for sample in samples]).var())
    chance = pooled * sum(1 / len(sample) for sample in samples) / len(samples)
    return _expected(float(means.mean()), max(_variance(means), chance), 0.0, len(means), facts)


def student_t(degrees: int) -> float:
    """Give the 95 % quantile of Student's t (Cornish-Fisher from 6 degrees on, within .005)."""
    if degrees <= len(_FEW):
        return _FEW[degrees - 1]
    z = NORMAL_90
    return z + (z**3 + z) / (4 * degrees) + (5 * z**5 + 16 * z**3 + 3 * z) / (96 * degrees**2)


def _chance(shares: Shares) -> Shares:
    return shares * (1 - shares)


def _variance(means: NDArray[np.float64]) -> float:
    return float(means.var(ddof=1)) if len(means) >= LEAST_STUDENTS else 0.0


def _expected(mean: float, between: float, within: float, students: int, facts: int) -> Expected:
    if students < LEAST_STUDENTS:
        return Expected(mean, None, None, students, facts)
    half = student_t(students - 1) * sqrt((between + within) / students)
    return Expected(mean, min(max(mean - half, 0.0), mean), max(min(mean + half, 1.0), mean), students, facts)
