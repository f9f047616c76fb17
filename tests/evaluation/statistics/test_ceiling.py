from __future__ import annotations

import numpy as np
import pytest

from agent.evaluation.statistics.ceiling import Ceiling, highest_correlation
from agent.evaluation.statistics.pairs import Pairs
from agent.evaluation.statistics.panel import Panel
from tests.evaluation.statistics.published import ANXIETY, panel


def ceiling(found: Panel) -> float:
    return float(Ceiling(found)(found.once)["ceiling_qwk"][0])


def test_two_raters_are_each_other_s_ceiling() -> None:
    both = panel([row[:2] for row in ANXIETY])
    assert ceiling(both) == pytest.approx(Pairs(both, [(0, 1)])(both.once)["qwk"][0])


def test_each_of_three_is_held_against_the_mean_of_the_other_two() -> None:
    """The median of two is their mean."""
    one, other, third = (np.array(column, dtype=float) for column in zip(*ANXIETY, strict=True))
    against = [(one, (other + third) / 2), (other, (one + third) / 2), (third, (one + other) / 2)]
    each = [Panel(np.column_stack(both)) for both in against]
    kappas = [Pairs(both, [(0, 1)])(both.once)["qwk"][0] for both in each]
    assert ceiling(panel(ANXIETY)) == pytest.approx(np.mean(kappas))


def test_raters_who_agree_leave_room_for_a_perfect_judge() -> None:
    assert ceiling(panel([(1, 1, 1), (3, 3, 3), (5, 5, 5)])) == pytest.approx(1)


def test_one_rater_alone_has_none() -> None:
    assert np.isnan(ceiling(panel([(1,), (2,)])))


def test_the_highest_correlation_is_the_root_of_the_reliability() -> None:
    assert highest_correlation(0.81) == pytest.approx(0.9)
    assert highest_correlation(-0.2) == 0
    assert np.isnan(highest_correlation(float("nan")))
