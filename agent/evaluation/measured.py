"""Every figure of agreement of one grid of ratings, and the intervals."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from itertools import combinations

import numpy as np

from agent.evaluation.grid import Grid
from agent.evaluation.statistics import alpha, bootstrap, ceiling, fleiss, icc, pairs
from agent.evaluation.statistics.bootstrap import Drawn
from agent.evaluation.statistics.panel import Array, Panel

FIGURES = (*pairs.FIGURES, *fleiss.FIGURES, *alpha.FIGURES, *icc.FIGURES)
FURTHER = ("variance_item", "variance_rater", "variance_residual", "ceiling_qwk", "ceiling_r")
LEVELS = (1.0, 5.0)

GOOD_WORK, MOST_WORK = 8e9, 4e10
LEAST_DRAWS = 200
"""Pairwise figures of many raters are drawn less often, so that they take seconds: as often as is good work, yet at least so often;
not at all where even that is more than the most."""

Scale = tuple[float, float]


@dataclass(frozen=True)
class Question:
    """What is asked of ratings: against whom, on which scale, with how many draws for the intervals."""

    reference: str | None = None
    scale: Scale | None = None
    draws: int = bootstrap.DRAWS
    seed: int = 0


@dataclass(frozen=True, eq=False)
class Measured:
    """What a grid comes to. Figures are NaN where undefined."""

    grid: Grid
    question: Question

    @property
    def panel(self) -> Panel:
        """The values."""
        return self.grid.panel

    @cached_property
    def scale(self) -> Scale | None:
        """The scale asked for; otherwise 1 to 5 where all values lie within, or from the lowest to the highest; None without a value."""
        levels = self.panel.levels
        if self.question.scale is not None or not len(levels):
            return self.question.scale
        low, high = float(levels[0]), float(levels[-1])
        return LEVELS if LEVELS[0] <= low and high <= LEVELS[1] else (low, high)

    @cached_property
    def compared(self) -> pairs.Pairs:
        """The raters compared: all pairs, or the reference with each of the others. Who gave no value is compared with nobody."""
        columns = [int(column) for column in np.flatnonzero(self.panel.is_rated.any(0))]
        if self.question.reference is None:
            return pairs.Pairs(self.panel, list(combinations(columns, 2)))
        first = [column for column in columns if self.grid.raters[column] == self.question.reference]
        return pairs.Pairs(self.panel, [(one, other) for one in first for other in columns if one != other])

    @cached_property
    def by_pair(self) -> dict[str, Array]:
        """Each pairwise figure, one for each pair."""
        parts = list(self.compared.each(self.panel.once))
        return {name: np.concatenate([part[name][0] for part in parts]) if parts else np.zeros(0) for name in pairs.FIGURES}

    @cached_property
    def intraclass(self) -> icc.Icc:
        """The intraclass correlations."""
        return icc.Icc(self.panel)

    @cached_property
    def figures(self) -> dict[str, float]:
        """All figures by name, in the order in which they are shown."""
        found = {name: float(np.nanmean(values)) if (~np.isnan(values)).any() else np.nan for name, values in self.by_pair.items()}
        for family in (*self._families, self._ceiling):
            found |= {name: float(values[0]) for name, values in family(self.panel.once).items()}
        found |= {f"variance_{name}": value for name, value in icc.components(self.panel)._asdict().items()}
        found["ceiling_r"] = ceiling.highest_correlation(found["icc3k"])
        return {name: found[name] for name in (*FIGURES, *FURTHER)}

    @cached_property
    def intervals(self) -> dict[str, tuple[float, float]]:
        """The 95% interval of each figure that is defined and has one."""
        drawn = [Drawn(family, self.question.draws) for family in self._families]
        drawn += [Drawn(self.compared, self.pair_draws), Drawn(self._ceiling, self._draws(self._ceiling.pairs))]
        found = bootstrap.intervals(drawn, self.grid.items, seed=self.question.seed)
        return {name: found[name] for name, value in self.figures.items() if name in found and not np.isnan(value)}

    @property
    def pair_draws(self) -> int:
        """How many draws the intervals of pairwise figures are from."""
        return self._draws(self.compared)

    @cached_property
    def _families(self) -> tuple[alpha.Alpha, fleiss.Fleiss, icc.Icc]:
        return alpha.Alpha(self.panel), fleiss.Fleiss(self.panel), self.intraclass

    @cached_property
    def _ceiling(self) -> ceiling.Ceiling:
        return ceiling.Ceiling(self.panel)

    def _draws(self, compared: pairs.Pairs) -> int:
        work = max(1, len(compared.pairs) * (compared.cells**2 // 3 + 100 * compared.cells))
        draws = min(self.question.draws, max(LEAST_DRAWS, int(GOOD_WORK // work)))
        return draws if draws * work <= MOST_WORK else 0
