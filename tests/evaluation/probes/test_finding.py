from __future__ import annotations

import pytest
from pydantic import ValidationError

from agent.evaluation.probes.finding import Bound, Counts, Outcome

WITHIN, ALL, AT_MOST = Bound(low=-0.1, high=0.1), Bound(low=1.0, high=1.0), Bound(high=0.01)


@pytest.mark.parametrize(
    ("bound", "estimate", "interval", "outcome"),
    [
        (WITHIN, 0.02, (-0.03, 0.07), Outcome.HELD),
        (WITHIN, 0.02, (-0.1, 0.1), Outcome.HELD),
        (WITHIN, 0.09, (0.05, 0.13), Outcome.UNSURE),
        (WITHIN, 0.2, (0.11, 0.3), Outcome.FAILED),
        (WITHIN, -0.2, (-0.3, -0.11), Outcome.FAILED),
        (WITHIN, 0.0, None, Outcome.UNSURE),
        (WITHIN, None, None, Outcome.NOT_RUN),
        (AT_MOST, 0.0, (0.0, 0.009), Outcome.HELD),
        (AT_MOST, 0.0, (0.0, 0.03), Outcome.UNSURE),
        (AT_MOST, 0.05, (0.02, 0.08), Outcome.FAILED),
        (ALL, 1.0, (0.95, 1.0), Outcome.HELD),
        (ALL, 0.99, (0.97, 1.0), Outcome.FAILED),
        (ALL, 1.0, None, Outcome.HELD),
    ],
)
def test_the_interval_decides_unless_no_exception_is_allowed(bound, estimate, interval, outcome) -> None:
    assert bound.outcome(estimate, interval) is outcome


def test_counts_that_do_not_add_up_are_refused() -> None:
    with pytest.raises(ValidationError, match="do not add up"):
        Counts(items=1, pairs=1, competencies=3, both=1, only_before=0, only_after=0, neither=1, errors=0)
