"""`hotseat library export-card` and `import-card`, as a user types them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from agent.cards import card_of
from agent.cli.library import app
from agent.errors import HotseatError
from agent.library import Library
from agent.library.library import shipped
from agent.library.lint import lint

FOREIGN = {"spec": "chara_card_v2", "spec_version": "2.0", "data": {"name": "Ann \x1b[31mGray", "description": "Runs a bakery."}}


def _run(*arguments: object) -> Result:
    return CliRunner().invoke(app, [str(argument) for argument in arguments])


def test_a_persona_goes_out_and_comes_in_elsewhere(tmp_path: Path) -> None:
    own = tmp_path / "own"
    assert _run("export-card", "product-manager", "-o", tmp_path / "pm.png").exit_code == 0
    assert _run("import-card", tmp_path / "pm.png", "--to", own).exit_code == 0
    assert Library((own,)).persona("product-manager") == Library((shipped(),)).persona("product-manager")


def test_export_prints_json() -> None:
    assert json.loads(_run("export-card", "product-manager").output) == card_of(Library((shipped(),)).persona("product-manager"))


def test_a_foreign_card_becomes_a_file_without_errors_and_says_what_stands_in(tmp_path: Path) -> None:
    (tmp_path / "card.json").write_text(json.dumps(FOREIGN))
    result = _run("import-card", tmp_path / "card.json", "--to", tmp_path / "own")
    file = tmp_path / "own/personas/cast/ann-gray.yaml"

    assert "title, agenda, reminder, voice.samples" in result.output
    assert "neutral placeholders" in result.output
    assert "\x1b" not in result.output + file.read_text(encoding="utf-8")
    assert [problem for problem in lint(Library((shipped(),)), [file]) if problem.severity == "error"] == []


def test_nothing_is_written_over(tmp_path: Path) -> None:
    (tmp_path / "card.json").write_text(json.dumps(FOREIGN))
    _run("import-card", tmp_path / "card.json", "--to", tmp_path)
    again = _run("import-card", tmp_path / "card.json", "--to", tmp_path)
    assert isinstance(again.exception, HotseatError)
    assert _run("import-card", tmp_path / "card.json", "--to", tmp_path, "--as", "ann-two").exit_code == 0
    assert Library((tmp_path,)).names("persona") == ("ann-gray", "ann-two")


@pytest.mark.parametrize("name", ["../../x", "Two Words", ""])
def test_a_name_that_is_none_is_refused(tmp_path: Path, name: str) -> None:
    (tmp_path / "card.json").write_text(json.dumps(FOREIGN))
    assert isinstance(_run("import-card", tmp_path / "card.json", "--to", tmp_path, "--as", name).exception, HotseatError)
    assert list(tmp_path.iterdir()) == [tmp_path / "card.json"]


def test_a_persona_with_a_dangerous_cue_is_refused(tmp_path: Path) -> None:
    whole = card_of(Library((shipped(),)).persona("stubborn-teammate"))
    position = whole["data"]["extensions"]["hotseat"]["persona"]["positions"][0]
    position["moves_when"][0]["heard"]["cues"] = ["(a+)+"]
    (tmp_path / "card.json").write_text(json.dumps(whole))
    refused = _run("import-card", tmp_path / "card.json", "--to", tmp_path / "own").exception
    assert isinstance(refused, HotseatError)
    assert "can take forever" in str(refused)


def test_a_picture_needs_a_file_to_go_to(tmp_path: Path) -> None:
    assert isinstance(_run("export-card", "product-manager", "--picture", tmp_path / "a.png").exception, HotseatError)
