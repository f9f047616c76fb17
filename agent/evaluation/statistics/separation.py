"""How far two groups of scores lie apart: the chance that one of the first exceeds one of the second, and the distance in deviations."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from agent.evaluation.statistics.bootstrap import DRAWS, LEAST_DEFINED, LEVEL

Z = 1.959963984540054
"""The 97.5% point of the normal distribution."""
TINY = 1e-9
"""A deviation below which scores do not vary."""

Scores = Sequence[float | None]
"""A score for each seed; None where there is none."""


class Separation(NamedTuple):
    """`auc` and `distance` of `strong` against `weak` scores, None where undefined, each with its 95% interval."""

    strong: int
    weak: int
    auc: float | None
    auc_interval: tuple[float, float] | None
    distance: float | None
    distance_interval: tuple[float, float] | None


def separation(strong: Scores, weak: Scores, *, seed: int = 0) -> Separation:
    """How far the scores of the strong lie above those of the weak; both have one place for each seed, in the same order."""
    above, below = _given(strong), _given(weak)
    value = auc(above, below)
    interval = None if value is None else auc_interval(value, len(above), len(below))
    return Separation(len(above), len(below), value, interval, distance(above, below), distance_interval(strong, weak, seed=seed))


def auc(strong: Sequence[float], weak: Sequence[float]) -> float | None:
    """The probability that one of `strong` exceeds one of `weak`, ties by half: U / (m n); None where a group is empty.

    H. B. Mann and D. R. Whitney (1947), Annals of Mathematical Statistics 18, 50-60; D. Bamber (1975), Journal of Mathematical
    Psychology 12, 387-415.
    """
    if not strong or not weak:
        return None
    wins = sum((one > other) + (one == other) / 2 for one in strong for other in weak)
    return wins / (len(strong) * len(weak))


def auc_interval(value: float, strong: int, weak: int) -> tuple[float, float]:
    """The 95% interval of an `auc` of so many against so many: method 5 of R. G. Newcombe (2006), Statistics in Medicine 25, 559-573.

    The ends are those values that lie 1.96 of their own standard errors from `value`. Unlike a bootstrap it has a width where all of
    one group exceed all of the other, and it keeps its level in small groups.
    """

    def is_far(candidate: float) -> bool:
        return abs(value - candidate) > Z * math.sqrt(_variance(candidate, strong, weak))

    return _edge(0.0, value, is_far), _edge(1.0, value, is_far)


def distance(strong: Sequence[float], weak: Sequence[float]) -> float | None:
    """The difference of means in pooled standard deviations, each group weighing the same; None with fewer than two scores in a group, or
    where no score varies.

    J. Cohen (1988), Statistical power analysis for the behavioral sciences, section 2.2 (d').
    """
    return _distance(np.array([*strong, *weak]), len(strong), np.ones((1, len(strong) + len(weak))))[0]


def distance_interval(strong: Scores, weak: Scores, *, seed: int = 0) -> tuple[float, float] | None:
    """The 95% percentile bootstrap over seeds: a seed is drawn with all that was scored at it.

    None where the distance is undefined in more than one draw of ten, as with fewer than four seeds.
    """
    seeds = len(strong)
    if seeds < 2:
        return None
    drawn = np.random.default_rng(seed).integers(seeds, size=(DRAWS, seeds))
    times = np.stack([(drawn == place).sum(1) for place in range(seeds)], axis=1).astype(float)
    scored = [[place for place, score in enumerate(group) if score is not None] for group in (strong, weak)]
    weights = np.concatenate([times[:, scored[0]], times[:, scored[1]]], axis=1)
    found = [one for one in _distance(np.array([*_given(strong), *_given(weak)]), len(scored[0]), weights) if one is not None]
    if len(found) < LEAST_DEFINED * DRAWS:
        return None
    low, high = np.quantile(found, [(1 - LEVEL) / 2, (1 + LEVEL) / 2])
    return float(low), float(high)


def least_seeds(bound: float) -> int:
    """The fewest seeds at which an `auc` of 1 is surely at least `bound`."""
    return next(count for count in range(2, 10_000) if auc_interval(1.0, count, count)[0] >= bound)


def _given(scores: Scores) -> list[float]:
    return [score for score in scores if score is not None]


def _variance(value: float, strong: int, weak: int) -> float:
    beside = (strong + weak) / 2 - 1
    return value * (1 - value) * (1 + beside * (1 - value) / (2 - value) + beside * value / (1 + value)) / (strong * weak)


def _edge(end: float, value: float, is_far: Callable[[float], bool]) -> float:
    """Where `is_far` begins on the way from `value` to `end`, by halving."""
    near = value
    for _ in range(60):
        middle = (near + end) / 2
        near, end = (near, middle) if is_far(middle) else (middle, end)
    return round(end, 12)


def _distance(values: NDArray[np.float64], split: int, weights: NDArray[np.float64]) -> list[float | None]:
    """The distance for each row of `weights`, which say how often each value counts; the first `split` values are the strong ones'."""
    centred = values - values.mean() if len(values) else values
    (top, top_varies), (bottom, bottom_varies) = (
        _moments(centred[part], weights[:, part]) for part in (slice(None, split), slice(split, None))
    )
    deviation = np.sqrt((top_varies + bottom_varies) / 2)
    return [float(gap / by) if by > TINY else None for gap, by in zip(top - bottom, deviation, strict=True)]


def _moments(values: NDArray[np.float64], weights: NDArray[np.float64]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Mean and variance (of n - 1) for each row of weights; no number where there are fewer than two values."""
    count = weights.sum(1)
    enough = np.where(count > 1, count, np.nan)
    mean = (weights * values).sum(1) / enough
    varies = (weights * (values - mean[:, None]) ** 2).sum(1) / (enough - 1)
    return mean, varies
