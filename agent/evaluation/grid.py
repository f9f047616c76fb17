"""Ratings as a grid: one row for each item under one competency, one column for each rater."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations

import numpy as np

from agent.evaluation.ratings import Rating, together
from agent.evaluation.statistics.panel import Codes, Panel

Cell = tuple[str, str, str]
"""Item, competency, rater."""


@dataclass(frozen=True, eq=False)
class Grid:
    """Who rated what. A cell holds the median of a rater's repeats; it is empty where that is null or there is no line.

    `units`: item and competency of each row. `raters`: in the order in which the file first names them.
    `agreeing`, `compared`: of the pairs of repeats, how many are equal, and how many there are.
    """

    units: tuple[tuple[str, str], ...]
    raters: tuple[str, ...]
    panel: Panel
    nulls: int
    agreeing: int
    compared: int

    @cached_property
    def items(self) -> Codes:
        """The item of each unit, as a number from 0: what the bootstrap draws."""
        place: dict[str, int] = {}
        return np.array([place.setdefault(item, len(place)) for item, _ in self.units], dtype=int)

    @property
    def competencies(self) -> int:
        """How many there are."""
        return len({competency for _, competency in self.units})


def grid(ratings: Sequence[Rating], *, order: Iterable[str]) -> Grid:
    """The grid of these ratings; `order` is that of the columns, raters without a line are left out."""
    cells: dict[Cell, list[float | None]] = {}
    for one in ratings:
        cells.setdefault((one.item, one.competency, one.rater), []).append(one.value)
    units = {unit: row for row, unit in enumerate(dict.fromkeys((item, competency) for item, competency, _ in cells))}
    present = {rater for _, _, rater in cells}
    raters = {rater: column for column, rater in enumerate(rater for rater in dict.fromkeys(order) if rater in present)}
    values = np.full((len(units), len(raters)), np.nan)
    for (item, competency, rater), found in cells.items():
        value = together(found)
        values[units[item, competency], raters[rater]] = np.nan if value is None else value
    repeats = [pair for found in cells.values() for pair in combinations(found, 2)]
    agreeing = sum(one == other for one, other in repeats)
    return Grid(tuple(units), tuple(raters), Panel(values), sum(one.value is None for one in ratings), agreeing, len(repeats))
