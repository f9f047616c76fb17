"""How sure a judge was against how often it was near the raters' level."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from agent.evaluation.page.material import Unit
from agent.evaluation.statistics import brier, expected_calibration_error
from agent.judge.learned.model import NEAR

BINS = 10
LEFT, TOP, SIDE = 44, 12, 280


class Bin(NamedTuple):
    """Units whose confidence lies above `low` and up to `high`: how many, their mean confidence, and the share that was near."""

    low: float
    high: float
    units: int
    confidence: float
    near: float

    @property
    def x(self) -> float:
        """Where its dot lies, in pixels."""
        return round(LEFT + SIDE * self.confidence, 1)

    @property
    def y(self) -> float:
        """The same from the top."""
        return round(TOP + SIDE * (1 - self.near), 1)


class Reliability(NamedTuple):
    """The bins that hold anything, and both figures over all units; None where there is none."""

    bins: tuple[Bin, ...]
    units: int
    ece: float | None
    brier: float | None

    def radius(self, one: Bin) -> float:
        """The size of a bin's dot: its area goes with the units."""
        return round(3 + 11 * math.sqrt(one.units / max(each.units for each in self.bins)), 1)


def reliability(units: Iterable[Unit]) -> Reliability:
    """Of all units with both levels: the confidence against being at most `NEAR` off."""
    both = [(unit.confidence or 0.0, abs(gap) <= NEAR) for unit in units if (gap := unit.gap) is not None]
    sure, near = [one for one, _ in both], [one for _, one in both]
    bins = tuple(_bin(number, [pair for pair in both if _place(pair[0]) == number]) for number in range(BINS))
    return Reliability(
        tuple(one for one in bins if one.units),
        len(both),
        expected_calibration_error(sure, near, bins=BINS) if both else None,
        brier(sure, near) if both else None,
    )


def _bin(number: int, pairs: Sequence[tuple[float, bool]]) -> Bin:
    count = max(1, len(pairs))
    return Bin(number / BINS, (number + 1) / BINS, len(pairs), sum(one for one, _ in pairs) / count, sum(one for _, one in pairs) / count)


def _place(confidence: float) -> int:
    """Bins are open below and closed above, as those of the expected calibration error."""
    return min(BINS - 1, max(0, math.ceil(confidence * BINS) - 1))
