"""An answer about several competencies: its schema, and what is wrong with which part of it."""

from __future__ import annotations

import json
from typing import Any

import jsonschema
import pytest

from agent.judge.parts import Part, complaints_of, group_schema, parts_of
from agent.rubric import Competency, Rubric
from tests.judge.scripted_judge import UNSEEN, answer, quoted

NAMES = ("communication", "trade_off_thinking")


@pytest.fixture
def pair(rubric: Rubric) -> list[Competency]:
    return [each for each in rubric.competencies if each.id in NAMES]


def grade(name: str, given: dict[str, Any]) -> dict[str, Any]:
    return {"competency": name, **given}


def read(pair: list[Competency], *grades: Any) -> dict[str, Part]:
    return parts_of(json.dumps({"grades": grades}), pair, lambda competency, given: ())


GOOD = grade("trade_off_thinking", answer(quoted(2, "one two three four")))


def test_the_schema_names_competencies_and_indicators(rubric: Rubric) -> None:
    body = group_schema(rubric).body
    jsonschema.Draft202012Validator.check_schema(body)
    valid = jsonschema.Draft202012Validator(body).is_valid
    assert valid({"grades": [GOOD]})
    assert not valid({"grades": [GOOD | {"competency": "charm"}]})
    assert not valid({"grades": [grade("communication", answer(quoted(2, "x", "wears-a-nice-hat")))]})
    assert not valid({"grades": [{name: value for name, value in GOOD.items() if name != "state"}]})


def test_in_the_schema_evidence_comes_first_and_the_level_last(rubric: Rubric) -> None:
    fields = list(group_schema(rubric).body["$defs"]["Grade"]["properties"])
    assert fields == ["competency", "evidence", "missing", "reasoning", "state", "level", "confidence"]


def test_every_part_is_read_by_itself(pair: list[Competency]) -> None:
    parts = read(pair, grade("communication", answer(level=6)), GOOD)
    assert parts["trade_off_thinking"].answer
    assert (parts["communication"].answer, len(parts["communication"].complaints)) == (None, 1)


@pytest.mark.parametrize(
    ("grades", "told"),
    [
        ((GOOD,), "communication: the answer has no entry for it"),
        ((GOOD, grade("communication", UNSEEN), grade("communication", answer())), "communication: the answer has two entries"),
        ((GOOD, grade("communication", UNSEEN | {"mood": 1})), "communication: mood: there is no such field"),
    ],
)
def test_what_is_wrong_is_told_with_the_name_of_the_part(pair: list[Competency], grades: tuple[Any, ...], told: str) -> None:
    (complaint,) = complaints_of(read(pair, *grades))
    assert complaint.startswith(told)


@pytest.mark.parametrize("text", ["Level 4.", '{"grades": {}}', '{"grades": ["x"]}', '{"grades": [', "{}"])
def test_what_is_wrong_with_all_is_told_once(pair: list[Competency], text: str) -> None:
    parts = parts_of(text, pair, lambda competency, given: ())
    assert not any(part.answer for part in parts.values())
    assert len(complaints_of(parts)) == 1


def test_more_than_was_asked_for_does_no_harm(pair: list[Competency]) -> None:
    parts = read(pair, grade("resilience", UNSEEN), GOOD, GOOD, grade("communication", UNSEEN))
    assert all(part.answer and not part.complaints for part in parts.values())
