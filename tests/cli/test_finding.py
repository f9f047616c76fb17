"""`hotseat library search`, as a user types it."""

from __future__ import annotations

import json

import pytest
from typer.testing import CliRunner, Result

from agent.cli.library import app
from agent.errors import InputError


def _run(*arguments: object) -> Result:
    return CliRunner().invoke(app, ["search", *map(str, arguments)])


def test_the_best_passage_is_shown_with_name_and_file() -> None:
    result = _run("they changed the requirements", "--count", 3)
    assert result.exit_code == 0
    assert result.output.startswith("twist     priority-shift")
    assert "personas/twists/priority-shift.yaml" in result.output


def test_as_json_one_kind_only() -> None:
    answer = json.loads(_run("refused cards", "--kind", "scenarios", "--json").output)
    assert answer["found"][0]["name"] == "fraud-trade-off"
    assert {one["kind"] for one in answer["found"]} == {"scenario"}


def test_nothing_near_says_so() -> None:
    assert "Nothing in the library is near that" in _run("qqxz blorp 7").output


@pytest.mark.parametrize("arguments", [("",), (" \x1b[31m ",), ("?!",), ("a" * 501,), ("fraud", "--kind", "rubric")])
def test_what_cannot_be_searched_is_a_sentence(arguments: tuple[str, ...]) -> None:
    assert isinstance(_run(*arguments).exception, InputError)
