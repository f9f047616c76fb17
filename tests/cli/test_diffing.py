"""`hotseat evals diff-rubric`, with the embedded judge on a few goldens."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from agent.cli.app import app
from agent.errors import InputError, NotInLibrary

ROOT = Path(__file__).parents[2]
CORE = ROOT / "rubrics" / "core" / "1.1.0.yaml"
DEV = ROOT / "evals" / "goldens" / "dev"


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A directory with the newest rubric, one anchor of which was edited without a new version."""
    folder = tmp_path_factory.mktemp("library")
    file = folder / "rubrics" / "core" / CORE.name
    file.parent.mkdir(parents=True)
    file.write_text(CORE.read_text(encoding="utf-8").replace("5: Opens with the point,", "5: Begins with the point,"), encoding="utf-8")
    return folder


def run(*arguments: object) -> Result:
    return CliRunner().invoke(app, ["evals", "diff-rubric", *map(str, arguments), "--goldens", str(DEV), "--limit", "3"])


def test_an_edited_anchor_is_shown_in_words_and_in_grades(library: Path) -> None:
    done = run("core@1.1.0", "core@1.1.0", "--library", library, "--plain", "--show", 1)
    assert done.exit_code == 0, done.output
    assert "level 5 changed\n    [-Opens-]{+Begins+} with the point, says …" in done.output
    assert "communication: graded by both versions, for anchors" in done.output
    assert "Proved: 33 of 33 verdicts on 11 competencies of 3 talks are the same to the byte." in done.output
    assert "the fitted model knows the old wording only" in done.output
    assert "cannot be told for overall, communication" in done.output


def test_weights_leave_every_verdict_as_it_was() -> None:
    done = run("core@1.0.0", "core@1.1.0", "--json")
    found = json.loads(done.stdout)
    assert done.exit_code == 0
    assert (found["format"], found["affected"]["levels"], found["proof"]["verdicts"], found["proof"]["differing"]) == (1, [], 36, [])
    assert [row["name"] for row in found["rows"]] == ["overall"]


def test_what_is_not_there_is_a_sentence() -> None:
    assert isinstance(run("core@1.1.0", "core@9.9.9").exception, NotInLibrary)
    assert isinstance(run("core@1.1.0", "core@1.1.0", "--goldens", "nowhere").exception, InputError)
