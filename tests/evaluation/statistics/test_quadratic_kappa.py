"""Against a worked example (Cohen 1968 by hand) and properties."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agent.evaluation.statistics import quadratic_kappa

LEVELS = (1, 2, 3, 4, 5)
pairs = st.lists(st.tuples(st.sampled_from(LEVELS), st.sampled_from(LEVELS)), min_size=2, max_size=60)


def test_a_table_worked_by_hand() -> None:
    """Levels 1 to 3; distances seen: 0, 1, 0, 4, 5 in sum. Expected by the margins 1, 1, 2 and 3, 0, 1: 8 in sum."""
    one, other = [1, 2, 3, 3], [1, 1, 3, 1]
    assert quadratic_kappa(one, other, (1, 2, 3)) == pytest.approx(1 - 5 / 8)


@given(pairs)
def test_it_is_the_same_from_either_side_and_at_most_one(found: list[tuple[int, int]]) -> None:
    one, other = [pair[0] for pair in found], [pair[1] for pair in found]
    there, back = quadratic_kappa(one, other, LEVELS), quadratic_kappa(other, one, LEVELS)
    assert there == pytest.approx(back, nan_ok=True)
    assert math.isnan(there) or there <= 1 + 1e-9


@given(st.lists(st.sampled_from(LEVELS), min_size=2, max_size=60).filter(lambda levels: len(set(levels)) > 1))
def test_the_same_levels_agree_perfectly(levels: list[int]) -> None:
    assert quadratic_kappa(levels, levels, LEVELS) == pytest.approx(1)


def test_one_level_alone_has_no_kappa() -> None:
    assert math.isnan(quadratic_kappa([3, 3], [3, 3], LEVELS))
