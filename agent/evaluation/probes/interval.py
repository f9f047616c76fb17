"""An estimate over items, and its 95% interval by drawing items again."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

DRAWS = 2000
LEVEL = 0.95
FEWEST = 10
"""With fewer items there is no interval: a bootstrap of so few is far too narrow."""

ByItem = Mapping[str, Sequence[float]]
"""What was measured of each item, a value for each comparison or competency; an item without a value does not count."""


class Estimate(NamedTuple):
    """The mean of all values and its interval; None where undefined."""

    value: float | None
    interval: tuple[float, float] | None


def estimate(values: ByItem, *, seed: int = 0, shares: bool = False) -> Estimate:
    """The mean of all values, with the percentile bootstrap over items (Efron and Tibshirani 1993, An introduction to the bootstrap,
    chapter 13): all values of an item are drawn together, so what hangs together within it stays together.

    `shares` says that values are 0 or 1. Where all of them are the same a bootstrap has nothing to vary, and the interval is the
    exact one of Clopper and Pearson (1934, Biometrika 26, 404-413) for so many independent values.
    """
    import numpy as np

    filled = [each for each in values.values() if each]
    if not filled:
        return Estimate(None, None)
    sums, counts = np.array([sum(each) for each in filled]), np.array([len(each) for each in filled])
    mean = float(sums.sum() / counts.sum())
    if len(filled) < FEWEST:
        return Estimate(mean, None)
    if shares and mean in (0.0, 1.0):
        return Estimate(mean, _of_one_kind(mean, int(counts.sum())))
    drawn = np.random.default_rng(seed).integers(len(filled), size=(DRAWS, len(filled)))
    means = sums[drawn].sum(1) / counts[drawn].sum(1)
    low, high = np.quantile(means, [(1 - LEVEL) / 2, (1 + LEVEL) / 2])
    return Estimate(mean, (float(low), float(high)))


def _of_one_kind(mean: float, count: int) -> tuple[float, float]:
    """The exact interval of a share of none, or of all, of `count`."""
    far = 1 - ((1 - LEVEL) / 2) ** (1 / count)
    return (0.0, far) if mean == 0 else (1 - far, 1.0)


def share(part: float, whole: float) -> float | None:
    """`part` of `whole`; None where there is no whole."""
    return part / whole if whole else None
