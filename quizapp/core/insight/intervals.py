"""Intervals: how far a share from few answers can be trusted."""

from math import sqrt

NORMAL_90 = 1.6449


def wilson(right: int, n: int) -> tuple[float, float]:
    """Give the 90 % interval of a share, `right` of `n`, within [0, 1]; n of 0 raises ValueError.

    Wilson 1927: centre (p + z^2 / 2n) / (1 + z^2 / n), honest also near 0 and 1.
    """
    if n < 1:
        raise ValueError("a share needs at least one answer")
    share, square = right / n, NORMAL_90**2 / n
    centre = (share + square / 2.0) / (1.0 + square)
    half = sqrt(share * (1.0 - share) / n * NORMAL_90**2 + square**2 / 4.0) / (1.0 + square)
    return max(centre - half, 0.0), min(centre + half, 1.0)
