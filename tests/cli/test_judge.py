from __future__ import annotations

import json
from pathlib import Path

from typer.testing import CliRunner, Result

from agent.cli import judge
from agent.errors import InputError
from agent.judge.learned.model import shipped_model


def judge_command(*arguments: object) -> Result:
    return CliRunner().invoke(judge.app, [str(argument) for argument in arguments])


def test_the_report_tells_how_the_model_did_and_where_its_labels_come_from() -> None:
    told = judge_command("report").stdout
    assert "no person rated anything" in told
    assert "production_judgment" in told


def test_the_report_as_json_holds_the_figures() -> None:
    found = json.loads(judge_command("report", "--json").stdout)
    assert found["report"] == json.loads(json.dumps(shipped_model().report))
    assert found["report"]["all"]["rated"] > 1000


def test_a_folder_without_material_is_refused(tmp_path: Path) -> None:
    assert isinstance(judge_command("fit", "--evals", tmp_path).exception, InputError)


def test_a_figure_that_is_not_there_is_a_dash() -> None:
    assert "–" in judge_command("report").stdout


def test_a_split_that_is_none_is_refused() -> None:
    error = judge_command("measure", "holdout").exception
    assert isinstance(error, InputError)
    assert "train, dev, test" in str(error)


def test_measuring_shows_every_competency_as_json() -> None:
    found = json.loads(judge_command("measure", "dev", "--json").stdout)
    assert found["goldens"] == 24
    assert found["agreement"]["all"]["both"] > 100
    assert found["agreement"]["all"]["qwk"] > 0.5
