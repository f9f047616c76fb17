"""Where differences between gradings come from, and how reliable other numbers of judges and repeats would be.

Items crossed with judges, repeats within each cell: the second answer about one item has nothing in common with the second about
another. From mean squares of I items, J judges and R repeats, negative estimates set to 0:

    repeat       = MS(repeats)
    interaction  = (MS(items × judges) − MS(repeats)) / R        one judge is stricter than another on this item
    judge        = (MS(judges) − MS(items × judges)) / (I R)     one judge is stricter than another
    item         = (MS(items) − MS(items × judges)) / (J R)

    δ = interaction / J′ + repeat / (J′ R′)      Eρ² = item / (item + δ)       keeps the order of items
    Δ = δ + judge / J′                           Φ = item / (item + Δ)         gives the level itself

R. L. Brennan (2001), Generalizability theory, chapters 3 and 4 (with the names of the two coefficients: relative and absolute);
L. J. Cronbach and others (1972), The dependability of behavioral measurements.
"""

from __future__ import annotations

import numpy as np

from agent.document import Document
from agent.evaluation.statistics.panel import Array


class Components(Document):
    """Variances in squared levels; None where the design cannot tell them apart.

    With one judge `item` is of that judge, its interaction within; with one repeat `interaction` is what is left, repeats within.
    """

    item: float
    judge: float | None
    interaction: float | None
    repeat: float | None


class Reliability(Document):
    """Of the mean of so many judges and repeats, 0 to 1; None where it cannot be told, or where nothing varies."""

    relative: float | None
    absolute: float | None


def components(values: Array) -> Components | None:
    """The components of a whole table, items × judges × repeats; None where it has fewer than two items, or but one value for each."""
    items, judges, repeats = values.shape
    if items < 2 or judges * repeats < 2:
        return None
    cells, grand = values.mean(2), values.mean()
    by_item, by_judge = cells.mean(1), cells.mean(0)
    item = judges * repeats * np.sum((by_item - grand) ** 2) / (items - 1)
    within = float(np.sum((values - cells[:, :, None]) ** 2) / (items * judges * (repeats - 1))) if repeats > 1 else None
    if judges == 1:
        return Components(item=max(0.0, (item - (within or 0.0)) / repeats), judge=None, interaction=None, repeat=within)
    strictness = items * repeats * np.sum((by_judge - grand) ** 2) / (judges - 1)
    rest = repeats * np.sum((cells - by_item[:, None] - by_judge + grand) ** 2) / ((items - 1) * (judges - 1))
    return Components(
        item=max(0.0, (item - rest) / (judges * repeats)),
        judge=max(0.0, (strictness - rest) / (items * repeats)),
        interaction=max(0.0, (rest - (within or 0.0)) / repeats),
        repeat=within,
    )


def reliability(found: Components, judges: int, repeats: float) -> Reliability:
    """How reliable the mean of so many judges and repeats is; `repeats` may be infinite."""
    if (found.interaction is None and judges > 1) or (found.repeat is None and repeats != 1):
        return Reliability(relative=None, absolute=None)
    relative = ((found.interaction or 0.0) + (found.repeat or 0.0) / repeats) / judges
    absolute = None if found.judge is None else relative + found.judge / judges
    return Reliability(relative=_share(found.item, relative), absolute=None if absolute is None else _share(found.item, absolute))


def _share(item: float, error: float) -> float | None:
    return item / (item + error) if item + error > 0 else None
