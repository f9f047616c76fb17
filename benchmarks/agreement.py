"""How long figures of agreement take: Krippendorff's alpha of a large panel, the whole command on it, and many draws of many items."""

from __future__ import annotations

import time
from collections.abc import Callable
from itertools import combinations

import numpy as np

from agent.evaluation.agreement import agreement
from agent.evaluation.ratings import Rating
from agent.evaluation.statistics.alpha import Alpha
from agent.evaluation.statistics.bootstrap import Drawn, intervals
from agent.evaluation.statistics.ceiling import Ceiling
from agent.evaluation.statistics.fleiss import Fleiss
from agent.evaluation.statistics.icc import Icc
from agent.evaluation.statistics.pairs import Pairs
from agent.evaluation.statistics.panel import Panel
from benchmarks.measure import Measure

ITEMS, RATERS = 350, 123
DRAWN_ITEMS, DRAWN_RATERS, DRAWS = 500, 3, 10_000


def measures() -> list[Measure]:
    """Seconds; each the best of some runs."""
    large, drawn = _rated(ITEMS, RATERS), _rated(DRAWN_ITEMS, DRAWN_RATERS)
    ratings = [
        Rating(item=str(item), competency="any", rater=str(rater), value=value)
        for item, row in enumerate(large.values.tolist())
        for rater, value in enumerate(row)
    ]
    size = f"{ITEMS} items × {RATERS} raters, levels 1 to 5"
    figures = f"all figures of {DRAWN_ITEMS} items and {DRAWN_RATERS} raters"
    return [
        Measure("Krippendorff's alpha, all four", _best(lambda: Alpha(large)(large.once)), "s", 1, size),
        Measure("every figure with its interval", _best(lambda: agreement(ratings), times=1), "s", note=f"{size}, 2,000 draws"),
        Measure("bootstrap of 10,000 draws", _best(lambda: _draw(drawn)), "s", 5, figures),
    ]


def _draw(panel: Panel) -> None:
    pairs = Pairs(panel, list(combinations(range(DRAWN_RATERS), 2)))
    families = (pairs, Alpha(panel), Fleiss(panel), Icc(panel), Ceiling(panel))
    intervals([Drawn(family, DRAWS) for family in families], np.arange(DRAWN_ITEMS))


def _rated(items: int, raters: int) -> Panel:
    """Raters who see the same level with noise."""
    chance = np.random.default_rng(1)
    seen = chance.uniform(1, 5, size=(items, 1)) + chance.normal(0, 0.8, size=(items, raters))
    return Panel(np.clip(np.round(seen), 1, 5))


def _best(work: Callable[[], object], times: int = 3) -> float:
    taken = []
    for _ in range(times):
        began = time.perf_counter()
        work()
        taken.append(time.perf_counter() - began)
    return min(taken)
