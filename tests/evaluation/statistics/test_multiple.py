from __future__ import annotations

import pytest

from agent.evaluation.statistics.multiple import holm


def test_the_example_of_r_s_p_adjust() -> None:
    """R: p.adjust(c(0.01, 0.02, 0.03, 0.04, 0.05), "holm")."""
    found = holm({"a": 0.01, "b": 0.02, "c": 0.03, "d": 0.04, "e": 0.05})
    assert list(found.values()) == pytest.approx([0.05, 0.08, 0.09, 0.09, 0.09])


def test_names_keep_their_order_and_nothing_exceeds_one() -> None:
    assert holm({"b": 0.9, "a": 0.01, "c": 0.6}) == {"b": 1.0, "a": 0.03, "c": 1.0}
    assert holm({}) == {}
