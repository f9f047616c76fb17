"""`hotseat library` and `hotseat lint`, as a user types them."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from typer import Typer
from typer.testing import CliRunner, Result

from agent.cli import library
from agent.errors import HotseatError

app = Typer()
app.add_typer(library.app, name="library")
app.command("lint")(library.lint)


@pytest.fixture(autouse=True)
def _home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOTSEAT_HOME", str(tmp_path / "home"))


def _run(*arguments: object) -> Result:
    return CliRunner().invoke(app, [str(argument) for argument in arguments])


def _refused(*arguments: object) -> str:
    result = _run(*arguments)
    assert isinstance(result.exception, HotseatError)
    return str(result.exception)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("made")
    for kind in ("persona", "twist", "scenario", "rubric"):
        assert _run("library", "new", kind, f"my-{kind}", "--dir", root).exit_code == 0
    return root


@pytest.fixture
def own(made: Path, tmp_path: Path) -> Path:
    return shutil.copytree(made, tmp_path / "own")


def test_list_says_what_there_is_and_where(own: Path) -> None:
    result = _run("library", "list", "--library", own)
    assert result.exit_code == 0
    assert str(own / "personas/cast/my-persona.yaml") in result.output
    assert "core" in result.output


def test_list_as_json(own: Path) -> None:
    rows = json.loads(_run("library", "list", "personas", "--library", own, "--json").output)["library"]
    mine = next(row for row in rows if row["name"] == "my-persona")
    assert (mine["kind"], mine["version"], mine["title"]) == ("persona", "1.0.0", "My persona, Warehouse manager")
    assert {row["kind"] for row in rows} == {"persona"}


def test_list_goes_on_when_a_file_is_wrong(own: Path) -> None:
    path = own / "personas/cast/my-persona.yaml"
    path.write_text("a: [", encoding="utf-8")
    result = _run("library", "list", "persona", "--library", own)
    assert result.exit_code == 0
    assert f"WRONG, see: hotseat lint {path}" in result.output


def test_show_says_which_file_won_and_what_it_shadows(own: Path) -> None:
    assert _run("library", "new", "persona", "my-persona").exit_code == 0
    shown = json.loads(_run("library", "show", "my-persona", "--library", own, "--json").output)
    assert Path(shown["file"]).is_relative_to(own)
    assert [Path(path).name for path in shown["shadows"]] == ["my-persona.yaml"]
    assert shown["content"]["slug"] == "my-persona"
    assert f"shadows  {shown['shadows'][0]}" in _run("library", "show", "my-persona", "--library", own).output


def test_show_a_rubric_and_a_prompt() -> None:
    assert "rubric core@1.1.0" in _run("library", "show", "core").output
    assert "prompt voice/line@1." in _run("library", "show", "voice/line").output


def test_show_asks_when_a_name_means_two_things(tmp_path: Path) -> None:
    root = tmp_path / "both"
    for kind in ("persona", "twist"):
        _run("library", "new", kind, "same", "--dir", root)
    assert "say which: persona:same or twist:same" in _refused("library", "show", "same", "--library", root)
    assert _run("library", "show", "twist:same", "--library", root).output.startswith("twist same")


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["library", "show", "prodct-manager"], "did you mean 'product-manager'"),
        (["library", "list", "personna"], "did you mean 'persona'"),
        (["library", "list", "--library", "/nowhere"], "there is no library directory '/nowhere'"),
        (["library", "new", "persona", "Not A Slug"], "is no name"),
        (["library", "new", "acts", "a"], "choose one of persona, scenario, twist, rubric"),
        (["lint", "/nowhere.yaml"], "there is no file or directory"),
        (["library", "show", "persona:"], "there is no entry"),
        (["library", "show", "nothing:pm"], "there is no kind 'nothing'"),
    ],
)
def test_what_cannot_be_is_a_sentence(arguments: list[str], message: str) -> None:
    assert message in _refused(*arguments)


def test_new_goes_to_the_user_s_home_and_never_over_a_file(tmp_path: Path) -> None:
    result = _run("library", "new", "persona", "mine")
    path = tmp_path / "home/personas/cast/mine.yaml"
    assert f"Wrote {path}" in result.output
    before = path.read_bytes()
    assert "is there already" in _refused("library", "new", "persona", "mine")
    assert path.read_bytes() == before


def test_lint_ends_with_0_when_nothing_is_wrong(own: Path) -> None:
    result = _run("lint", own)
    assert result.exit_code == 0
    assert "0 errors" in result.output


def test_lint_ends_with_1_and_says_where(own: Path) -> None:
    path = own / "personas/scenarios/my-scenario.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("    by: ", "    by: x", 1), encoding="utf-8")
    result = _run("lint", path)
    assert result.exit_code == 1
    assert f"{path}:" in result.output
    assert "beats[0].by: there is no cast member" in result.output
    assert result.output.endswith("1 error, 0 warnings\n")


def test_lint_strict_counts_warnings(own: Path) -> None:
    path = own / "personas/cast/my-persona.yaml"
    assert _run("lint", path).exit_code == 0
    assert _run("lint", path, "--strict").exit_code == 1


def test_lint_as_json(own: Path) -> None:
    found = json.loads(_run("lint", own / "personas/cast/my-persona.yaml", "--json").output)
    assert found["ok"] is True
    assert {problem["severity"] for problem in found["problems"]} == {"warning"}
    assert found["problems"][0].keys() == {"path", "line", "field", "message", "severity"}


def test_schema_checks_and_writes(tmp_path: Path) -> None:
    assert _run("library", "schema", "--dir", tmp_path).exit_code == 1
    assert _run("library", "schema", "--write", "--dir", tmp_path).exit_code == 0
    assert _run("library", "schema", "--dir", tmp_path).output == "The schemas are current.\n"


def test_release_locks_once_and_refuses_wrong_files(own: Path) -> None:
    assert "released" in _run("library", "release", "--dir", own).output
    assert _run("library", "release", "--dir", own).output == "Nothing new to release.\n"
    path = own / "rubrics/my-rubric/1.0.0.yaml"
    path.write_text(path.read_text(encoding="utf-8") + "more: 1\n", encoding="utf-8")
    assert "nothing was released" in _refused("library", "release", "--dir", own)
