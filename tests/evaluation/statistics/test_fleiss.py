"""Against published examples, and the definition written out."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from agent.evaluation.statistics.fleiss import Fleiss
from agent.evaluation.statistics.panel import Panel
from tests.evaluation.statistics.published import ANXIETY, FLEISS, KRIPPENDORFF, WIKIPEDIA, Rows, panel


def kappa(found: Panel) -> float:
    return float(Fleiss(found)(found.once)["fleiss"][0])


@pytest.mark.parametrize(
    ("rows", "printed"),
    [(FLEISS, "0.430"), (WIKIPEDIA, "0.210"), (ANXIETY, "-0.041"), (KRIPPENDORFF, "0.761")],
    ids=["Fleiss 1971", "Wikipedia", "kappam.fleiss(anxiety) of irr", "fleiss.kappa.raw(cac.raw4raters) of irrCAC, with gaps"],
)
def test_published_values(rows: Rows, printed: str) -> None:
    assert f"{kappa(panel(rows)):.3f}" == printed


@given(st.lists(st.lists(st.integers(0, 3), min_size=3, max_size=3), min_size=2, max_size=30))
def test_the_formula_of_1971_written_out(rows: list[list[int]]) -> None:
    counts = np.array([[row.count(category) for category in range(4)] for row in rows])
    agreed, chance = np.mean((counts * (counts - 1)).sum(1) / 6), (counts.mean(0) / 3) @ (counts.mean(0) / 3)
    found = kappa(panel(rows))
    if chance == 1:
        assert np.isnan(found)
    else:
        assert found == pytest.approx((agreed - chance) / (1 - chance))


def test_without_pairs_or_spread_there_is_none() -> None:
    assert np.isnan(kappa(panel([[3, 3], [3, 3]])))
    assert np.isnan(kappa(panel([[3, None], [None, 4]])))
