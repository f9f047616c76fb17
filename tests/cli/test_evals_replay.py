"""`hotseat evals replay` and `evals run --html`: exit codes, what is shown, what is written, and no network."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from agent.cli.app import app
from agent.errors import InputError
from tests.evaluation.runs.world import World, library, record


def called(world: World, *words: object) -> Result:
    where = ["--evals", world.evals, "--library", library().search_path[0]]
    return CliRunner().invoke(app, list(map(str, ["evals", *words, *where])))


@pytest.fixture
def world(tmp_path: Path) -> World:
    world = World(tmp_path)
    suite = world.suite({"model": record(world, "tape")}, probes={"names": ["quotes"], "judges": ["model"]})
    done = called(world, "run", suite, "--out", tmp_path / "out", "--html", tmp_path / "run.html", "--offline")
    assert done.exit_code == 0, done.output
    return world


def test_a_replay_says_that_everything_is_the_same_and_the_page_holds_it(world: World, tmp_path: Path) -> None:
    done = called(world, "replay", tmp_path / "out", "--html", tmp_path / "replay.html", "--baseline", tmp_path / "out", "--plain")

    assert done.exit_code == 0, done.output
    assert "Everything is the same." in done.stdout
    assert "model/verdicts" in done.stdout
    written, again = ((tmp_path / name).read_text(encoding="utf-8") for name in ("run.html", "replay.html"))
    assert "every one is the same" in written
    assert "No judge graded again for this page" in written
    assert "every verdict and figure is the same" in again
    assert "0 moved" in again


def test_other_answers_differ_verdict_by_verdict_and_only_where_judges_grade_again(world: World, tmp_path: Path) -> None:
    recorded = next(path for path in sorted((world.evals / "tape").rglob("*.json")) if "addresses" not in path.parts)
    recorded.unlink()

    done = called(world, "replay", tmp_path / "out", "--plain")
    kept = called(world, "replay", tmp_path / "out", "--kept-only", "--json")

    assert (done.exit_code, kept.exit_code) == (1, 0)
    assert "Not everything is the same." in done.stdout
    assert "is now instrument_error" in done.stdout
    assert json.loads(kept.stdout)["again"] is None


def test_what_cannot_be_computed_again_is_exit_code_2(world: World, tmp_path: Path) -> None:
    ratings = world.evals / "goldens/ratings.jsonl"
    ratings.write_text(ratings.read_text(encoding="utf-8") + "\n", encoding="utf-8")

    done = called(world, "replay", tmp_path / "out", "--html", tmp_path / "late.html", "--plain")

    assert done.exit_code == 2
    assert "is not what it was: the ratings; run the suite again" in done.stdout
    assert "could not be computed again" in (tmp_path / "late.html").read_text(encoding="utf-8")


def test_a_recording_that_is_gone_leaves_the_kept_figures_and_exit_code_2(world: World, tmp_path: Path) -> None:
    (world.evals / "tape").rename(world.evals / "gone")

    done = called(world, "replay", tmp_path / "out", "--html", tmp_path / "late.html", "--plain")

    assert done.exit_code == 2
    assert "The judges could not grade again" in done.stdout
    assert "every one is the same" in (tmp_path / "late.html").read_text(encoding="utf-8")


@pytest.mark.parametrize("command", ["run", "replay"])
def test_a_baseline_without_a_page_is_a_sentence(command: str, world: World, tmp_path: Path) -> None:
    done = called(world, command, "small" if command == "run" else tmp_path / "out", "--baseline", tmp_path / "out")
    assert "name a file with --html" in str(done.exception)


def test_a_folder_without_a_run_is_a_sentence(world: World, tmp_path: Path) -> None:
    assert isinstance(called(world, "replay", tmp_path / "nothing").exception, InputError)
