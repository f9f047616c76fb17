"""Strong answers are graded above middling ones, and those above weak ones, in domains the rubric never mentions."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

from agent.prose import words
from agent.rubric import Rubric
from agent.verdict import GradeReport

FOLDER = Path(__file__).parents[2] / "evals" / "triples"
TRIPLES = [
    triple for name in ("first.yaml", "later.yaml", "last.yaml") for triple in yaml.safe_load((FOLDER / name).read_text(encoding="utf-8"))
]
IDS = [f"{triple['competency']}, {triple['domain']}" for triple in TRIPLES]

FULLY_ORDERED, ON_TOP = 22, 28
"""Of 30. No strong answer may be missed, whatever it is worth."""


def scores(grade: Callable[..., GradeReport], triple: dict[str, Any]) -> list[float | None]:
    return [
        grade(triple[quality], prompt=triple["question"]).verdicts[triple["competency"]].score for quality in ("weak", "middling", "strong")
    ]


@pytest.fixture(scope="module")
def graded(grade: Callable[..., GradeReport]) -> list[list[float | None]]:
    return [scores(grade, triple) for triple in TRIPLES]


def test_every_strong_answer_is_scored(graded: list[list[float | None]]) -> None:
    assert [label for label, (_, _, strong) in zip(IDS, graded, strict=True) if strong is None] == []


def test_strong_answers_are_above_both_others(graded: list[list[float | None]]) -> None:
    assert sum((strong or 0) > max(weak or 1.0, middling or 1.0) for weak, middling, strong in graded) >= ON_TOP


def test_most_triples_are_ordered_from_end_to_end(graded: list[list[float | None]]) -> None:
    assert sum((weak or 0) < (middling or 0) < (strong or 0) for weak, middling, strong in graded) >= FULLY_ORDERED


def test_no_triple_shares_five_words_in_a_row_with_the_rubric(rubric: Rubric) -> None:
    examples = {
        run
        for competency in rubric.competencies
        for indicator in (*competency.indicators, *competency.counter_indicators)
        for example in indicator.heard.examples
        for run in runs_of_five(example)
    }

    assert {
        run for triple in TRIPLES for quality in ("weak", "middling", "strong") for run in runs_of_five(triple[quality])
    } & examples == set()


def runs_of_five(text: str) -> set[str]:
    spoken = words(text.lower())
    return {" ".join(spoken[place : place + 5]) for place in range(len(spoken) - 4)}
