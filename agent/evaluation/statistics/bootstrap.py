"""Intervals by drawing items again: percentile bootstrap over items, not over single ratings.

B. Efron and R. J. Tibshirani (1993), An introduction to the bootstrap, chapter 13. All ratings of an item are drawn together, so what
hangs together within an item (its other competencies too) stays together.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np

from agent.evaluation.statistics.panel import Array, Codes, Figures

LEVEL = 0.95
DRAWS = 2000
WEIGHTS_AT_ONCE = 6_000_000
LEAST_DEFINED = 0.9
"""A figure that is undefined in more than one draw of ten has no interval."""


class Drawn(NamedTuple):
    """Figures to draw, and for how many of the draws."""

    figures: Figures
    draws: int


def intervals(families: Sequence[Drawn], items: Codes, *, seed: int = 0) -> dict[str, tuple[float, float]]:
    """The 95% interval of each figure that has one.

    `items`: the item of each unit, as a number from 0. Draws in which a figure is undefined are left out. With one item alone there is
    nothing to draw.
    """
    draws = max((family.draws for family in families), default=0)
    if not draws or len(items) == 0 or items.max() == 0:
        return {}
    found: dict[str, list[Array]] = {}
    done = 0
    for weights in _weights(items, draws, seed):
        for family in families:
            part = weights[: max(0, family.draws - done)]
            for name, values in family.figures(part).items() if len(part) else ():
                found.setdefault(name, []).append(values)
        done += len(weights)
    drawn = {name: np.concatenate(parts) for name, parts in found.items()}
    return {name: _middle(values) for name, values in drawn.items() if np.mean(~np.isnan(values)) >= LEAST_DEFINED}


def _weights(items: Codes, draws: int, seed: int) -> Iterator[Array]:
    """How often each draw takes each unit: draws × units, some draws at a time."""
    chance, count = np.random.default_rng(seed), int(items.max()) + 1
    for start in range(0, draws, size := max(1, WEIGHTS_AT_ONCE // len(items))):
        rows = min(size, draws - start)
        taken = chance.integers(count, size=(rows, count)) + count * np.arange(rows)[:, None]
        yield np.bincount(taken.ravel(), minlength=rows * count).reshape(rows, count).astype(float)[:, items]


def _middle(values: Array) -> tuple[float, float]:
    low, high = np.nanquantile(values, [(1 - LEVEL) / 2, (1 + LEVEL) / 2])
    return float(low), float(high)
