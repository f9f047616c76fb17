"""Regression whose weights have a given sign, for several groups that lend each other strength.

For groups c with weights v_c, and weights w that they share, it minimises

    Σ_c Σ_i s_i (y_i − b_c − v_c · z_i)² + λ Σ_c |v_c − w|² + μ |w|²      with sign · v_c ≥ 0

by cyclic coordinate descent, which converges because the problem is convex and its bounds are separable (Tseng 2001, Convergence
of a block coordinate descent method for nondifferentiable minimization, J. Optim. Theory Appl. 109). To the sum comes
`PRIOR` Σ_c (b_c − mean of y)², so that the intercept of a small group stays near the mean.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

PRIOR = 3.0
ROUNDS = 200

Array = NDArray[np.float64]


class Groups(NamedTuple):
    """`intercepts` (groups,) and `weights` (groups, measures)."""

    intercepts: Array
    weights: Array

    def predicted(self, z: Array, group: NDArray[np.int_]) -> Array:
        """What is said to items, shape (items,)."""
        said: Array = self.intercepts[group] + (z * self.weights[group]).sum(1)
        return said


class Pull(NamedTuple):
    """What a group is drawn to: the mean of all, and the shared weights with a strength."""

    mean: float
    weights: Array
    strength: float


def fit_groups(
    z: Array, y: Array, group: NDArray[np.int_], sign: Array, *, groups: int, to_shared: float, to_zero: float, counts: Array | None = None
) -> Groups:
    """Fits all groups.

    Args:
        z: measures, shape (items, measures).
        y: what is wanted, shape (items,).
        group: the group of each item, 0 to groups − 1.
        sign: 1 or -1 for each measure.
        groups: how many there are, with or without items.
        to_shared: λ.
        to_zero: μ.
        counts: s, how much each item counts; all the same unless given.
    """
    counts = np.ones(len(y)) if counts is None else counts
    shared = np.zeros(z.shape[1])
    mean = float(np.average(y, weights=counts))
    intercepts = np.full(groups, mean)
    weights = np.zeros((groups, z.shape[1]))
    members = [np.flatnonzero(group == each) for each in range(groups)]
    for _ in range(ROUNDS):
        for each, own in enumerate(members):
            if not len(own):
                weights[each] = shared
                continue
            intercepts[each], weights[each] = _pass(
                z[own], y[own], counts[own], (intercepts[each], weights[each]), sign, Pull(mean, shared, to_shared)
            )
        shared = to_shared * weights.sum(0) / (to_shared * groups + to_zero)
    return Groups(intercepts, weights)


def _pass(z: Array, y: Array, counts: Array, now: tuple[float, Array], sign: Array, to: Pull) -> tuple[float, Array]:
    """One round over the intercept and every weight of one group."""
    intercept, weights = now[0], now[1].copy()
    left = y - intercept - z @ weights
    moved = to.mean + float((counts * (left + intercept - to.mean)).sum() / (counts.sum() + PRIOR))
    intercept, left = moved, left - (moved - intercept)
    for place in range(z.shape[1]):
        column = z[:, place]
        square = float((counts * column * column).sum())
        best = (float((counts * column * left).sum()) + square * weights[place] + to.strength * to.weights[place]) / (square + to.strength)
        best = best if sign[place] * best > 0 else 0.0
        left = left - column * (best - weights[place])
        weights[place] = best
    return intercept, weights
