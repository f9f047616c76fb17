"""A scale across the width of a plot, in percent, so that a plot fits any screen."""

from __future__ import annotations

import math
from collections.abc import Iterable
from typing import NamedTuple

EDGE = 3.0
"""What is left free at either side, in percent."""


class Axis(NamedTuple):
    """From `low` at the left to `high` at the right."""

    low: float
    high: float

    def at(self, value: float) -> float:
        """Where a value lies; what is outside lies at the edge."""
        share = (min(self.high, max(self.low, value)) - self.low) / (self.high - self.low)
        return round(EDGE + share * (100 - 2 * EDGE), 2)

    def ticks(self, step: float) -> list[tuple[str, float]]:
        """Multiples of `step` as they are printed, and where they lie."""
        first, last = math.ceil(self.low / step - 1e-9), math.floor(self.high / step + 1e-9)
        return [(f"{number * step:.1f}".replace("-", "−"), self.at(number * step)) for number in range(first, last + 1)]


def around(values: Iterable[float]) -> Axis:
    """The axis that holds all values, with a little room."""
    listed = list(values)
    low, high = min(listed), max(listed)
    room = (high - low) * 0.08 or 0.05
    return Axis(low - room, high + room)
