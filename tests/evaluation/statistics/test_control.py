from __future__ import annotations

import numpy as np
import pytest
from scipy import stats

from agent.evaluation.statistics.control import Limits, from_answers, from_runs, noise

VISCOSITY = (33.75, 33.05, 34.00, 33.81, 33.46, 34.02, 33.68, 33.27, 33.49, 33.20, 33.62, 33.00, 33.54, 33.12, 33.84)
"""D. C. Montgomery, Introduction to statistical quality control, table 6.6: mean 33.52, mean moving range 0.48, limits 32.24 and 34.80."""


def test_montgomery_s_moving_ranges_are_behind_the_limits() -> None:
    """At a factor of 3 they would be his: 2.66 moving ranges. Student's factor with 8 degrees of freedom, and the error of the mean, are wider."""
    found = from_runs(VISCOSITY, 0.0027)
    wider = stats.t.ppf(1 - 0.0027 / 2, 8) * (1 + 1 / len(VISCOSITY)) ** 0.5
    assert found.centre == pytest.approx(33.52, abs=0.005)
    assert 3 / wider * (found.high - found.centre) == pytest.approx(2.66 * 0.48, abs=0.01)


def test_the_next_run_leaves_them_as_rarely_as_is_asked_for() -> None:
    chance = np.random.default_rng(6)
    out = [not from_runs(list(chance.normal(size=20)), 0.02).hold(float(chance.normal())) for _ in range(3000)]
    assert np.mean(out) == pytest.approx(0.02, abs=0.01)


def test_noise_is_pooled_over_what_was_answered_several_times() -> None:
    found = noise([(1.0, 3.0), (2.0, 2.0, 2.0), (5.0,)])
    assert found
    assert found.variance == pytest.approx((2.0 + 0.5) / 3)
    assert found.freedom == 3
    assert noise([(1.0,), (2.0,)]) is None


def test_a_judge_that_never_wavered_may_do_so_once() -> None:
    """Twelve items asked twice in a hundred runs of one level; one of them flips once of three answers."""
    found = noise([(3.0, 3.0, 3.0)] * 12 * 9)
    assert found
    limits = from_answers(3.0, found, [3] * 12, [3] * 12, 0.0003)
    assert limits.hold(3 + 1 / 36)
    assert not limits.hold(3.5)


def test_limits_of_means_are_left_as_rarely_as_is_asked_for() -> None:
    chance = np.random.default_rng(4)
    out = 0
    for _ in range(2000):
        before = chance.normal(3, 0.5, (12, 3))
        found = noise([tuple(row) for row in before])
        assert found
        limits = from_answers(float(before.mean()), found, [3] * 12, [3] * 12, 0.02)
        out += not limits.hold(float(chance.normal(3, 0.5, (12, 3)).mean()))
    assert out / 2000 == pytest.approx(0.02, abs=0.01)


def test_limits_hold_their_ends() -> None:
    assert Limits(centre=1.0, low=1.0, high=1.0).hold(1.0)
