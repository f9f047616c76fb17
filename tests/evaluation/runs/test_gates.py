"""Gates are decided by the interval: noise alone fails none."""

from __future__ import annotations

import numpy as np
import pytest

from agent.evaluation.runs.gates import Passed, decided
from agent.evaluation.runs.interval import Estimated
from agent.evaluation.runs.junit import told
from agent.evaluation.runs.suite import Gate


def gate(**bounds: float) -> Gate:
    return Gate(figure="embedded/agreement/all/qwk", **bounds)


@pytest.mark.parametrize(
    ("bounds", "value", "interval", "outcome"),
    [
        ({"least": 0.6}, 0.7, (0.65, 0.75), Passed.HELD),
        ({"least": 0.6}, 0.7, (0.55, 0.8), Passed.UNSURE),
        ({"least": 0.6}, 0.5, (0.3, 0.61), Passed.UNSURE),
        ({"least": 0.6}, 0.5, (0.4, 0.59), Passed.FAILED),
        ({"least": 0.6, "margin": 0.1}, 0.5, (0.4, 0.59), Passed.UNSURE),
        ({"least": 0.6, "margin": 0.1}, 0.55, (0.51, 0.59), Passed.HELD),
        ({"most": 0.9}, 1.2, (1.0, 1.4), Passed.FAILED),
        ({"most": 0.9, "margin": 0.2}, 1.0, (0.9, 1.05), Passed.HELD),
        ({"least": -0.2, "most": 0.2}, 0.0, (-0.1, 0.1), Passed.HELD),
        ({"least": -0.2, "most": 0.2}, 0.5, (0.3, 0.7), Passed.FAILED),
        ({"least": 0.6}, 0.1, None, Passed.UNSURE),
        ({"least": 0.6}, None, None, Passed.UNSURE),
    ],
)
def test_a_gate_fails_only_where_the_whole_interval_lies_beyond_it(bounds, value, interval, outcome) -> None:
    result = decided(gate(**bounds), Estimated(value, interval))
    assert result.outcome is outcome


def test_what_is_counted_needs_no_interval() -> None:
    assert decided(gate(most=0), Estimated(0.0, is_exact=True)).outcome is Passed.HELD
    assert decided(gate(most=0), Estimated(1.0, is_exact=True)).outcome is Passed.FAILED


def test_it_tells_margin_interval_and_the_effect_it_could_have_seen() -> None:
    line = told(decided(gate(least=0.6, margin=0.05), Estimated(0.7, (0.65, 0.75))))
    assert "0.700, interval 0.650 to 0.750, has to be at least 0.6 (margin 0.05)" in line
    assert "an effect of 0.071 would have been seen" in line


def test_the_effect_it_could_have_seen_is_seen_in_four_runs_of_five() -> None:
    """By simulation: normal estimates that lie that far below the bound."""
    chance, error = np.random.default_rng(1), 0.03
    result = decided(gate(least=0.6), Estimated(0.6, (0.6 - 1.96 * error, 0.6 + 1.96 * error)))
    assert result.could_see is not None
    estimates = 0.6 - result.could_see + error * chance.standard_normal(4000)
    failed = [decided(gate(least=0.6), Estimated(x, (x - 1.96 * error, x + 1.96 * error))).outcome is Passed.FAILED for x in estimates]
    assert np.mean(failed) == pytest.approx(0.8, abs=0.02)
