"""How two raters agree; for more than two, the mean over pairs.

Every figure comes from how often each pair of values occurs, so that draws of the bootstrap are one matrix product away.
Sources: J. Cohen (1960), A coefficient of agreement for nominal scales, Educational and Psychological Measurement 20, 37-46, and
(1968), Weighted kappa, Psychological Bulletin 70, 213-220; M. G. Kendall (1945), The treatment of ties in ranking problems,
Biometrika 33, 239-251 (tau-b); C. Spearman (1904), The proof and measurement of association between two things, American Journal of
Psychology 15, 72-101 (Pearson's r of mid-ranks).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np

from agent.evaluation.statistics.panel import Array, Codes, Panel, ratio, summed

FIGURES = ("exact", "adjacent", "mae", "rmse", "bias", "pearson", "spearman", "kendall", "kappa", "kappa_linear", "qwk")
ROUNDING = 1e-9
"""2.2 and 1.2 lie one level apart, whatever binary fractions make of them."""

FEW_LEVELS = 12
CELLS_AT_ONCE = 1_000_000
LARGEST_TABLE = 100_000


class Cells(NamedTuple):
    """Different pairs of values, `one` and `other`, and how often each occurs: rows × cells."""

    one: Array
    other: Array
    counts: Array


class Pairs:
    """The figures of agreement of pairs of columns of a panel; each is the mean over the pairs where it is defined."""

    def __init__(self, panel: Panel, pairs: Sequence[tuple[int, int]]) -> None:
        self.panel = panel
        self.pairs = np.array(pairs, dtype=int).reshape(-1, 2)

    def __call__(self, weights: Array) -> dict[str, Array]:
        """Each figure's mean over pairs, one for each row of weights; NaN where no pair defines it."""
        total = {name: np.zeros(len(weights)) for name in FIGURES}
        defined = {name: np.zeros(len(weights)) for name in FIGURES}
        for found in self.each(weights):
            for name, values in found.items():
                total[name] += np.nansum(values, axis=1)
                defined[name] += (~np.isnan(values)).sum(1)
        return {name: ratio(total[name], defined[name]) for name in FIGURES}

    def each(self, weights: Array) -> Iterator[dict[str, Array]]:
        """The figures, rows × pairs, some pairs at a time."""
        for cells in self._few(weights) if self._has_few_levels else self._many(weights):
            yield {name: values.reshape(len(weights), -1) for name, values in figures(cells).items()}

    @property
    def cells(self) -> int:
        """About how many cells one pair has: what the work for it depends on."""
        levels = len(self.panel.levels)
        return levels**2 if self._has_few_levels else min(levels**2, len(self.panel.values))

    @property
    def common(self) -> Array:
        """For each pair, how many units both rated."""
        rated = self.panel.is_rated.astype(float)
        both = rated.T @ rated
        return np.asarray(both[self.pairs[:, 0], self.pairs[:, 1]])

    @property
    def _has_few_levels(self) -> bool:
        return len(self.panel.levels) <= FEW_LEVELS

    def _few(self, weights: Array) -> Iterator[Cells]:
        """With few levels every pair of pairs of values is a cell, and many pairs of raters share one product."""
        levels = self.panel.levels
        one, other = (side.ravel() for side in np.meshgrid(levels, levels, indexing="ij"))
        units, size = len(self.panel.values), max(1, len(one))
        at_once = max(1, CELLS_AT_ONCE // (size * max(units, len(weights))))
        for start in range(0, len(self.pairs), at_once):
            first, second = (self.panel.codes[:, column] for column in self.pairs[start : start + at_once].T)
            unit, pair = np.nonzero((first >= 0) & (second >= 0))
            found = np.zeros((units, first.shape[1], size))
            found[unit, pair, first[unit, pair] * len(levels) + second[unit, pair]] = 1
            yield Cells(one, other, (weights @ found.reshape(units, -1)).reshape(-1, size))

    def _many(self, weights: Array) -> Iterator[Cells]:
        """With many levels only the cells that occur are counted, pair by pair."""
        levels, codes = self.panel.levels, self.panel.codes
        for first, second in self.pairs:
            (units,) = np.nonzero((codes[:, first] >= 0) & (codes[:, second] >= 0))
            if not len(units):
                yield Cells(np.zeros(1), np.zeros(1), np.zeros((len(weights), 1)))
                continue
            cells = codes[units, first] * len(levels) + codes[units, second]
            order = np.argsort(cells, kind="stable")
            occurring, starts = np.unique(cells[order], return_index=True)
            counts = summed(weights, units[order], starts)
            yield Cells(levels[occurring // len(levels)], levels[occurring % len(levels)], counts)


def figures(cells: Cells) -> dict[str, Array]:
    """All figures of agreement, one for each row of counts; NaN where undefined.

    Exact and adjacent are shares (adjacent: at most 1 apart), mae, rmse and bias are in units of the scale (bias: other − one). The
    kappas are 1 − observed / expected disagreement, with the distance 0 or 1 (kappa), |a − b| (linear) or (a − b)² (quadratic) of
    the values themselves, expected if both kept their own shares and rated independently.
    """
    total = cells.counts.sum(1, keepdims=True)
    share = ratio(cells.counts, total)
    gap = cells.other - cells.one
    near = {"exact": gap == 0, "adjacent": abs(gap) <= 1 + ROUNDING}
    found = {name: ratio(cells.counts @ which.astype(float), total[:, 0]) for name, which in near.items()}
    found |= {"mae": share @ abs(gap), "rmse": np.sqrt(share @ gap**2), "bias": share @ gap}
    return found | _chance_corrected(cells, share, 1 - found["exact"])


def _chance_corrected(cells: Cells, share: Array, unequal: Array) -> dict[str, Array]:
    """Correlations and kappas, from the shares of each value that either rater has."""
    levels = np.unique(np.concatenate([cells.one, cells.other]))
    place, other_place = np.searchsorted(levels, cells.one), np.searchsorted(levels, cells.other)
    one, other = _shares(cells.counts, place, len(levels)), _shares(cells.counts, other_place, len(levels))
    middle = levels.mean()
    x, y, value = cells.one - middle, cells.other - middle, levels - middle
    means, squares = (one @ value, other @ value), (one @ value**2, other @ value**2)
    ranks, other_ranks = np.cumsum(one, 1) - one / 2 - 0.5, np.cumsum(other, 1) - other / 2 - 0.5
    apart = squares[0] + squares[1] - 2 * means[0] * means[1]
    return {
        "pearson": _correlation(share @ (x * y) - means[0] * means[1], squares[0] - means[0] ** 2, squares[1] - means[1] ** 2),
        "spearman": _correlation(
            (share * ranks[:, place] * other_ranks[:, other_place]).sum(1), (one * ranks**2).sum(1), (other * other_ranks**2).sum(1)
        ),
        "kendall": _correlation(_concordance(cells, share), 1 - (one**2).sum(1), 1 - (other**2).sum(1)),
        "kappa": 1 - ratio(unequal, 1 - (one * other).sum(1)),
        "kappa_linear": 1 - ratio(share @ abs(cells.one - cells.other), _mean_distance(levels, one, other)),
        "qwk": 1 - ratio(share @ (cells.one - cells.other) ** 2, apart),
    }


def _shares(counts: Array, place: Codes, levels: int) -> Array:
    """Rows × levels: how often the level of that place is given. Counts are added before they are divided, so that all is exactly 1."""
    total = counts.sum(1, keepdims=True)
    if levels * len(place) <= LARGEST_TABLE:
        return ratio(counts @ np.eye(levels)[place], total)
    order = np.argsort(place, kind="stable")
    present, starts = np.unique(place[order], return_index=True)
    found = np.zeros((len(counts), levels))
    found[:, present] = summed(counts, order, starts)
    return ratio(found, total)


def _correlation(together: Array, one: Array, other: Array) -> Array:
    return np.clip(ratio(together, np.sqrt(np.maximum(one * other, 0))), -1, 1)


def _mean_distance(levels: Array, one: Array, other: Array) -> Array:
    """The mean of |a − b| for independent a and b: for each step between two levels, how often they lie on different sides of it."""
    below, other_below = np.cumsum(one, 1)[:, :-1], np.cumsum(other, 1)[:, :-1]
    return np.asarray((below * (1 - other_below) + other_below * (1 - below)) @ np.diff(levels))


def _concordance(cells: Cells, share: Array) -> Array:
    """How much more often two units are ordered alike than the other way round, over all ordered pairs of units."""
    total, size = np.zeros(len(share)), max(1, CELLS_AT_ONCE // len(cells.one))
    for start in range(0, len(cells.one), size):
        part = slice(start, start + size)
        above = cells.one[part, None] > cells.one
        alike, apart = above & (cells.other[part, None] > cells.other), above & (cells.other[part, None] < cells.other)
        total += ((share[:, part] @ np.subtract(alike, apart, dtype=float)) * share).sum(1)
    return 2 * total


def quadratic_kappa(one: Sequence[int], other: Sequence[int], levels: Sequence[int]) -> float:
    """Cohen's kappa weighted by the squared distance of two levels' places, 1 for perfect agreement and 0 for that of chance.

    1 − Σ w_ij O_ij / Σ w_ij E_ij with w_ij = (i − j)² (Cohen 1968). `levels` is the whole scale in its order, also levels that nobody
    gave. NaN where both always give one and the same level.
    """
    place = {level: index for index, level in enumerate(levels)}
    seen = np.zeros((len(levels), len(levels)))
    np.add.at(seen, ([place[each] for each in one], [place[each] for each in other]), 1)
    where = np.indices(seen.shape).reshape(2, -1).astype(float)
    return float(figures(Cells(where[0], where[1], seen.reshape(1, -1)))["qwk"][0])
