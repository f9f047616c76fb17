"""The noise ceiling: what a perfect judge could reach against raters who do not agree among themselves.

Leave-one-out, as the lower bound of H. Nili and others (2014), A toolbox for representational similarity analysis, PLoS Computational
Biology 10(4), e1003553: each rater against the median of the others. Correlation: nothing correlates with a measure by more than the
root of the measure's reliability; C. Spearman (1904), American Journal of Psychology 15, 72-101.
"""

from __future__ import annotations

import numpy as np

from agent.evaluation.statistics.pairs import Pairs
from agent.evaluation.statistics.panel import Array, Panel

FIGURES = ("ceiling_qwk",)


class Ceiling:
    """How well one of the raters agrees with the median of the others: the mean QWK over raters."""

    def __init__(self, panel: Panel) -> None:
        raters = panel.values.shape[1]
        others = [_median(np.delete(panel.values, rater, axis=1)) for rater in range(raters)]
        both = Panel(np.column_stack([panel.values, *others]))
        self.pairs = Pairs(both, [(rater, raters + rater) for rater in range(raters) if panel.is_rated[:, rater].any()])

    def __call__(self, weights: Array) -> dict[str, Array]:
        """The ceiling for each row of weights; NaN where no rater has a kappa."""
        return {"ceiling_qwk": self.pairs(weights)["qwk"]}


def highest_correlation(reliability: float) -> float:
    """The highest correlation that anything can have with the raters' mean, whose reliability (icc2k or icc3k) is given: its root.

    NaN where the reliability is undefined; 0 where it is negative.
    """
    return float(np.sqrt(max(0.0, reliability))) if not np.isnan(reliability) else float("nan")


def _median(values: Array) -> Array:
    """The median of each row; NaN where it is empty."""
    found = np.full(len(values), np.nan)
    rated = ~np.isnan(values).all(1)
    found[rated] = np.nanmedian(values[rated], axis=1)
    return found
