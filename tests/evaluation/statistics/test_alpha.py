"""Against Krippendorff's own example and the package krippendorff."""

from __future__ import annotations

import time

import krippendorff
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from agent.evaluation.statistics.alpha import METRICS, Alpha
from agent.evaluation.statistics.panel import Panel
from tests.evaluation.statistics.published import KRIPPENDORFF, panel

value = st.one_of(st.none(), st.integers(0, 4), st.sampled_from([0.5, 2.5, 30.0]))


def alphas(found: Panel) -> dict[str, float]:
    return {name: float(values[0]) for name, values in Alpha(found)(found.once).items()}


def test_krippendorff_2011() -> None:
    assert {name: round(value, 3) for name, value in alphas(panel(KRIPPENDORFF)).items()} == {
        "alpha_nominal": 0.743,
        "alpha_ordinal": 0.815,
        "alpha_interval": 0.849,
        "alpha_ratio": 0.797,
    }


@given(st.integers(2, 5).flatmap(lambda raters: st.lists(st.lists(value, min_size=raters, max_size=raters), min_size=2, max_size=25)))
def test_the_same_as_another_package(rows: list[list[float | None]]) -> None:
    found = panel(rows)
    paired = found.values[found.ratings >= 2]
    if len(np.unique(paired[~np.isnan(paired)])) < 2:
        assert all(np.isnan(each) for each in alphas(found).values())
        return
    for metric in METRICS:
        other = krippendorff.alpha(reliability_data=paired.T, level_of_measurement=metric)
        assert alphas(found)[f"alpha_{metric}"] == pytest.approx(other, abs=1e-9), metric


def test_no_ratio_below_zero() -> None:
    found = alphas(Panel(np.array([[-1.0, 1.0], [2.0, 2.0]])))
    assert np.isnan(found["alpha_ratio"])
    assert not np.isnan(found["alpha_interval"])


@pytest.mark.parametrize("rows", [[[3, 3], [3, 3]], [[3], [4]], [[3, None], [None, 4]], [[None, None]]])
def test_without_spread_or_pairs_there_is_none(rows: list[list[float | None]]) -> None:
    assert all(np.isnan(each) for each in alphas(panel(rows)).values())


def test_a_large_panel_takes_less_than_a_second() -> None:
    values = np.random.default_rng(1).integers(1, 6, size=(350, 123)).astype(float)
    began = time.process_time()
    alphas(Panel(values))
    assert time.process_time() - began < 1
