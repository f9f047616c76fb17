"""Weights do what drawing rows again does, and intervals cover what they should."""

from __future__ import annotations

import time
from itertools import combinations

import numpy as np
import pytest

from agent.evaluation.statistics.alpha import Alpha
from agent.evaluation.statistics.bootstrap import Drawn, intervals
from agent.evaluation.statistics.ceiling import Ceiling
from agent.evaluation.statistics.fleiss import Fleiss
from agent.evaluation.statistics.icc import Icc
from agent.evaluation.statistics.pairs import Pairs
from agent.evaluation.statistics.panel import Array, Figures, Panel


def families(panel: Panel) -> list[Figures]:
    pairs = list(combinations(range(panel.values.shape[1]), 2))
    return [Pairs(panel, pairs), Alpha(panel), Fleiss(panel), Icc(panel), Ceiling(panel)]


def rated(units: int, raters: int, *, gaps: float = 0.0, levels: int = 5, seed: int = 1) -> Panel:
    """Raters who see the same thing with noise."""
    chance = np.random.default_rng(seed)
    true = chance.normal(levels / 2, levels / 4, size=(units, 1))
    values = np.clip(np.round(true + chance.normal(0, levels / 8, size=(units, raters))), 1, levels)
    values[chance.random(values.shape) < gaps] = np.nan
    return Panel(values)


@pytest.mark.parametrize(("gaps", "levels"), [(0.0, 5), (0.1, 5), (0.1, 100)])
def test_counting_a_unit_twice_is_having_it_twice(gaps: float, levels: int) -> None:
    panel = rated(30, 3, gaps=gaps, levels=levels)
    taken = np.random.default_rng(2).integers(0, 30, size=(4, 30))
    weights = np.array([np.bincount(row, minlength=30) for row in taken], dtype=float)
    for weighted, place in zip(families(panel), range(5), strict=True):
        found = weighted(weights)
        for row, units in enumerate(taken):
            again = Panel(panel.values[units])
            for name, values in families(again)[place](again.once).items():
                assert values[0] == pytest.approx(found[name][row], nan_ok=True), name


def test_the_same_seed_gives_the_same_interval_however_much_is_worked_out_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    panel, items = rated(40, 2), np.arange(40)
    whole = intervals([Drawn(Icc(panel), 300)], items, seed=3)
    monkeypatch.setattr("agent.evaluation.statistics.bootstrap.WEIGHTS_AT_ONCE", 40 * 7)
    assert intervals([Drawn(Icc(panel), 300)], items, seed=3) == whole
    assert intervals([Drawn(Icc(panel), 300)], items, seed=4) != whole


def test_the_interval_of_a_mean_is_the_one_known() -> None:
    """The bias of two raters is a mean, so its interval is about ± 1.96 standard errors."""
    chance = np.random.default_rng(5)
    gaps = chance.normal(size=400)
    panel = Panel(np.column_stack([np.zeros(400), gaps]))
    low, high = intervals([Drawn(Pairs(panel, [(0, 1)]), 4000)], np.arange(400))["bias"]
    error = 1.96 * gaps.std() / 20
    assert (low, high) == pytest.approx((gaps.mean() - error, gaps.mean() + error), abs=0.1 * error)


def test_units_of_one_item_are_drawn_together() -> None:
    """Ten equal units for each item say no more than one of them does."""
    panel = rated(30, 2)
    ten = Panel(np.repeat(panel.values, 10, axis=0))
    alone, together = (
        intervals([Drawn(Alpha(each), 500)], items)["alpha_nominal"]
        for each, items in ((panel, np.arange(30)), (ten, np.repeat(np.arange(30), 10)))
    )
    assert np.diff(together) == pytest.approx(np.diff(alone), rel=0.05)


def test_one_item_and_no_draws_have_no_interval() -> None:
    panel = rated(1, 3)
    assert intervals([Drawn(Alpha(panel), 100)], np.zeros(1, dtype=int)) == {}
    assert intervals([Drawn(Alpha(rated(5, 3)), 0)], np.arange(5)) == {}


def test_a_figure_that_is_often_undefined_has_none() -> None:
    def often(weights: Array) -> dict[str, Array]:
        return {"often": np.where(np.arange(len(weights)) % 5 == 0, np.nan, 1.0), "always": np.ones(len(weights))}

    assert intervals([Drawn(often, 100)], np.arange(5)) == {"always": (1.0, 1.0)}


def test_ten_thousand_draws_of_500_items_take_less_than_five_seconds() -> None:
    panel = rated(500, 3)
    began = time.process_time()
    intervals([Drawn(family, 10_000) for family in families(panel)], np.arange(500))
    assert time.process_time() - began < 5
