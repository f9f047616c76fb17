from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from agent.evaluation.fitting.monotone import PRIOR, fit_groups


def drawn(seed: int, weights: tuple[float, ...], items: int = 400) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Measures, wanted values that follow from them, and groups."""
    random = np.random.default_rng(seed)
    z = random.normal(size=(items, len(weights)))
    return z, 3 + z @ np.array(weights) + 0.1 * random.normal(size=items), np.arange(items) % 2


def test_weights_that_are_there_are_found() -> None:
    z, y, group = drawn(1, (0.8, -0.4))
    found = fit_groups(z, y, group, np.array([1.0, -1.0]), groups=2, to_shared=1.0, to_zero=0.1)
    assert found.weights == pytest.approx(np.array([[0.8, -0.4]] * 2), abs=0.05)
    assert found.intercepts == pytest.approx([3, 3], abs=0.05)
    assert found.predicted(z, group) == pytest.approx(y, abs=0.5)


@given(st.integers(0, 1000), st.tuples(st.floats(-1, 1), st.floats(-1, 1), st.floats(-1, 1)))
def test_no_weight_has_the_other_sign(seed: int, weights: tuple[float, float, float]) -> None:
    z, y, group = drawn(seed, weights, items=40)
    sign = np.array([1.0, -1.0, 1.0])
    assert (sign * fit_groups(z, y, group, sign, groups=2, to_shared=2.0, to_zero=1.0).weights >= 0).all()


def test_a_group_without_items_gets_what_the_others_share() -> None:
    z, y, group = drawn(2, (0.8, -0.4))
    found = fit_groups(z, y, group, np.array([1.0, -1.0]), groups=3, to_shared=1.0, to_zero=0.1)
    assert found.weights[2] == pytest.approx([0.8, -0.4], abs=0.05)


def test_it_is_ridge_regression_where_no_bound_binds() -> None:
    """With one group v = w (1 + μ / λ) at the optimum, so that its penalty is λμ / (λ + μ) |v|²; the intercept has the prior's."""
    z, y, _ = drawn(3, (0.5, 0.3), items=50)
    found = fit_groups(z, y, np.zeros(50, dtype=int), np.ones(2), groups=1, to_shared=8.0, to_zero=8.0)
    x = np.hstack([np.ones((50, 1)), z])
    solved = np.linalg.solve(x.T @ x + np.diag([PRIOR, 4.0, 4.0]), x.T @ (y - y.mean()))
    assert found.weights[0] == pytest.approx(solved[1:], abs=1e-6)
    assert found.intercepts[0] == pytest.approx(y.mean() + solved[0], abs=1e-6)
