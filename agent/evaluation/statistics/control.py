"""Control limits: how far a figure may lie from what it was before while nothing has changed.

From answers: the spread of several answers about the same thing, pooled over all things, is what chance does to one answer. With two or
more answers a thing it is known from few runs.

    s²     = (Σ (x − mean of its cell)² + ½) / Σ (answers of the cell − 1)
    limits = mean ± t · s · √(spread of the mean now² + spread of the mean before²)

The ½ is one flip between two neighbours, so that a judge which never wavered while it was watched may do so once.

From day to day more may differ than from answer to answer. Where there are runs enough, the figures of each are divided by the spread that
answers alone would give them, and the mean moving range of what comes out, over d₂ = 1.128, is how many times wider the limits are: D. B.
Laney (2002), Improved control charts for attributes, Quality Engineering 14, 531-537, here pooled over charts. The moving range is that of
the chart for individuals (D. C. Montgomery 2009, Introduction to statistical quality control, 6th ed., section 6.4), whose usual limits
of 2.66 = 3 / 1.128 moving ranges leave 0.27% to one chart whose spread is known, and far more to twelve with few runs.

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
FLIP = 0.5
FEWEST_RUNS = 8
"""From so many runs on it is known how much more differs from day to day than from answer to answer."""


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


def from_answers(centre: float, far: float, found: Noise, alpha: float) -> Limits:
    """The limits of a figure whose difference from `centre` has the deviation `far` by chance; `alpha` is the share of false alarms."""
    return around(centre, student(1 - alpha / 2, found.freedom) * far)


def day_to_day(charts: Iterable[Sequence[float]]) -> float:
    """How many times wider limits have to be than answers alone make them: at least 1, and 1 while there are too few runs.

    `charts`: for each, the figures of all runs, divided by the deviation that one run's has by chance.
    """
    ranges = [abs(after - before) for chart in charts if len(chart) >= FEWEST_RUNS for before, after in pairwise(chart)]
    return max(1.0, fmean(ranges) / D2) if ranges else 1.0


def around(centre: float, far: float) -> Limits:
    """Limits so far below and above."""
    return Limits(centre=centre, low=centre - far, high=centre + far)
