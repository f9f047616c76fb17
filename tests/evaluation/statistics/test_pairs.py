"""Against published tables, scikit-learn and SciPy."""

from __future__ import annotations

from itertools import combinations
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats
from sklearn.metrics import cohen_kappa_score, mean_absolute_error, root_mean_squared_error

from agent.evaluation.statistics.pairs import FEW_LEVELS, FIGURES, Cells, Pairs, figures
from agent.evaluation.statistics.panel import Panel
from tests.evaluation.statistics.published import ANXIETY, SHROUT_FLEISS, panel

LEVELS = [1, 2, 3, 4, 5]


def of(one: Any, other: Any) -> dict[str, float]:
    found = Pairs(Panel(np.column_stack([one, other]).astype(float)), [(0, 1)])
    return {name: float(values[0]) for name, values in found(found.panel.once).items()}


def of_table(rows: list[list[int]]) -> dict[str, float]:
    table = np.array(rows, dtype=float)
    one, other = np.indices(table.shape).reshape(2, -1).astype(float)
    return {name: float(values[0]) for name, values in figures(Cells(one, other, table.reshape(1, -1))).items()}


def test_cohen_1968_table_1() -> None:
    found = of_table([[88, 14, 18], [10, 40, 10], [2, 6, 12]])
    assert round(found["kappa"], 3) == 0.492
    assert found["exact"] == pytest.approx(0.70)


def test_agresti_s_couples() -> None:
    """A. Agresti, Categorical data analysis, table 10.8 in the first edition; Kappa(SexualFun) of R's vcd prints .1293 and .2374."""
    found = of_table([[7, 7, 2, 3], [2, 8, 3, 7], [1, 5, 4, 9], [2, 8, 9, 14]])
    assert (round(found["kappa"], 4), round(found["kappa_linear"], 4)) == (0.1293, 0.2374)


def test_the_kappas_that_irr_prints() -> None:
    one, other, _ = zip(*ANXIETY, strict=True)
    found = of(one, other)
    assert [round(found[name], 3) for name in ("kappa", "kappa_linear", "qwk")] == [0.119, 0.189, 0.297]


def test_the_examples_of_scipy_s_manual() -> None:
    assert of([12, 2, 1, 12, 2], [1, 4, 7, 1, 0])["kendall"] == pytest.approx(-0.47140452079103173)
    assert of([1, 2, 3, 4, 5], [5, 6, 7, 8, 7])["spearman"] == pytest.approx(0.8207826816681233)
    assert of([1, 2, 3, 4, 5, 6, 7], [10, 9, 2.5, 6, 4, 3, 2])["pearson"] == pytest.approx(-0.828503883588428)


@pytest.mark.parametrize("high", [5, 100])
@given(data=st.data())
def test_the_same_as_two_libraries(high: int, data: st.DataObject) -> None:
    level = st.integers(1, high)
    both = data.draw(st.lists(st.tuples(level, level), min_size=3, max_size=60))
    one, other = (np.array(side) for side in zip(*both, strict=True))
    found, labels = of(one, other), list(range(1, high + 1))

    if len(set(one) | set(other)) > 1:
        for name, weights in (("kappa", None), ("kappa_linear", "linear"), ("qwk", "quadratic")):
            assert found[name] == pytest.approx(cohen_kappa_score(one, other, labels=labels, weights=weights)), name
    if len(set(one)) > 1 and len(set(other)) > 1:
        assert found["pearson"] == pytest.approx(stats.pearsonr(one, other).statistic)
        assert found["spearman"] == pytest.approx(stats.spearmanr(one, other).statistic)
        assert found["kendall"] == pytest.approx(stats.kendalltau(one, other).statistic)
    assert found["mae"] == pytest.approx(mean_absolute_error(one, other))
    assert found["rmse"] == pytest.approx(root_mean_squared_error(one, other))
    assert found["bias"] == pytest.approx(np.mean(other - one))
    assert (found["exact"], found["adjacent"]) == pytest.approx((np.mean(one == other), np.mean(abs(one - other) <= 1)))


def test_a_level_that_nobody_gave_keeps_its_place() -> None:
    """On the scale 1 to 5; on the levels given alone, 1, 2 and 5, as scikit-learn does without labels, it would be another figure."""
    one, other = [1, 2, 5, 5, 2, 1], [1, 5, 5, 2, 2, 2]
    assert of(one, other)["qwk"] == pytest.approx(cohen_kappa_score(one, other, labels=LEVELS, weights="quadratic"))
    assert of(one, other)["qwk"] != pytest.approx(cohen_kappa_score(one, other, weights="quadratic"))


def test_half_levels_are_categories_that_lie_half_way() -> None:
    """1.5 to 4 in steps of a half is 3 to 8 in steps of 1."""
    one, other = np.array([1.5, 2, 2.5, 3, 4]), np.array([2, 2, 2.5, 4, 3.5])
    for name, weights in (("kappa", None), ("kappa_linear", "linear"), ("qwk", "quadratic")):
        assert of(one, other)[name] == pytest.approx(
            cohen_kappa_score((2 * one).astype(int), (2 * other).astype(int), labels=range(3, 9), weights=weights)
        )


def test_one_apart_is_adjacent_whatever_binary_fractions_say() -> None:
    assert of([1.2, 3.4], [2.2, 2.4])["adjacent"] == 1


@pytest.mark.parametrize(
    ("one", "other", "undefined"),
    [
        ([3, 3, 3], [3, 3, 3], {"pearson", "spearman", "kendall", "kappa", "kappa_linear", "qwk"}),
        ([3, 3, 3], [4, 4, 4], {"pearson", "spearman", "kendall"}),
        ([3, 3, 3], [3, 4, 5], {"pearson", "spearman", "kendall"}),
        ([np.nan, 3], [3, np.nan], set(FIGURES)),
    ],
)
def test_what_is_undefined_is_nan(one: list[float], other: list[float], undefined: set[str]) -> None:
    assert {name for name, value in of(one, other).items() if np.isnan(value)} == undefined


def test_several_raters_are_the_mean_over_pairs() -> None:
    found = panel(SHROUT_FLEISS)
    every = list(combinations(range(4), 2))
    together = Pairs(found, every)(found.once)
    apart = [of(found.values[:, one], found.values[:, other]) for one, other in every]
    for name in FIGURES:
        assert together[name][0] == pytest.approx(np.mean([each[name] for each in apart]))


def test_few_and_many_levels_are_worked_out_alike() -> None:
    chance = np.random.default_rng(1)
    values = chance.integers(1, FEW_LEVELS, size=(40, 4)).astype(float)
    values[chance.random(values.shape) < 0.2] = np.nan
    more = Panel(np.vstack([values, np.column_stack([np.arange(50, 70), np.full((20, 3), np.nan)])]))
    weights = chance.integers(0, 3, size=(5, 40)).astype(float)
    few, many = Pairs(Panel(values), [(0, 1), (2, 3)])(weights), Pairs(more, [(0, 1), (2, 3)])(np.hstack([weights, np.ones((5, 20))]))
    for name in FIGURES:
        np.testing.assert_allclose(few[name], many[name])
