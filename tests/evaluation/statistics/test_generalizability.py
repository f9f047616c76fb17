"""Components and coefficients against printed examples."""

from __future__ import annotations

import math

import numpy as np
import pytest

from agent.evaluation.statistics.generalizability import Components, components, reliability
from agent.evaluation.statistics.panel import Array
from tests.evaluation.statistics.published import SHROUT_FLEISS

GAUGE = """
21 20 20 20 19 21  24 23 24 24 23 24  20 21 19 21 20 22  27 27 28 26 27 28  19 18 19 18 18 21
23 21 24 21 23 22  22 21 22 24 22 20  19 17 18 20 19 18  24 23 25 23 24 24  25 23 26 25 24 25
21 20 20 20 21 20  18 19 17 19 18 19  23 25 25 25 25 25  24 24 23 25 24 25  29 30 30 28 31 30
26 26 25 26 25 27  20 20 19 20 20 20  19 21 19 19 21 23  25 26 25 24 25 25  19 19 18 17 19 17
"""
"""Twenty parts, three operators, two measurements each: D. C. Montgomery and G. C. Runger (1993), Gauge capability and designed
experiments, Quality Engineering 6, 115-135; also Montgomery, Design and analysis of experiments, example 13.1."""


def gauge() -> Array:
    return np.array([float(value) for value in GAUGE.split()]).reshape(20, 3, 2)


def test_montgomery_s_gauge_has_the_printed_components() -> None:
    """Printed: parts 10.28, operators 0.015, parts × operators −0.14 and so 0, repeats 0.99."""
    found = components(gauge())
    assert found
    assert (found.item, found.judge, found.interaction, found.repeat) == pytest.approx((10.28, 0.0149, 0.0, 0.9917), abs=0.005)


def test_without_repeats_the_components_are_those_of_shrout_and_fleiss() -> None:
    """Their example's coefficients: ICC(2,1) 0.29 and ICC(3,1) 0.71, of four judges 0.62 and 0.91."""
    found = components(np.array(SHROUT_FLEISS, dtype=float)[:, :, None])
    assert found
    assert found.repeat is None
    one, four = reliability(found, 1, 1), reliability(found, 4, 1)
    assert (one.absolute, one.relative) == pytest.approx((0.29, 0.71), abs=0.005)
    assert (four.absolute, four.relative) == pytest.approx((0.62, 0.91), abs=0.005)
    assert reliability(found, 4, 2).relative is None


def test_repeats_of_one_judge_follow_spearman_and_brown() -> None:
    found = components(gauge()[:, :1])
    assert found
    assert (found.judge, found.interaction) == (None, None)
    once, thrice = reliability(found, 1, 1).relative, reliability(found, 1, 3).relative
    assert once
    assert thrice == pytest.approx(3 * once / (1 + 2 * once))
    assert reliability(found, 1, 1).absolute is None
    assert reliability(found, 2, 1).relative is None


def test_known_variances_come_out() -> None:
    chance = np.random.default_rng(2)
    items, judges = chance.normal(0, 2, (300, 1, 1)), chance.normal(0, 0.5, (1, 40, 1))
    both, rest = chance.normal(0, 1, (300, 40, 1)), chance.normal(0, 1.5, (300, 40, 3))
    found = components(items + judges + both + rest)
    assert found
    assert (found.item, found.judge, found.interaction, found.repeat) == pytest.approx((4, 0.25, 1, 2.25), rel=0.25)


def test_gaps_are_left_out_and_cells_may_hold_different_numbers() -> None:
    values = gauge()
    whole = components(values)
    values[3, 1, 0] = np.nan
    values[5:9, 2, 1] = np.nan
    values[12, 0] = np.nan
    found = components(values)
    assert whole
    assert found
    assert (found.item, found.repeat) == pytest.approx((whole.item, whole.repeat), rel=0.2)


def test_endless_repeats_do_not_mend_a_judge() -> None:
    found = Components(item=1.0, judge=0.5, interaction=0.5, repeat=1.0)
    end = reliability(found, 1, math.inf)
    assert (end.relative, end.absolute) == pytest.approx((2 / 3, 0.5))
    assert reliability(found, 4, math.inf).absolute == pytest.approx(0.8)


def test_too_little_has_no_components() -> None:
    assert components(np.ones((1, 2, 2))) is None
    assert components(np.ones((5, 1, 1))) is None
    assert reliability(Components(item=0.0, judge=0.0, interaction=0.0, repeat=0.0), 1, 1).relative is None
