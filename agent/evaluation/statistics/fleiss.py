"""Fleiss' kappa: nominal agreement of several raters, not necessarily the same ones for every unit.

J. L. Fleiss (1971), Measuring nominal scale agreement among many raters, Psychological Bulletin 76, 378-382. For units with unequal
numbers of ratings the generalisation of K. L. Gwet (2014), Handbook of inter-rater reliability, 4th ed., chapter 2: a unit's agreement
is taken over its own pairs of ratings, and a unit's shares of categories count the same however many rated it. With equal numbers
it is the figure of 1971.
"""

from __future__ import annotations

import numpy as np

from agent.evaluation.statistics.panel import Array, Panel, in_parts, ratio, unequal

FIGURES = ("fleiss",)


class Fleiss:
    """Fleiss' kappa of a panel. Agreement is that of units with two ratings or more; chance is that of all rated units."""

    def __init__(self, panel: Panel) -> None:
        self.panel = panel
        self._is_rated = panel.ratings > 0
        self._has_pairs = panel.ratings > 1
        pairs = panel.ratings * (panel.ratings - 1)
        self._apart = np.nan_to_num(ratio(panel.disagreement(unequal), pairs))
        self._share = np.nan_to_num(ratio(np.ones(len(pairs)), panel.ratings))

    def __call__(self, weights: Array) -> dict[str, Array]:
        """The kappa for each row of weights: 1 − observed / expected disagreement; NaN where all values are the same."""
        return in_parts(self._some, weights, self.panel)

    def _some(self, weights: Array) -> dict[str, Array]:
        apart = ratio(weights @ self._apart, weights @ self._has_pairs.astype(float))
        counts = self.panel.by_level(weights * self._share)
        chance = (ratio(counts, (weights @ self._is_rated.astype(float))[:, None]) ** 2).sum(1)
        return {"fleiss": np.where((counts > 0).sum(1) > 1, 1 - ratio(apart, 1 - chance), np.nan)}
