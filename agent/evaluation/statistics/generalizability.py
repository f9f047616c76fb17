"""Where differences between gradings come from, and how reliable other numbers of judges and repeats would be.

Items crossed with judges, repeats within each cell: the second answer about one item has nothing in common with the second about
another. From mean squares of the means of the cells of I items and J judges, negative estimates set to 0:

    repeat       = variance within cells
    interaction  = MS(items × judges) − repeat · mean of 1 / R   one judge is stricter than another on this item
    judge        = (MS(judges) − MS(items × judges)) / I         one judge is stricter than another
    item         = (MS(items) − MS(items × judges)) / J

With R repeats in every cell these are the usual estimates; where their number differs, those from unweighted means.

    δ = interaction / J′ + repeat / (J′ R′)      Eρ² = item / (item + δ)       keeps the order of items
    Δ = δ + judge / J′                           Φ = item / (item + Δ)         gives the level itself

R. L. Brennan (2001), Generalizability theory, chapters 3 and 4 (with the names of the two coefficients: relative and absolute);
S. R. Searle, G. Casella and C. E. McCulloch (1992), Variance components, section 4.5 (unweighted means).
"""

from __future__ import annotations

import numpy as np

from agent.document import Document
from agent.evaluation.statistics.panel import Array, Codes


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
    """The components of a table, items × judges × repeats, NaN where there is no value; None where it says too little.

    Cells may hold different numbers of values; items that lack a cell are left out. Needs two items, and two values for each.
    """
    seen = values[np.all(np.any(~np.isnan(values), axis=2), axis=1)]
    items, judges = seen.shape[:2]
    counts = (~np.isnan(seen)).sum(2)
    if items < 2 or judges < 1 or (judges == 1 and not (counts > 1).any()):
        return None
    cells, within = np.nanmean(seen, axis=2), _within(seen, counts)
    share = 0.0 if within is None else within * float(np.mean(1 / counts))
    by_item, by_judge, grand = cells.mean(1), cells.mean(0), cells.mean()
    item = judges * np.sum((by_item - grand) ** 2) / (items - 1)
    if judges == 1:
        return Components(item=max(0.0, item - share), judge=None, interaction=None, repeat=within)
    strictness = items * np.sum((by_judge - grand) ** 2) / (judges - 1)
    rest = np.sum((cells - by_item[:, None] - by_judge + grand) ** 2) / ((items - 1) * (judges - 1))
    return Components(
        item=max(0.0, (item - rest) / judges),
        judge=max(0.0, (strictness - rest) / items),
        interaction=max(0.0, rest - share),
        repeat=within,
    )


def reliability(found: Components, judges: int, repeats: float) -> Reliability:
    """How reliable the mean of so many judges and repeats is; `repeats` may be infinite."""
    if (found.interaction is None and judges > 1) or (found.repeat is None and repeats != 1):
        return Reliability(relative=None, absolute=None)
    relative = ((found.interaction or 0.0) + (found.repeat or 0.0) / repeats) / judges
    absolute = None if found.judge is None else relative + found.judge / judges
    return Reliability(relative=_share(found.item, relative), absolute=None if absolute is None else _share(found.item, absolute))


def _within(values: Array, counts: Codes) -> float | None:
    """The variance within cells, of all that hold several values; None where none does."""
    freedom = int((counts - 1).sum())
    return float(np.nansum((values - np.nanmean(values, axis=2, keepdims=True)) ** 2) / freedom) if freedom else None


def _share(item: float, error: float) -> float | None:
    return item / (item + error) if item + error > 0 else None
