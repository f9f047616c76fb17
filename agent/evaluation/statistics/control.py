"""Control limits: how far a figure may lie from what it was before while nothing has changed.

From answers: the spread of several answers about the same thing, pooled over all things, is what chance does to one answer. With two or
more answers a thing it is known from few runs.

    s²     = (Σ (x − mean of its cell)² + ½) / Σ (answers of the cell − 1)
    limits = mean ± t · s · √(spread of the mean now² + spread of the mean before²)

The ½ is one flip between two neighbours, so that a judge which never wavered while it was watched may do so once.

From runs: D. C. Montgomery (2009), Introduction to statistical quality control, 6th ed., section 6.4, the chart for individuals. The mean
moving range of the runs' figures over d₂ = 1.128 estimates their spread, so that its usual limits are mean ± 3 / 1.128 = 2.66 moving
ranges. Those 3 leave 0.27% to each chart whose spread is known; with twelve of them, and both mean and spread from the same few runs, the
factor here is wider: Student's, with as many degrees of freedom as moving ranges are worth.

Counts: c-chart, section 7.3 of the same, with the exact quantile of the Poisson distribution.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise
from statistics import fmean
from typing import NamedTuple

from agent.document import Document
from agent.evaluation.statistics.quantiles import student

D2 = 1.128
EFFICIENCY = 0.605
"""Of moving ranges beside the standard deviation: J. D. Cryer and T. P. Ryan (1990), Journal of Quality Technology 22, 187-192."""
FLIP = 0.5
FEWEST_RUNS = 20
"""From so many runs on their own spread is used, which also holds what differs from day to day."""


class Limits(Document):
    """Outside of these a figure is out."""

    centre: float
    low: float
    high: float

    def hold(self, value: float) -> bool:
        """Whether a figure is inside."""
        return self.low <= value <= self.high


class Noise(NamedTuple):
    """The variance of one answer, and the degrees of freedom that it comes from."""

    variance: float
    freedom: int


def noise(cells: Iterable[Sequence[float]]) -> Noise | None:
    """That of answers about the same thing, pooled over things; None where nothing was answered twice."""
    several = [cell for cell in cells if len(cell) > 1]
    freedom = sum(len(cell) - 1 for cell in several)
    squares = sum((value - fmean(cell)) ** 2 for cell in several for value in cell)
    return Noise((squares + FLIP) / freedom, freedom) if freedom else None


def from_answers(centre: float, found: Noise, now: Sequence[int], before: Sequence[int], alpha: float) -> Limits:
    """The limits of a mean over things, for so many answers about each now and before; `alpha` is the share of false alarms."""
    spread = (sum(1 / count for count in now) + sum(1 / count for count in before)) ** 0.5 / len(now)
    return around(centre, student(1 - alpha / 2, found.freedom) * found.variance**0.5 * spread)


def from_runs(figures: Sequence[float], alpha: float) -> Limits:
    """The limits of the next run's figure, from those of at least four runs before."""
    ranges = [abs(after - before) for before, after in pairwise(figures)]
    spread = fmean(ranges) / D2
    freedom = int(EFFICIENCY * (len(figures) - 1))
    return around(fmean(figures), student(1 - alpha / 2, freedom) * spread * (1 + 1 / len(figures)) ** 0.5)


def around(centre: float, far: float) -> Limits:
    """Limits so far below and above."""
    return Limits(centre=centre, low=centre - far, high=centre + far)
