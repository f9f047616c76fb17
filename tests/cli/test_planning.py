"""`hotseat evals plan`."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from agent.cli.app import app
from agent.errors import InputError
from tests.evaluation.comparing.graded import FIRST, graded
from tests.evaluation.comparing.test_planning import drawn


def run(*arguments: object) -> Result:
    return CliRunner().invoke(app, ["evals", "plan", *map(str, arguments), "--plain"])


@pytest.fixture
def ratings(tmp_path: Path) -> Path:
    file = tmp_path / "ratings.jsonl"
    file.write_text(
        "".join(f"{one.model_dump_json(exclude_none=True)}\n" for one in drawn(40, 3, 3, judge=0.3, both=0.4, repeat=0.6)), encoding="utf-8"
    )
    return file


def test_the_table_and_the_cheapest_way_are_shown(ratings: Path) -> None:
    done = run(ratings, "--reliability", 0.85, "--cost-per-grading", 0.01)
    assert done.exit_code == 0, done.output
    assert "Variance in squared levels: items" in done.output
    assert "Eρ², relative: keeps the order of items" in done.output
    assert "Φ, absolute: gives the level itself" in done.output
    assert "4 judges" in done.output
    assert "gradings an item, $0.0" in done.output


def test_runs_bring_their_own_costs(tmp_path: Path) -> None:
    """Four calls for $0.01, in which each question was asked once."""
    file = tmp_path / "run.jsonl"
    rows = [{"item": f"i{n}", "report": graded({FIRST: (1 + n % 5, 1 + (n + n % 2) % 5)}).model_dump(mode="json")} for n in range(20)]
    file.write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    found = json.loads(run(file, "--json").stdout)
    assert found["cost_per_grading"] == 0.01
    assert found["sources"][FIRST]["repeats"] == 2


def test_what_cannot_tell_ends_with_two(tmp_path: Path) -> None:
    file = tmp_path / "ratings.jsonl"
    file.write_text('{"item": "a", "competency": "x", "rater": "r", "value": 3}\n', encoding="utf-8")
    done = run(file)
    assert done.exit_code == 2
    assert "The data cannot tell" in done.output
    assert isinstance(run(tmp_path / "nowhere").exception, InputError)
