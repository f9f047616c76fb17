"""Answers as a table: items × judges × repeats, of the judges that have most items in common."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from agent.evaluation.ratings import Rating
from agent.evaluation.statistics.panel import Array

Values = Mapping[tuple[str, str], Sequence[float]]
"""By item and judge."""


@dataclass(frozen=True, eq=False)
class Table:
    """The answers about one competency; NaN where a judge answered less often. Every judge gave every item a level."""

    items: tuple[str, ...]
    judges: tuple[str, ...]
    values: Array
    left_out: int

    @property
    def repeats(self) -> int:
        """The most answers of a judge about an item."""
        return int(self.values.shape[2])

    def drawn(self, counts: Mapping[str, int]) -> Table:
        """The table with each item so often."""
        rows = [row for row, item in enumerate(self.items) for _ in range(counts[item])]
        return Table(tuple(self.items[row] for row in rows), self.judges, self.values[rows], self.left_out)


def tables(ratings: Iterable[Rating]) -> dict[str, Table]:
    """A table for each competency, in the order in which they first occur."""
    by: dict[str, dict[tuple[str, str], list[float]]] = {}
    for one in ratings:
        cells = by.setdefault(one.competency, {})
        if one.value is not None:
            cells.setdefault((one.item, one.rater), []).append(one.value)
    return {competency: _table(cells) for competency, cells in by.items()}


def _table(cells: Values) -> Table:
    rated: dict[str, set[str]] = {}
    for item, judge in cells:
        rated.setdefault(judge, set()).add(item)
    judges = _together(rated)
    items = [item for item in dict.fromkeys(item for item, _ in cells) if all(item in rated[judge] for judge in judges)]
    most = max((len(cells[item, judge]) for item in items for judge in judges), default=1)
    values = np.full((len(items), len(judges), most), np.nan)
    for row, item in enumerate(items):
        for column, judge in enumerate(judges):
            found = cells[item, judge]
            values[row, column, : len(found)] = found
    return Table(tuple(items), tuple(judges), values, len({item for item, _ in cells}) - len(items))


def _together(rated: Mapping[str, set[str]]) -> list[str]:
    """The judges whose common items make the largest whole table: the one with most items, then whoever adds most, while it grows.

    A second judge is always taken where two have ten items in common, for one alone tells nothing of judges.
    """
    left = sorted(rated, key=lambda judge: -len(rated[judge]))
    chosen, common = left[:1], set(rated[left[0]]) if left else set()
    while len(chosen) < len(left):
        best = max((judge for judge in left if judge not in chosen), key=lambda judge: len(common & rated[judge]))
        shared = common & rated[best]
        grows = len(shared) * (len(chosen) + 1) > len(common) * len(chosen)
        if not shared or not (grows or (len(chosen) == 1 and len(shared) >= 10)):
            break
        chosen, common = [*chosen, best], shared
    return [judge for judge in rated if judge in chosen]
