"""What a panel of raters said, as a table with gaps."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
Codes = NDArray[np.int_]
Figures = Callable[[Array], dict[str, Array]]
"""Figures by name, one value for each row of weights (rows × units)."""

Distance = Callable[[Array, Array], Array]
"""How far two values lie apart, element by element."""

LARGEST_TABLE = 4_000_000
VALUES_AT_ONCE = 4_000_000


@dataclass(frozen=True, eq=False)
class Panel:
    """One row for each unit that was rated, one column for each rater; NaN where there is no value.

    Every figure is a function of a panel and of weights, rows × units: how often each unit counts. A row of ones gives the figure
    itself, a row of how often a draw took each unit gives it for one bootstrap sample, and many rows are worked out at once.
    """

    values: Array

    @cached_property
    def is_rated(self) -> NDArray[np.bool_]:
        """Units × raters: where there is a value."""
        return ~np.isnan(self.values)

    @cached_property
    def ratings(self) -> Array:
        """How many values each unit has."""
        return np.asarray(self.is_rated.sum(1), dtype=float)

    @cached_property
    def levels(self) -> Array:
        """The different values, in ascending order."""
        return np.unique(self.values[self.is_rated])

    @cached_property
    def codes(self) -> Codes:
        """Units × raters: the place of each value among the levels, −1 where there is none."""
        return np.where(self.is_rated, np.searchsorted(self.levels, self.values), -1)

    @property
    def once(self) -> Array:
        """The weights of every unit counted once: 1 × units."""
        return np.ones((1, len(self.values)))

    def by_level(self, weights: Array) -> Array:
        """Rows × levels: the sum of the weights of the units that have the level, once for each rater who gave it."""
        if len(self.values) * len(self.levels) <= LARGEST_TABLE:
            return np.asarray(weights @ self._counts)
        units, starts = self._sorted
        return summed(weights, units, starts)

    def disagreement(self, distance: Distance) -> Array:
        """For each unit the sum of the distances over all ordered pairs of its values."""
        total = np.zeros(len(self.values))
        for rater in range(self.values.shape[1]):
            column = self.values[:, [rater]]
            total += np.where(self.is_rated & self.is_rated[:, [rater]], distance(self.values, column), 0).sum(1)
        return total

    @cached_property
    def _counts(self) -> Array:
        """Units × levels: how many raters gave the level."""
        units, levels = len(self.values), len(self.levels)
        cells = np.nonzero(self.is_rated)[0] * levels + self.codes[self.is_rated]
        return np.bincount(cells, minlength=units * levels).reshape(units, levels).astype(float)

    @cached_property
    def _sorted(self) -> tuple[Codes, Codes]:
        """The unit of each value, sorted by value, and where each level begins."""
        codes, units = self.codes[self.is_rated], np.nonzero(self.is_rated)[0]
        order = np.argsort(codes, kind="stable")
        return units[order], np.searchsorted(codes[order], np.arange(len(self.levels)))


def summed(weights: Array, columns: Codes, starts: Codes) -> Array:
    """Rows × blocks: the sums of these columns, taken together in blocks that begin at `starts`.

    Works on the transposed table, whose rows are copied and added as a whole.
    """
    return np.asarray(np.add.reduceat(np.ascontiguousarray(weights.T)[columns], starts, axis=0)).T


def in_parts(figures: Figures, weights: Array, panel: Panel) -> dict[str, Array]:
    """The figures of all rows of weights, worked out for so many rows at a time as memory is meant to hold."""
    size = max(1, VALUES_AT_ONCE // max(1, panel.values.size))
    parts = [figures(weights[start : start + size]) for start in range(0, len(weights), size)]
    return {name: np.concatenate([part[name] for part in parts]) for name in parts[0]}


def ratio(above: Array, below: Array) -> Array:
    """`above` / `below`, NaN where `below` is 0."""
    return np.asarray(np.divide(above, below, out=np.full(np.broadcast(above, below).shape, np.nan), where=below != 0))


def unequal(one: Array, other: Array) -> Array:
    """The nominal distance: 1 for two different values, 0 for equal ones."""
    return np.not_equal(one, other).astype(float)
