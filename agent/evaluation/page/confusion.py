"""Where a judge puts what the raters put elsewhere: counts of units by both levels, and where the cells are drawn."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import NamedTuple

from agent.evaluation.page.material import Unit
from agent.rubric import LEVELS
from agent.verdict import State

NAMES = (*map(str, LEVELS), "none")
SIDE, LEFT, TOP = 44, 52, 40
SIZE = (LEFT + SIDE * len(NAMES) + 2, TOP + SIDE * len(NAMES) + 2)


class Cell(NamedTuple):
    """A count at its place in pixels; `share` is of the row."""

    x: int
    y: int
    units: int
    share: float
    is_same: bool


class Matrix(NamedTuple):
    """Rows are the raters' levels, columns the judge's, both rounded half up as for kappa; the last of each is no level."""

    rows: tuple[tuple[int, ...], ...]
    not_observed: int
    abstained: int

    @property
    def units(self) -> int:
        """How many there are."""
        return sum(map(sum, self.rows))

    @property
    def cells(self) -> list[Cell]:
        """All cells, row by row."""
        return [
            Cell(LEFT + SIDE * column, TOP + SIDE * row, count, count / sum(counts) if count else 0.0, row == column)
            for row, counts in enumerate(self.rows)
            for column, count in enumerate(counts)
        ]


def confusion(units: Iterable[Unit]) -> Matrix:
    """The matrix of units."""
    listed = list(units)
    counts = Counter((_place(unit.reference), _place(unit.score)) for unit in listed)
    states = Counter(unit.state for unit in listed)
    places = range(len(NAMES))
    rows = tuple(tuple(counts[row, column] for column in places) for row in places)
    return Matrix(rows, states[State.NOT_OBSERVED], states[State.ABSTAINED])


def _place(level: float | None) -> int:
    return len(LEVELS) if level is None else int(level + 0.5) - LEVELS[0]
