"""A figure of a run with its 95% interval."""

from __future__ import annotations

from typing import NamedTuple

Interval = tuple[float, float]

DIGITS = 4
"""Decimals of figures in a report."""
FEWEST = 10
"""With fewer items there is no interval: a bootstrap of so few is far too narrow."""


class Estimated(NamedTuple):
    """A figure. `is_exact`: it was counted, and no other items could have given another."""

    value: float | None
    interval: Interval | None = None
    is_exact: bool = False


def rounded(value: float | None) -> float | None:
    """A figure as reports hold it; None where it is undefined."""
    return None if value is None or value != value else round(value, DIGITS) + 0.0
