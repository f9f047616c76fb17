"""Measures as rows of words."""

from __future__ import annotations

from typing import Any

import pytest

from agent.report.measures import rows


@pytest.mark.parametrize(
    ("key", "value", "label", "shown"),
    [
        ("jargon_share", 0.04, "Jargon, share of words", "4%"),
        ("response_seconds", 51.375, "Time to answer, on average", "51 s"),
        ("topics", ["task", "result"], "Topics", "task, result"),
        ("stories", [], "Stories", "none"),
        ("stories", [{"turn": 4, "star": ["task"]}, {"turn": 6, "star": []}], "Stories", "turn 4; star task / turn 6; star none"),
        ("recovery", None, "Recovery", "not measured"),
        ("asked", True, "Asked", "yes"),
        ("words_per_answer", {"max": 52.5}, "Words per answer, longest", "52.5"),
    ],
)
def test_a_measure_is_said_in_words(key: str, value: Any, label: str, shown: str) -> None:
    assert list(rows({key: value})) == [(label, shown)]
