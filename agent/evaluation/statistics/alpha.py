"""Krippendorff's alpha for four kinds of scale, any number of raters, and missing values.

1 − observed / expected disagreement: that of values of the same unit against that of any two values. Source: K. Krippendorff (2011),
Computing Krippendorff's alpha-reliability, University of Pennsylvania; (2019), Content analysis, 4th ed., chapter 12.
"""

from __future__ import annotations

from typing import Literal, get_args

import numpy as np

from agent.evaluation.statistics.panel import Array, Panel, in_parts, ratio, unequal

Metric = Literal["nominal", "ordinal", "interval", "ratio"]
METRICS: tuple[Metric, ...] = get_args(Metric)
FIGURES = tuple(f"alpha_{metric}" for metric in METRICS)
MOST_WORK = 1e9
"""Distances of two levels, times rows of weights, that are worked out for the ratio metric; some seconds."""


class Alpha:
    """The four alphas of a panel. Units with fewer than two values do not count; only pairs of values within a unit say something."""

    def __init__(self, panel: Panel) -> None:
        self.panel = panel
        self._is_pairable = panel.ratings >= 2
        self._share = ratio(self._is_pairable.astype(float), np.maximum(panel.ratings - 1, 1))
        self._centre = float(panel.levels.mean()) if len(panel.levels) else 0.0
        self._observed = {
            "nominal": panel.disagreement(unequal) * self._share,
            "interval": panel.disagreement(lambda one, other: (one - other) ** 2) * self._share,
            "ratio": panel.disagreement(relative) * self._share,
        }

    def __call__(self, weights: Array) -> dict[str, Array]:
        """Each alpha, one for each row of weights; NaN where undefined: no two values to compare, or all are the same."""
        return in_parts(self._some, weights, self.panel)

    def _some(self, weights: Array) -> dict[str, Array]:
        counts = self.panel.by_level(weights * self._is_pairable)
        total = counts.sum(1)
        ranks = ratio(np.cumsum(counts, 1) - counts / 2, total[:, None])
        observed = {metric: weights @ of_units for metric, of_units in self._observed.items()}
        observed["ordinal"] = self._ordinal(weights, np.nan_to_num(ranks))
        expected = {
            "nominal": total**2 - (counts**2).sum(1),
            "ordinal": _squares(counts, ranks),
            "interval": _squares(counts, np.broadcast_to(self.panel.levels - self._centre, counts.shape)),
            "ratio": _relative(counts, self.panel.levels),
        }
        varies = (counts > 0).sum(1) > 1
        found = {metric: 1 - (total - 1) * ratio(observed[metric], expected[metric]) for metric in METRICS}
        return {f"alpha_{metric}": np.where(varies, values, np.nan) for metric, values in found.items()}

    def _ordinal(self, weights: Array, ranks: Array) -> Array:
        """The squared differences of mid-ranks within units, which is what the ordinal distance comes to."""
        sums, squares = np.zeros(weights.shape), np.zeros(weights.shape)
        for codes, rated in zip(self.panel.codes.T, self.panel.is_rated.T, strict=True):
            found = ranks[:, codes[rated]]
            sums[:, rated] += found
            squares[:, rated] += found**2
        apart = 2 * (self.panel.ratings * squares - sums**2)
        return np.asarray((weights * self._share * apart).sum(1))


def relative(one: Array, other: Array) -> Array:
    """The distance of the ratio metric, ((a − b) / (a + b))²; 0 for two zeros."""
    total = one + other
    return np.divide(one - other, total, out=np.zeros(total.shape), where=total != 0) ** 2


def has_ratio(levels: Array) -> bool:
    """Whether there is a true zero that nothing falls below, which the ratio metric needs."""
    return not (levels < 0).any()


def _squares(counts: Array, scores: Array) -> Array:
    """Σ n_c n_k (s_c − s_k)² over ordered pairs of levels."""
    total, mean = counts.sum(1), ratio((counts * scores).sum(1), counts.sum(1))
    return np.asarray(2 * total * (counts * (scores - mean[:, None]) ** 2).sum(1))


def _relative(counts: Array, levels: Array) -> Array:
    """Σ n_c n_k of the ratio distance; NaN below zero, or where there are too many different values to compare."""
    if not has_ratio(levels) or len(counts) * len(levels) ** 2 > MOST_WORK:
        return np.full(len(counts), np.nan)
    total, size = np.zeros(len(counts)), 256
    for start in range(0, len(levels), size):
        part = slice(start, start + size)
        total += ((counts[:, part] @ relative(levels[part, None], levels[None, :])) * counts).sum(1)
    return total
