"""The guides to changing a prompt and releasing a rubric: their first steps do what they say, and the suite they describe is one."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest
import yaml
from typer.testing import CliRunner

from agent.cli.app import app
from agent.evaluation.runs.suite import read_suite

ROOT = Path(__file__).parents[1]
GUIDES = ROOT / "docs" / "guides"


@pytest.fixture
def library(tmp_path: Path) -> Path:
    """A copy of the prompts and rubrics, in which the guides' `cp` is done."""
    for kind in ("prompts", "rubrics"):
        shutil.copytree(ROOT / kind, tmp_path / kind)
    for guide in ("change-a-prompt-safely", "release-a-rubric"):
        old, new = re.findall(r"^cp (\S+) (\S+)$", (GUIDES / f"{guide}.md").read_text(encoding="utf-8"), re.MULTILINE)[0]
        shutil.copy(tmp_path / old, tmp_path / new)
    rubric = tmp_path / "rubrics/core/1.2.0.yaml"
    text = rubric.read_text(encoding="utf-8")
    rubric.write_text(text.replace("version: 1.1.0", "version: 1.2.0").replace('version: "1.1.0"', 'version: "1.2.0"'), encoding="utf-8")
    return tmp_path


def run(*arguments: object) -> str:
    done = CliRunner().invoke(app, [str(one) for one in arguments])
    assert done.exit_code == 0, done.output
    return done.output


def test_a_new_prompt_is_checked_and_locked(library: Path) -> None:
    assert "No problems" in run("lint", library / "prompts/judge/group/1.1.0.j2", "--library", library, "--quick")
    run("library", "release", "--dir", library)
    assert "judge/group/1.1.0.j2" in (library / "prompts/released.lock").read_text(encoding="utf-8")


def test_a_new_rubric_is_compared_in_words(library: Path) -> None:
    assert "core@1.1.0" in run("rubrics", "diff", "core@1.1.0", "core@1.2.0", "--library", library)


def test_the_suite_with_a_model_is_one(tmp_path: Path) -> None:
    guide = (GUIDES / "change-a-prompt-safely.md").read_text(encoding="utf-8")
    judges = yaml.safe_load(re.findall(r"```yaml\n(.*?)```", guide, re.DOTALL)[0])
    smoke = yaml.safe_load((ROOT / "evals/suites/smoke.yaml").read_text(encoding="utf-8").replace("embedded", "model"))
    changed = {**smoke, **judges, "id": "mine"}
    (tmp_path / "suites").mkdir()
    (tmp_path / "suites/mine.yaml").write_text(yaml.safe_dump(changed), encoding="utf-8")
    assert read_suite("mine", tmp_path).judges["model"].repeats == 3
