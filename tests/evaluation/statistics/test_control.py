from __future__ import annotations

import numpy as np
import pytest

from agent.evaluation.statistics.control import Limits, day_to_day, from_answers, noise

VISCOSITY = (33.75, 33.05, 34.00, 33.81, 33.46, 34.02, 33.68, 33.27, 33.49, 33.20, 33.62, 33.00, 33.54, 33.12, 33.84)
"""D. C. Montgomery, Introduction to statistical quality control, table 6.6: the mean moving range is 0.48."""


def test_moving_ranges_are_montgomery_s() -> None:
    assert day_to_day([[each / 0.1 for each in VISCOSITY]]) == pytest.approx(0.48 / 1.128 / 0.1, abs=0.02)


def test_limits_are_never_narrower_than_answers_make_them() -> None:
    chance = np.random.default_rng(6)
    assert day_to_day([list(chance.normal(size=5))]) == 1
    assert day_to_day([list(chance.normal(size=40) / 9)]) == 1
    assert day_to_day([list(2 * chance.normal(size=200)) for _ in range(12)]) == pytest.approx(2, rel=0.05)


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
    limits = from_answers(3.0, (found.variance * 2 / 36) ** 0.5, found, 0.0003)
    assert limits.hold(3 + 1 / 36)
    assert not limits.hold(3.5)


def test_limits_of_means_are_left_as_rarely_as_is_asked_for() -> None:
    chance = np.random.default_rng(4)
    out = 0
    for _ in range(2000):
        before = chance.normal(3, 0.5, (12, 3))
        found = noise([tuple(row) for row in before])
        assert found
        limits = from_answers(float(before.mean()), (found.variance * 2 / 36) ** 0.5, found, 0.02)
        out += not limits.hold(float(chance.normal(3, 0.5, (12, 3)).mean()))
    assert out / 2000 == pytest.approx(0.02, abs=0.01)


def test_limits_hold_their_ends() -> None:
    assert Limits(centre=1.0, low=1.0, high=1.0).hold(1.0)
