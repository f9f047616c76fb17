"""More evidence never lowers a level, more against it never raises it, and what touches nothing moves nothing."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from agent.judge.learned.measures import AGAINST, LEVEL_MEASURES, level_measures, observed_measures, whole
from agent.judge.learned.model import shipped_model
from agent.judge.learned.worth import HEADS, Worth

values = st.lists(st.tuples(*[st.floats(-0.5, 1.2)] * len(HEADS)), min_size=1, max_size=12)
MEANS = {"usual", "usually_opposed", "typical", "typically_opposed", "general"}


def worth_of(rows: Sequence[tuple[float, ...]]) -> Worth:
    return {head: np.array([row[place] for row in rows]) for place, head in enumerate(HEADS)}


@given(values, st.tuples(*[st.floats(-0.5, 1.2)] * len(HEADS)))
def test_a_sentence_more_lowers_no_sum_and_no_top(rows: list[tuple[float, ...]], more: tuple[float, ...]) -> None:
    before, after = (level_measures(worth_of(each), whole({"one": worth_of(each)})) for each in (rows, [*rows, more]))
    assert all(after[name] >= before[name] - 1e-12 for name in LEVEL_MEASURES if name not in MEANS)


@given(values)
def test_sentences_that_touch_nothing_and_are_worth_nothing_move_nothing(rows: list[tuple[float, ...]]) -> None:
    padded = [*rows, *[(0.0,) * len(HEADS)] * 20]
    before, after = (level_measures(worth_of(each), whole({"one": worth_of(each)})) for each in (rows, padded))
    assert after == pytest.approx(before)


@given(values)
def test_the_order_of_sentences_moves_nothing(rows: list[tuple[float, ...]]) -> None:
    before, after = (level_measures(worth_of(each), whole({"one": worth_of(each)})) for each in (rows, rows[::-1]))
    assert after == pytest.approx(before)


def test_nothing_said_is_no_evidence_of_anything() -> None:
    nothing = worth_of([])
    assert set(level_measures(nothing, whole({"one": nothing})).values()) == {0.0}
    assert set(observed_measures(nothing, whole({"one": nothing}), (0.0, 0.0), 0.0).values()) == {0.0}


def test_every_weight_of_the_shipped_model_has_the_sign_of_its_measure() -> None:
    for fitted in shipped_model().competencies.values():
        assert all(weight <= 0 if name in AGAINST else weight >= 0 for name, weight in fitted.weights.items())
        assert all(weight >= 0 for weight in fitted.observed_weights.values())
