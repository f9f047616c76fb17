"""Intraclass correlations, and how much of the variance comes from items, from raters and from the rest.

P. E. Shrout and J. L. Fleiss (1979), Intraclass correlations: uses in assessing rater reliability, Psychological Bulletin 86, 420-428.
Variance components: the estimates from mean squares of the two-way random model without repeats, negative ones set to 0, as
R. L. Brennan (2001), Generalizability theory, chapter 3.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from agent.evaluation.statistics.panel import Array, Panel, ratio

FIGURES = ("icc1", "icc2", "icc3", "icc1k", "icc2k", "icc3k")
ROUNDING = 1e-13
"""A sum of squares below this share of all squares is what rounding left of zero."""


class MeanSquares(NamedTuple):
    """Of the two-way analysis of variance, in the letters of the source: B between items, W within items, J between raters, E the
    rest; each one for each row of weights, with n, how many items the row counts."""

    items: Array
    within: Array
    raters: Array
    rest: Array
    n: Array


class Components(NamedTuple):
    """Variances in squared units of the scale; NaN where there are not two complete items of two raters."""

    item: float
    rater: float
    residual: float


class Icc:
    """The six forms for a panel, of the units that every rater rated. A rater without any value is left out."""

    def __init__(self, panel: Panel) -> None:
        rated = panel.is_rated[:, panel.is_rated.any(0)]
        self.is_complete: NDArray[np.bool_] = rated.all(1) & (rated.shape[1] > 0)
        values = panel.values[:, panel.is_rated.any(0)][self.is_complete]
        self.values = values - (values.mean() if values.size else 0.0)

    def __call__(self, weights: Array) -> dict[str, Array]:
        """Each form, one for each row of weights: icc1, icc2, icc3 of a single rating, icc1k, icc2k, icc3k of the raters' mean.

        NaN where the variance that it divides by is 0, or is estimated below 0 (possible for icc2 and icc2k).
        """
        k = self.values.shape[1]
        if k < 2 or not len(self.values):
            return {name: np.full(len(weights), np.nan) for name in FIGURES}
        b, w, j, e, n = self.mean_squares(weights)
        return {
            "icc1": ratio(b - w, b + (k - 1) * w),
            "icc2": _share(b - e, b + (k - 1) * e + k * (j - e) / n),
            "icc3": ratio(b - e, b + (k - 1) * e),
            "icc1k": ratio(b - w, b),
            "icc2k": _share(b - e, b + (j - e) / n),
            "icc3k": ratio(b - e, b),
        }

    def mean_squares(self, weights: Array) -> MeanSquares:
        """The mean squares for each row of weights; NaN where it counts fewer than two items."""
        k, taken = self.values.shape[1], weights[:, self.is_complete]
        count = np.where(taken.sum(1) > 1, taken.sum(1), np.nan)
        rows, columns = self.values.mean(1), taken @ self.values / count[:, None]
        squares, grand = taken @ (self.values**2).sum(1), columns.mean(1)
        total = squares - count * k * grand**2
        items = k * (taken @ rows**2 - count * grand**2)
        raters = count * ((columns**2).sum(1) - k * grand**2)
        items, raters, within, rest = (
            np.where(each > ROUNDING * squares, each, 0) for each in (items, raters, total - items, total - items - raters)
        )
        undefined = np.where(np.isnan(count), np.nan, 0)
        return MeanSquares(
            items / (count - 1) + undefined,
            within / (count * (k - 1)) + undefined,
            raters / (k - 1) + undefined,
            rest / ((count - 1) * (k - 1)) + undefined,
            count,
        )


def _share(of_items: Array, total: Array) -> Array:
    return ratio(of_items, np.maximum(total, 0))


def components(panel: Panel) -> Components:
    """The variance of items, of raters (one stricter than another) and of the rest, estimated from the complete items."""
    icc = Icc(panel)
    k = icc.values.shape[1]
    if k < 2 or len(icc.values) < 2:
        return Components(np.nan, np.nan, np.nan)
    b, _, j, e, n = (float(each[0]) for each in icc.mean_squares(panel.once))
    return Components(max(0.0, (b - e) / k), max(0.0, (j - e) / n), e)
