"""What has to be said beside figures of agreement: how they were obtained, and why one is undefined."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from agent.evaluation.measured import Measured
from agent.evaluation.statistics import alpha, fleiss, pairs
from agent.evaluation.statistics.bootstrap import LEVEL

CORRELATIONS = ("pearson", "spearman", "kendall")
NO_SPREAD = "all values that can be compared are the same"


def reason(name: str, measured: Measured) -> str:
    """Why a figure is undefined, as half a sentence."""
    raters = int(measured.panel.is_rated.any(0).sum())
    if raters < 2:
        return "one rater alone has nobody to agree with" if raters else "there is no value"
    if name in pairs.FIGURES:
        return _of_pairs(name, measured)
    if name in (*alpha.FIGURES, *fleiss.FIGURES):
        return _of_panel(name, measured)
    return _no_ceiling(measured) if name == "ceiling_qwk" else _of_icc(measured)


def _of_pairs(name: str, measured: Measured) -> str:
    if not len(measured.compared.pairs):
        return f"the reference {measured.question.reference!r} gave no value here"
    if not measured.compared.common.any():
        return "no two raters that are compared rated the same item"
    if name in CORRELATIONS:
        return "no two raters that are compared both gave different values to the items they have in common"
    return "every two raters gave one and the same value to all items they have in common, so chance would agree as well"


def _of_panel(name: str, measured: Measured) -> str:
    if (measured.panel.ratings < 2).all():
        return "no item has values of two raters"
    if name == "alpha_ratio" and not alpha.has_ratio(measured.panel.levels):
        return "there are values below 0, and a ratio scale has none"
    if name == "alpha_ratio" and len(measured.panel.levels) ** 2 > alpha.MOST_WORK:
        return f"{len(measured.panel.levels):,} different values are too many to compare each with each"
    return NO_SPREAD


def _of_icc(measured: Measured) -> str:
    complete = int(measured.intraclass.is_complete.sum())
    if complete < 2:
        return f"it takes two items that every rater rated, and there {'is one' if complete else 'is none'}"
    if not measured.intraclass.values.any():
        return "all values of the items that every rater rated are the same"
    return "the items do not differ, and the variance that it divides by is not above 0"


def _no_ceiling(measured: Measured) -> str:
    return NO_SPREAD if (measured.panel.ratings > 1).any() else "no item has values of two raters"


def notes(measured: Measured) -> Iterator[str]:
    """How the figures were obtained, where it is not obvious from the ratings."""
    yield from _about_items(measured)
    yield from _about_repeats(measured)
    yield from _about_pairs(measured)
    yield from _about_panel(measured)
    yield from _about_intervals(measured)


def _about_items(measured: Measured) -> Iterator[str]:
    grid = measured.grid
    if grid.competencies > 1:
        items = int(grid.items.max()) + 1
        yield f"An item under one competency is a unit: {len(grid.units)} units of {items} items and {grid.competencies} competencies."
    if grid.nulls:
        yield f"{_lines(grid.nulls)} no value (null); they count as missing, not as a level."
    silent = [name for name, rated in zip(grid.raters, measured.panel.is_rated.T, strict=True) if not rated.any()]
    if silent:
        yield f"Without any value, and so compared with nobody: {', '.join(silent)}."


def _about_repeats(measured: Measured) -> Iterator[str]:
    grid = measured.grid
    if grid.compared:
        yield (
            "A rater's repeats are taken together, by their median (null if at least half are null), so figures are those of such "
            f"medians and not of single ratings. {grid.agreeing / grid.compared:.1%} of {grid.compared} pairs of repeats are equal."
        )


def _about_pairs(measured: Measured) -> Iterator[str]:
    compared, raters, reference = measured.compared, measured.grid.raters, measured.question.reference
    count = len(compared.pairs)
    if reference is not None and count:
        yield f"Pairwise figures (exact to qwk) compare {_others(count)} with {reference!r}; bias is the other − {reference!r}."
        yield f"Fleiss, alpha, ICC, variances and ceiling are of all raters, {reference!r} among them."
    elif count == 1:
        first, second = (raters[int(column)] for column in compared.pairs[0])
        yield f"Bias is {second!r} − {first!r}."
    if count > 1:
        yield f"Pairwise figures (exact to qwk) are means over {count} pairs of raters, each pair counting the same."
    if count > 1 and reference is None:
        yield "Bias is the later rater − the earlier one, in the order of the file."
    without = int((compared.common == 0).sum())
    if without:
        yield f"{without} of {count} pairs have no item in common and are left out."
    yield from _about_undefined(measured, count - without)


def _about_undefined(measured: Measured, comparable: int) -> Iterator[str]:
    for name, values in measured.by_pair.items():
        defined = int((~np.isnan(values)).sum())
        if 0 < defined < comparable:
            yield f"{name} is defined for {defined} of {comparable} pairs, and their mean."


def _about_panel(measured: Measured) -> Iterator[str]:
    panel = measured.panel
    complete, rated = int(measured.intraclass.is_complete.sum()), int((panel.ratings > 0).sum())
    if 0 < complete < len(panel.ratings):
        yield f"ICC and variances take the {complete} of {len(panel.ratings)} items that every rater rated."
    if len(set(panel.ratings[panel.ratings > 0])) > 1:
        yield f"Items have unequal numbers of ratings: Fleiss' kappa is Gwet's generalisation, over {rated} items."
    if len(panel.levels) and not np.equal(np.mod(panel.levels, 1), 0).all():
        yield "Values are no whole numbers: each different value is a category for exact, kappa, Fleiss and nominal alpha."
    if len(panel.levels) and panel.levels[0] == 0:
        yield "alpha_ratio: a value of 0 lies at the distance 1 from every other value, two zeros at 0."


def _about_intervals(measured: Measured) -> Iterator[str]:
    draws, seed = measured.question.draws, measured.question.seed
    if draws and measured.grid.items.max() == 0:
        yield "There are no intervals: they come from drawing items again, and there is one."
    if not measured.intervals:
        return
    yield f"Intervals ({LEVEL:.0%}) are percentiles of {draws:,} draws of items with replacement, seed {seed}."
    if measured.pair_draws < draws:
        less = f"from {measured.pair_draws:,} draws" if measured.pair_draws else "left out"
        yield f"With {len(measured.compared.pairs):,} pairs of raters, intervals of pairwise figures are {less}."


def _lines(count: int) -> str:
    return "1 line has" if count == 1 else f"{count} lines have"


def _others(count: int) -> str:
    return "the other rater" if count == 1 else f"each of the {count} others"
