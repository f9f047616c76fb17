"""Walkthroughs beside a library: their schema, and that what they answer exists."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from agent.library import Library
from agent.library.lint import lint
from agent.library.schemas import WALKTHROUGH_SCHEMA, outdated, write_schemas

PLAY = "evals/walkthroughs/parcels/strong.yaml"
REPLIES = [
    {"to": "beat/start", "say": "For every parcel it says how likely it is to miss its day."},
    {"to": "point/both-costs/probe", "say": "A false alarm costs a check, a missed one a refund."},
    {"to": "fact/cost-of-late", "say": "Then one missed parcel pays for ten checks."},
    {"to": "position/no-blind-trust", "say": "Let's try it on one belt for two weeks."},
    {"to": "force/new-target", "say": "Then success means cost per order from today."},
    {"to": "persona/warehouse/cut_monologue", "say": "In one sentence: check the ten worst."},
    {"say": "We start on Monday, on one belt."},
]


def play(root: Path, **fields: Any) -> Path:
    path = root / PLAY
    path.parent.mkdir(parents=True, exist_ok=True)
    data = {"scenario": "parcels", "candidate": "strong", "about": "Says it plainly.", "replies": REPLIES, **fields}
    path.write_text(json.dumps(data, indent=1), encoding="utf-8")
    return path


def test_a_right_one_is_read_with_the_library_and_alone(root: Path) -> None:
    path = play(root)
    assert lint(Library([root]), [path]) == []
    assert [problem for problem in lint(Library([root])) if problem.path == path] == []


@pytest.mark.parametrize(
    ("reply", "field", "message"),
    [
        ({"to": "beat/stat"}, "replies[6].to", "no beat 'stat'; did you mean 'start'?"),
        ({"to": "point/both-cost"}, "replies[6].to", "did you mean 'both-costs'?"),
        ({"to": "twist/new-targets"}, "replies[6].to", "did you mean 'new-target'?"),
        ({"to": "exchange/none"}, "replies[6].to", "no exchange 'none'; there is none"),
        ({"to": "persona/warehose"}, "replies[6].to", "no cast member 'warehose'; did you mean 'warehouse'?"),
        ({"to": "persona/warehouse/cut_monolog"}, "replies[6].to", "did you mean 'cut_monologue' or"),
        ({"to": "cut/warehouse"}, "replies[6].to", "nothing is said from 'cut'"),
        ({"aside": "nobody"}, "replies[6].aside", "no cast member 'nobody'"),
        ({"edit": "fixed"}, "replies[6].edit", "nothing in the scene can be edited"),
        ({"too": "any"}, "replies[6].too", "did you mean 'to'?"),
    ],
)
def test_a_reply_to_nothing(root: Path, reply: dict[str, str], field: str, message: str) -> None:
    path = play(root, replies=[*REPLIES[:6], {"say": "Monday.", **reply}])
    assert [(problem.path, problem.field) for problem in lint(Library([root])) if message in problem.message] == [(path, field)]


def test_another_scenario_than_its_directory_says(root: Path) -> None:
    play(root, scenario="letters")
    messages = [problem.message for problem in lint(Library([root]))]
    assert any("there is no scenario 'letters'" in message for message in messages)
    assert any("lies in 'parcels', the field says 'letters'" in message for message in messages)


def test_it_is_known_by_its_content(root: Path, tmp_path: Path) -> None:
    path = play(root).rename(tmp_path / "strong.yaml")
    assert [problem.field for problem in lint(Library([root]), [path])] == ["scenario"]


def test_its_schema_is_written_where_there_are_walkthroughs(root: Path) -> None:
    assert not any(path.name == "walkthrough.schema.json" for path in outdated(root))
    path = play(root)
    assert root / WALKTHROUGH_SCHEMA in write_schemas(root)
    validator = Draft202012Validator(json.loads((root / WALKTHROUGH_SCHEMA).read_text(encoding="utf-8")))
    document = json.loads(path.read_text(encoding="utf-8"))
    assert list(validator.iter_errors(document)) == []
    assert list(validator.iter_errors({**document, "replies": [{"to": "somebody", "say": "Hello."}]})) != []
