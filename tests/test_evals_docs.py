"""The page on suites: its command runs, its suite is one, its Python reads what was run."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import yaml
from typer.testing import CliRunner

from agent.cli.app import app
from agent.evaluation.runs.counts import Counts
from agent.evaluation.runs.folder import FILES
from agent.evaluation.runs.suite import Suite, read_suite
from agent.evaluation.suites import FOLDER

ROOT = Path(__file__).parents[1]
PAGE = (ROOT / "docs" / "evals.md").read_text(encoding="utf-8")


def _block(language: str) -> str:
    found = re.search(rf"^```{language}\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)
    assert found
    return found[1]


def test_the_first_command_runs_and_the_python_reads_its_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "evals").symlink_to(ROOT / "evals")
    monkeypatch.chdir(tmp_path)
    done = CliRunner().invoke(app, _block("sh").splitlines()[0].split()[1:])
    assert done.exit_code == 0, done.output

    exec(compile(_block("python"), "evals.md", "exec"), {})

    *scores, outcome = capsys.readouterr().out.split("\n")[:-1]
    assert (len(scores), outcome) == (4, "held")


def test_its_suite_is_one() -> None:
    assert set(Suite.model_validate(yaml.safe_load(_block("yaml"))).judges) == {"embedded", "strong", "live"}


def test_it_names_every_shipped_suite_and_every_file_of_a_folder() -> None:
    suites = [path.stem for path in (ROOT / "evals" / FOLDER).glob("*.yaml") if path.stem != "scenes"]
    assert [name for name in (*suites, *FILES) if f"`{name}`" not in PAGE] == []
    assert {"scored", "abstained", "instrument_error", "judged"} <= set(Counts.model_fields)


@pytest.mark.parametrize("name", ["smoke", "consistency", "release"])
def test_the_shipped_suites_are_suites(name: str) -> None:
    assert read_suite(name, ROOT / "evals").id == name
