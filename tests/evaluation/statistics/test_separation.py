"""How far two groups lie apart, held against scipy, scikit-learn, and other forms of the same formula."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import mannwhitneyu
from sklearn.metrics import roc_auc_score

from agent.evaluation.statistics.separation import Z, auc, auc_interval, distance, distance_interval, least_seeds, separation

SCORES = st.lists(st.integers(10, 50).map(lambda tenths: tenths / 10), min_size=1, max_size=12)


@given(SCORES, SCORES)
def test_the_auc_is_that_of_scipy_and_scikit_learn(strong: list[float], weak: list[float]) -> None:
    found = auc(strong, weak)
    assert found == pytest.approx(mannwhitneyu(strong, weak, method="asymptotic").statistic / (len(strong) * len(weak)))
    assert found == pytest.approx(roc_auc_score([1] * len(strong) + [0] * len(weak), [*strong, *weak]))


@given(SCORES, SCORES)
def test_the_other_way_round_it_is_the_rest(strong: list[float], weak: list[float]) -> None:
    there, back = auc(strong, weak), auc(weak, strong)
    assert there == pytest.approx(1 - (back or 0))


@pytest.mark.parametrize(("value", "strong", "weak"), [(0.5, 10, 10), (0.8, 30, 20), (0.93, 4, 7), (1.0, 3, 3), (0.0, 5, 5)])
def test_the_ends_lie_so_many_standard_errors_away_by_hanley_and_mcneil(value: float, strong: int, weak: int) -> None:
    for end in auc_interval(value, strong, weak):
        if end in (0.0, 1.0):
            continue
        one, two = end / (2 - end), 2 * end**2 / (1 + end)
        others = (strong + weak) / 2 - 1
        variance = (end * (1 - end) + others * (one - end**2) + others * (two - end**2)) / (strong * weak)
        assert abs(value - end) == pytest.approx(Z * math.sqrt(variance), abs=1e-6)


def test_an_interval_has_a_width_where_all_exceed_all_and_more_seeds_make_it_narrower() -> None:
    ends = [auc_interval(1.0, seeds, seeds) for seeds in (3, 10, 30)]
    assert [high for _, high in ends] == [1.0] * 3
    assert [low for low, _ in ends] == [pytest.approx(value, abs=0.001) for value in (0.501, 0.800, 0.933)]
    assert (least_seeds(0.8), least_seeds(0.9)) == (10, 21)


def test_the_distance_is_in_pooled_deviations() -> None:
    assert distance([4, 5, 6], [1, 2, 3]) == pytest.approx(3.0)
    assert distance([4, 4, 4], [1, 2, 3]) == pytest.approx(2 * math.sqrt(2))
    assert distance([3, 3], [1, 1]) is None
    assert distance([3], [1, 2]) is None


def test_its_interval_is_drawn_over_seeds_and_the_same_each_time() -> None:
    strong, weak = [3.1, 3.9, 4.2, 3.5, 4.4, 3.7], [1.1, 1.5, 1.2, 1.9, 1.4, 1.3]
    interval, gap = distance_interval(strong, weak), distance(strong, weak)
    assert interval == distance_interval(strong, weak)
    assert interval
    assert gap
    assert interval[0] < gap < interval[1]
    assert distance_interval(strong[:3], weak[:3]) is None


def test_what_nobody_scored_is_left_out() -> None:
    found = separation([4.0, None, 4.5], [1.0, 2.0, None])
    assert (found.strong, found.weak, found.auc) == (2, 2, 1.0)
    assert separation([None], [2.0]).auc is None
    assert separation([None], [2.0]).auc_interval is None
