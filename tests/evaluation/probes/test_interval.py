"""The estimate and its interval."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agent.evaluation.probes.interval import FEWEST, estimate, share

VALUES = st.lists(st.lists(st.floats(-4, 4), max_size=4), min_size=FEWEST, max_size=30).map(lambda each: dict(enumerate(each)))


def by_item(*values: float) -> dict[str, list[float]]:
    return {str(place): [value] for place, value in enumerate(values)}


def test_every_value_counts_alike_and_an_item_without_one_not_at_all() -> None:
    assert estimate({"a": [1.0, 1.0, 1.0], "b": [0.0], "c": []}).value == 0.75


@given(VALUES, st.integers(0, 3))
def test_the_same_seed_gives_the_same_interval_around_values_that_occur(values, seed) -> None:
    first, second = (estimate({str(name): each for name, each in values.items()}, seed=seed) for _ in range(2))
    said = [value for each in values.values() for value in each]

    assert first == second
    if first.interval:
        assert min(said) - 1e-9 <= first.interval[0] <= first.interval[1] <= max(said) + 1e-9


def test_an_interval_of_many_is_that_of_the_normal_approximation() -> None:
    found = estimate(by_item(*[0.0, 1.0] * 200))
    assert found.interval == pytest.approx((0.5 - 1.96 * 0.025, 0.5 + 1.96 * 0.025), abs=0.01)


def test_items_are_drawn_whole() -> None:
    together = {str(place): [float(place % 2)] * 20 for place in range(20)}
    apart = by_item(*[float(place % 2) for place in range(400)])
    wide, narrow = (estimate(each).interval for each in (together, apart))

    assert wide
    assert narrow
    assert wide[1] - wide[0] > 3 * (narrow[1] - narrow[0])


@pytest.mark.parametrize(("count", "far"), [(10, 0.3085), (50, 0.0711), (100, 0.0362)])
def test_none_of_many_has_the_exact_interval_of_the_tables(count: int, far: float) -> None:
    """Clopper-Pearson limits at 95% of 0 in 10, 50 and 100, as printed in tables of binomial confidence limits."""
    assert estimate(by_item(*[0.0] * count), shares=True).interval == pytest.approx((0.0, far), abs=1e-4)
    assert estimate(by_item(*[1.0] * count), shares=True).interval == pytest.approx((1 - far, 1.0), abs=1e-4)


def test_few_items_have_no_interval_and_none_no_estimate() -> None:
    assert estimate(by_item(*[0.5] * (FEWEST - 1))).interval is None
    assert estimate({"a": []}).value is None
    assert share(1, 0) is None
