"""The pages on comparing and on drift: their commands do what they say."""

from __future__ import annotations

import re
import shlex
import shutil
from pathlib import Path

import pytest
from typer.testing import CliRunner

from agent.cli.app import app

ROOT = Path(__file__).parents[1]

_SHELL = re.compile(r"^```sh\n(.*?)^```$", re.MULTILINE | re.DOTALL)


@pytest.fixture
def checkout(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A directory in which `evals` is there, with a canary that may be written to."""
    (tmp_path / "evals").mkdir()
    for path in (ROOT / "evals").iterdir():
        if path.name != "canary":
            (tmp_path / "evals" / path.name).symlink_to(path)
    shutil.copytree(ROOT / "evals" / "canary", tmp_path / "evals" / "canary")
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize("page", ["compare.md", "drift.md"])
def test_every_command_of_the_page_runs(page: str, checkout: Path) -> None:
    text = (ROOT / "docs" / page).read_text(encoding="utf-8")
    commands = [line for block in _SHELL.findall(text) for line in block.splitlines() if line.startswith("hotseat ")]
    assert commands
    for command in commands:
        done = CliRunner().invoke(app, shlex.split(command)[1:])
        assert done.exit_code == 0, (command, done.output, done.exception)


def test_the_causes_of_drift_are_all_on_the_page() -> None:
    from agent.evaluation.comparing.drift import Cause

    page = (ROOT / "docs" / "drift.md").read_text(encoding="utf-8")
    assert [cause.value for cause in Cause if f"`{cause.value}`" not in page] == []
