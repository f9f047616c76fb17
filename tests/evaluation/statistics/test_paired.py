"""Paired differences against SciPy, printed tables and simulated noise."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from agent.evaluation.statistics.paired import Change, Paired, detectable, paired, sign_flip_p
from agent.evaluation.statistics.panel import Array

DARWIN = np.array([49, -67, 8, 16, 6, 23, 28, 41, 14, 29, 56, 24, 75, 60, -48], dtype=float)
"""Crossed minus self-fertilised maize, in eighths of an inch: Fisher (1935), section 21."""


def mean(values: Array, axis: int) -> Array:
    return np.asarray(values.mean(axis))


def test_fisher_s_example() -> None:
    """In 863 of the 32,768 ways the sum is 314 or more; two-sided twice that."""
    assert DARWIN.sum() == 314
    assert sign_flip_p(DARWIN) == pytest.approx(2 * 863 / 32768)


@pytest.mark.parametrize("seed", range(4))
def test_few_differences_give_scipy_s_exact_p(seed: int) -> None:
    values = np.round(np.random.default_rng(seed).normal(0.3, 1, size=11), 1)
    expected = stats.permutation_test((values,), mean, permutation_type="samples", n_resamples=np.inf).pvalue
    assert sign_flip_p(values) == pytest.approx(expected)


def test_many_differences_give_nearly_scipy_s_p() -> None:
    values = np.random.default_rng(6).normal(0.25, 1, size=60)
    chance = np.random.default_rng(1)
    expected = stats.permutation_test((values,), mean, permutation_type="samples", n_resamples=20_000, rng=chance).pvalue
    assert sign_flip_p(values) == pytest.approx(expected, abs=0.015)


def test_a_p_that_is_drawn_is_never_zero() -> None:
    assert sign_flip_p(np.ones(40)) == 1 / 10_000


def test_items_that_do_not_differ_take_no_part_in_p() -> None:
    assert sign_flip_p(np.concatenate([DARWIN, np.zeros(500)])) == sign_flip_p(DARWIN)
    assert sign_flip_p(np.zeros(20)) == 1


@given(st.lists(st.integers(-4, 4), min_size=1, max_size=12))
def test_p_does_not_know_which_grading_came_first(values: list[int]) -> None:
    forth, back = (sign_flip_p(sign * np.array(values, dtype=float)) for sign in (1, -1))
    assert 0 < forth == back <= 1


@pytest.mark.parametrize(("effect", "pairs"), [(0.2, 199), (0.5, 34), (0.8, 15)])
def test_it_takes_the_printed_number_of_pairs_to_see_an_effect(effect: float, pairs: int) -> None:
    """J. Cohen's small, medium and large effect at 5% and 80%: 199, 34 and 15 pairs (G*Power, t test of matched pairs)."""
    enough = next(count for count in range(5, 400) if (detectable(1.0, count) or 9) <= effect)
    assert enough == pytest.approx(pairs, abs=1)


def test_a_shift_of_the_detectable_effect_is_found_in_four_of_five_cases() -> None:
    chance = np.random.default_rng(3)
    effect = detectable(1.0, 24)
    assert effect
    found = [stats.ttest_1samp(chance.normal(effect, 1, size=24), 0).pvalue <= 0.05 for _ in range(1000)]
    assert np.mean(found) == pytest.approx(0.8, abs=0.04)


def test_noise_is_rarely_taken_for_a_shift() -> None:
    """No shift, twelve items, no correction: less often than the 5% of either half of the rule."""
    chance = np.random.default_rng(8)
    found = [paired(list(np.round(chance.normal(0, 0.6, size=12), 1))).change(0.1) for _ in range(400)]
    assert found.count(Change.MOVED) <= 0.045 * len(found)


def a(mean: float, low: float, high: float, p: float) -> Paired:
    return Paired(n=20, mean=mean, deviation=1.0, p=p, interval=(low, high), detectable=0.5)


def test_the_margin_decides_between_the_three() -> None:
    assert a(0.3, 0.2, 0.4, 0.001).change(0.1) is Change.MOVED
    assert a(-0.3, -0.4, -0.2, 0.001).change(0.1) is Change.MOVED
    assert a(0.02, -0.05, 0.08, 0.4).change(0.1) is Change.SAME
    assert a(0.05, 0.02, 0.08, 0.001).change(0.1) is Change.SAME
    assert a(0.2, 0.05, 0.4, 0.01).change(0.1) is Change.UNSURE


def test_a_shift_that_does_not_survive_the_correction_is_unsure() -> None:
    assert a(0.3, 0.2, 0.4, 0.01).change(0.1, p=0.12) is Change.UNSURE


def test_too_few_items_cannot_tell() -> None:
    few = paired([1.0] * 9)
    assert (few.interval, few.change(0.1)) == (None, Change.UNSURE)
    assert paired([1.0] * 10).change(0.1) is Change.MOVED
    nothing = paired([])
    assert (nothing.n, nothing.mean, nothing.p, nothing.change(0.1)) == (0, None, None, Change.UNSURE)


def test_the_same_seed_gives_the_same() -> None:
    values = list(np.random.default_rng(4).normal(size=30))
    assert paired(values, seed=2) == paired(values, seed=2) != paired(values, seed=3)


@pytest.mark.parametrize("shift", [0.0, 0.5])
def test_where_all_differ_alike_no_effect_is_said_to_be_seen(shift: float) -> None:
    found = paired([shift] * 12)
    assert (found.deviation, found.detectable) == (0.0, None)
