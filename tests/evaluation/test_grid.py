from __future__ import annotations

import numpy as np

from agent.evaluation.grid import grid
from agent.evaluation.ratings import Rating


def rating(item: str, rater: str, value: float | None, competency: str = "resilience", repeat: int | None = None) -> Rating:
    return Rating(item=item, competency=competency, rater=rater, value=value, repeat=repeat)


def test_a_unit_is_an_item_under_one_competency() -> None:
    found = grid([rating("one", "a", 3), rating("one", "a", 4, "empathy"), rating("two", "a", 5)], order=["a"])
    assert found.units == (("one", "resilience"), ("one", "empathy"), ("two", "resilience"))
    assert found.items.tolist() == [0, 0, 1]
    assert found.competencies == 2


def test_null_and_no_line_are_both_gaps() -> None:
    found = grid([rating("one", "a", 3), rating("one", "b", None), rating("two", "a", 4)], order=["a", "b"])
    np.testing.assert_array_equal(found.panel.values, [[3, np.nan], [4, np.nan]])
    assert found.nulls == 1


def test_raters_stand_in_the_order_given() -> None:
    found = grid([rating("one", "b", 2), rating("one", "a", 1)], order=["a", "c", "b"])
    assert found.raters == ("a", "b")
    assert found.panel.values.tolist() == [[1, 2]]


def test_repeats_of_one_rater_are_taken_together() -> None:
    found = grid([rating("one", "a", value, repeat=number) for number, value in enumerate((2, 3, 3))], order=["a"])
    assert found.panel.values.tolist() == [[3]]
    assert (found.agreeing, found.compared) == (1, 3)


def test_repeats_that_are_half_null_are_null() -> None:
    found = grid([rating("one", "a", 2, repeat=1), rating("one", "a", None, repeat=2)], order=["a"])
    assert np.isnan(found.panel.values).all()
