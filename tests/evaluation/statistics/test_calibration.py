from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.metrics import brier_score_loss

from agent.evaluation.statistics import balanced_accuracy, brier, expected_calibration_error, risk_coverage

cases = st.lists(st.tuples(st.floats(0, 1), st.booleans()), min_size=1, max_size=50)


def test_the_example_of_scikit_learn_s_manual() -> None:
    assert brier([0.1, 0.9, 0.8, 0.3], [False, True, True, False]) == pytest.approx(0.0375)


@given(cases)
def test_brier_is_the_same_as_another_library_s(found: list[tuple[float, bool]]) -> None:
    sure, right = [one[0] for one in found], [one[1] for one in found]
    assert brier(sure, right) == pytest.approx(brier_score_loss(right, sure, labels=[False, True]))


def test_calibration_worked_by_hand() -> None:
    """Two bins of two: 0.9 sure and half right, 0.6 sure and all right; the gaps 0.4 and 0.4 count half each."""
    assert expected_calibration_error([0.9, 0.9, 0.6, 0.6], [True, False, True, True]) == pytest.approx(0.4)


def test_a_bin_is_closed_above_and_the_lowest_holds_zero() -> None:
    assert expected_calibration_error([0.0, 0.5, 0.51], [False, True, False], bins=2) == pytest.approx((0.5 + 0.51) / 3)


@given(cases)
def test_the_error_lies_between_the_gap_of_the_means_and_one(found: list[tuple[float, bool]]) -> None:
    sure, right = [one[0] for one in found], [one[1] for one in found]
    error = expected_calibration_error(sure, right)
    assert abs(np.mean(sure) - np.mean(right)) - 1e-9 <= error <= 1
    assert expected_calibration_error(sure, right, bins=1) == pytest.approx(abs(np.mean(sure) - np.mean(right)), abs=1e-9)


def test_risk_rises_as_less_sure_cases_are_kept() -> None:
    found = risk_coverage([0.9, 0.2, 0.6], [0, 1, 0])
    assert found.coverage.tolist() == pytest.approx([1 / 3, 2 / 3, 1])
    assert found.risk.tolist() == pytest.approx([0, 0, 1 / 3])
    assert found.area == pytest.approx(1 / 9)


def test_equally_sure_cases_come_in_no_order() -> None:
    one, other = risk_coverage([0.5, 0.5], [0, 1]), risk_coverage([0.5, 0.5], [1, 0])
    assert one.risk.tolist() == other.risk.tolist() == [0.5, 0.5]


def test_without_a_case_there_is_no_figure() -> None:
    assert math.isnan(brier([], []))
    assert math.isnan(expected_calibration_error([], []))
    assert math.isnan(risk_coverage([], []).area)


@pytest.mark.parametrize(("sure", "right"), [([1.2], [True]), ([0.5, 0.5], [True]), ([float("nan")], [True])])
def test_what_is_no_confidence_is_refused(sure: list[float], right: list[bool]) -> None:
    with pytest.raises(ValueError):
        brier(sure, right)


def test_both_outcomes_count_the_same() -> None:
    assert balanced_accuracy([True] * 9 + [False], [True] * 10) == 0.5
    assert balanced_accuracy([True, True, False, False], [True, False, False, False]) == 0.75
    assert math.isnan(balanced_accuracy([True], [True]))
