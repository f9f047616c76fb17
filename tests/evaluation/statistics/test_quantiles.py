from __future__ import annotations

import pytest
from scipy import stats

from agent.evaluation.statistics.quantiles import each_of, normal, poisson, student


@pytest.mark.parametrize("freedom", [9, 23, 100])
@pytest.mark.parametrize("share", [0.025, 0.8, 0.975, 0.999])
def test_student_s_quantiles_are_scipy_s(share: float, freedom: int) -> None:
    assert student(share, freedom) == pytest.approx(stats.t.ppf(share, freedom), abs=2e-3)


def test_with_few_degrees_of_freedom_they_are_near() -> None:
    assert student(0.975, 4) == pytest.approx(2.776, abs=0.01)


@pytest.mark.parametrize("mean", [0.1, 0.33, 2.0, 9.5])
def test_poisson_s_quantiles_are_scipy_s(mean: float) -> None:
    assert poisson(0.995, mean) == stats.poisson.ppf(0.995, mean)


def test_normal_and_sidak() -> None:
    assert normal(0.975) == pytest.approx(1.959964)
    assert each_of(0.05, 10) == pytest.approx(0.005116, abs=1e-6)
