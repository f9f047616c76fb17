"""Examples that the observer does not hear, and counter-examples that it does."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from agent.hearing import Hearing
from agent.library import Library
from agent.library.lined_yaml import parse_yaml
from agent.library.lint import lint
from agent.library.problem import Problem
from agent.library.source import read_text
from agent.library.starter import start
from agent.memory.embedder import LazyEmbedder
from agent.settings import Settings

PERSONA, SCENARIO, TWIST = (f"personas/{name}.yaml" for name in ("cast/warehouse", "scenarios/parcels", "twists/new-target"))
Change = Callable[[dict[str, Any]], object]
Check = Callable[..., list[Problem]]


@pytest.fixture
def check(tmp_path: Path) -> Check:
    """Starts a library from the starters, changes one file, and listens to it."""
    shipped = Library.default(settings=Settings.from_environment())
    root = tmp_path / "own"
    start(shipped, "rubric", "core", root)
    for kind, name in (("persona", "warehouse"), ("twist", "new-target"), ("scenario", "parcels")):
        start(Library([root]), kind, name, root)

    def changed(name: str, change: Change) -> list[Problem]:
        data = parse_yaml(read_text(root / name), root / name).data
        change(data)
        (root / name).write_text(json.dumps(data, indent=1), encoding="utf-8")
        hearing = Hearing(LazyEmbedder(), Settings.from_environment().cache_dir)
        plain = lint(shipped, [root / name])
        return [problem for problem in lint(shipped, [root / name], hearing) if problem not in plain]

    return changed


def nothing(data: dict[str, Any]) -> None:
    del data


@pytest.mark.parametrize("name", [PERSONA, SCENARIO, TWIST])
def test_what_the_starters_write_is_heard(check: Check, name: str) -> None:
    assert check(name, nothing) == []


def behaviour(**fields: object) -> Change:
    return lambda twist: twist["behaviours"][0]["heard"].update(fields)


def fact(**fields: object) -> Change:
    return lambda scene: scene["facts"][0]["asked"].update(fields)


def second_fact(**asked: object) -> Change:
    def change(scene: dict[str, Any]) -> None:
        first = scene["facts"][0]
        other = {"id": "price", "short": "the sheet says so", "told": ["It is on the sheet."], "key_terms": ["the sheet"]}
        scene["facts"].append({**first, **other, "asked": asked})

    return change


def condition(**fields: object) -> Change:
    return lambda persona: persona["positions"][0]["moves_when"][0].update(fields)


GOALS = [
    "Then the goal is another one.",
    "So we have a new goal.",
    "The goal has changed, and so does our plan.",
    "Our goal is different now.",
]
TWO = "What does a late parcel cost you?", "How much money do you lose when a delivery is late?"
APART = {
    "examples": ["Purple rain falls.", "The harbour is closed.", "My cousin plays chess.", "Bread is getting expensive."],
    "not_examples": ["Rain falls, and it is purple.", "They closed the harbour.", "My cousin likes chess.", "Expensive bread."],
}


@pytest.mark.parametrize(
    ("name", "change", "field", "message"),
    [
        (TWIST, behaviour(requires=["met(?:ric)"]), "behaviours[0].heard.examples[0]", "does not hear 'new-target' in this example"),
        (TWIST, behaviour(examples=GOALS, not_examples=["Our goal has changed, I say."]), "behaviours[0].heard.not_examples[0]", "hears"),
        (
            SCENARIO,
            fact(examples=[*TWO, "It would be nice to have a price."]),
            "facts[0].asked.examples[2]",
            "does not take this for a question",
        ),
        (
            SCENARIO,
            second_fact(examples=[TWO[0], "Is it written down anywhere?"]),
            "facts[1].asked.examples[0]",
            "one for fact 'cost-of-late'",
        ),
        (SCENARIO, fact(not_examples=["What does one late parcel cost you?"]), "facts[0].asked.not_examples[0]", "is heard as a question"),
        (
            PERSONA,
            condition(kind="number", heard={"examples": ["How much would that be?", "It costs nine euros."]}),
            "positions[0].moves_when[0].heard.examples[0]",
            "heard only in statements",
        ),
        (
            PERSONA,
            condition(heard={"examples": ["We try it. On one belt.", "We try it on one belt."]}),
            "positions[0].moves_when[0].heard.examples[0]",
            "this example is several",
        ),
        (PERSONA, condition(heard=APART), "positions[0].moves_when[0].heard.examples", "4 of 4 examples are nearer to a counter-example"),
    ],
)
def test_a_fault_is_a_warning_at_its_line(check: Check, name: str, change: Change, field: str, message: str) -> None:
    problems = check(name, change)
    assert any(problem.field == field and message in problem.message for problem in problems), "\n".join(map(str, problems))
    assert {problem.severity for problem in problems} == {"warning"}
    assert all(problem.line > 1 for problem in problems)


def test_a_pattern_that_is_never_heard_is_an_error(check: Check) -> None:
    problems = check(SCENARIO, fact(examples=["It would be nice to have a price.", "A price would help."]))
    assert [(problem.field, problem.severity) for problem in problems] == [("facts[0].asked.examples", "error")]
    assert problems[0].message.startswith("none of the examples is heard: the observer does not take this for a question")


def test_a_question_meets_a_condition_that_wants_interest(check: Check) -> None:
    asking = {"examples": ["What did that night cost you?", "How was the night for your people?"]}
    assert check(PERSONA, condition(kind="empathy", heard=asking)) == []
