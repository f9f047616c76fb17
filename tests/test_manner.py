"""How a sentence is said."""

from __future__ import annotations

import numpy as np
import pytest

from agent.library import Library
from agent.library.library import shipped
from agent.manner import MARKS, manner


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("We stop scoring today.", "Do we stop scoring today?"),
        ("We stop scoring today.", "We never stop scoring."),
        ("I tell them today.", "They were told today."),
        ("We stop scoring today.", "I don't see why we should stop scoring."),
        ("We stop.", "We stop scoring on every region that the new rule touches."),
    ],
)
def test_sentences_near_in_meaning_differ_in_manner(one: str, other: str) -> None:
    assert manner(one) != manner(other)
    assert len(manner(one)) == MARKS


def test_marks_are_centred_over_the_sentences_of_the_shipped_twists() -> None:
    library = Library([shipped()])
    heard = [behaviour.heard for name in library.names("twist") for behaviour in library.twist(name).behaviours]
    marks = np.array([manner(text) for pattern in heard for text in (*pattern.examples, *pattern.not_examples)])

    assert abs(marks.mean(axis=0)).max() < 0.3
    assert abs(marks.std(axis=0) - 1).max() < 0.35
