"""Against the table of Shrout and Fleiss, pingouin's and irr's examples."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from agent.evaluation.statistics.icc import FIGURES, Icc, components
from agent.evaluation.statistics.panel import Panel
from tests.evaluation.statistics.published import ANXIETY, SHROUT_FLEISS, WINES, Rows, panel


def forms(found: Panel) -> list[float]:
    values = Icc(found)(found.once)
    return [float(values[name][0]) for name in FIGURES]


def test_shrout_and_fleiss_1979() -> None:
    assert [round(each, 2) for each in forms(panel(SHROUT_FLEISS))] == [0.17, 0.29, 0.71, 0.44, 0.62, 0.91]


def test_their_mean_squares() -> None:
    found = panel(SHROUT_FLEISS)
    squares = Icc(found).mean_squares(found.once)
    assert [round(float(each[0]), 2) for each in squares[:4]] == [11.24, 6.26, 32.49, 1.02]


def test_the_example_of_pingouin() -> None:
    assert forms(panel(WINES)) == pytest.approx([0.727521, 0.727689, 0.729487, 0.914384, 0.914450, 0.915159], abs=5e-7)


def test_what_irr_prints_for_absolute_agreement() -> None:
    assert round(forms(panel(ANXIETY))[1], 3) == 0.198


def test_only_items_that_everybody_rated_count() -> None:
    assert forms(panel([*SHROUT_FLEISS, (1, None, 9, 9)])) == pytest.approx(forms(panel(SHROUT_FLEISS)))


def test_a_rater_without_any_value_is_left_out() -> None:
    assert forms(panel([(*row, None) for row in SHROUT_FLEISS])) == pytest.approx(forms(panel(SHROUT_FLEISS)))


def test_a_far_away_scale_does_not_matter() -> None:
    assert forms(panel([[value + 1e6 for value in row] for row in SHROUT_FLEISS])) == pytest.approx(forms(panel(SHROUT_FLEISS)))


@pytest.mark.parametrize("rows", [[(3, 3), (3, 3)], [(1, 2, 3)], [(1,), (2,)], [(1, None), (None, 2)], [(1, 2), (None, 2)]])
def test_without_spread_two_items_or_two_raters_there_is_none(rows: Rows) -> None:
    assert np.isnan(forms(panel(rows))).all()


def test_raters_who_differ_only_by_a_constant() -> None:
    """They agree on the order, not on the level: 1, 2, 3 against 3, 4, 5. Variances: items 1, raters 2."""
    found = panel([(1, 3), (2, 4), (3, 5)])
    assert components(found) == pytest.approx((1, 2, 0))
    assert forms(found)[1:3] == pytest.approx([1 / 3, 1])


def test_components_of_shrout_and_fleiss() -> None:
    """By their formulas from their mean squares: (11.24 − 1.02) / 4, (32.49 − 1.02) / 6, 1.02."""
    assert components(panel(SHROUT_FLEISS)) == pytest.approx((2.56, 5.24, 1.02), abs=0.005)


def test_a_negative_component_is_zero() -> None:
    assert components(panel([(1, 2), (2, 1)])).item == 0


@given(st.lists(st.tuples(*[st.integers(1, 5)] * 3), min_size=2, max_size=30))
def test_a_single_rating_is_never_more_reliable_than_the_mean_of_three(rows: list[tuple[int, ...]]) -> None:
    """Spearman-Brown: k r / (1 + (k − 1) r)."""
    found = dict(zip(FIGURES, forms(panel(rows)), strict=True))
    for name in ("icc1", "icc3"):
        single, mean = found[name], found[f"{name}k"]
        if not np.isnan(single) and not np.isnan(mean):
            assert mean == pytest.approx(3 * single / (1 + 2 * single))
