"""`hotseat evals replay` and `evals run --html`: exit codes, what is shown, what is written, and no network."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from agent.cli.app import app
from agent.errors import InputError
from agent.llm.cassette_file import read, write
from agent.llm.redaction import Redaction
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


def recorded(world: World) -> Path:
    """The first recorded answer."""
    return next(path for path in sorted((world.evals / "tape").rglob("*.json")) if "addresses" not in path.parts)


def change(file: Path, world: World) -> None:
    """Has a recorded answer say other levels."""
    entry = read(file)
    assert entry.reply
    other = replace(entry.reply, text=re.sub(r'"level": \d', '"level": 5', entry.reply.text.replace('"level": 5', '"level": 1')))
    write(replace(entry, pieces=((0.0, other.text),), reply=other), world.evals / "tape", Redaction())


def test_other_answers_differ_verdict_by_verdict_and_only_where_judges_grade_again(world: World, tmp_path: Path) -> None:
    change(recorded(world), world)

    done = called(world, "replay", tmp_path / "out", "--plain")
    kept = called(world, "replay", tmp_path / "out", "--kept-only", "--json")

    assert (done.exit_code, kept.exit_code) == (1, 0)
    assert "Not everything is the same." in done.stdout
    assert "is now scored 5" in done.stdout
    assert json.loads(kept.stdout)["again"] is None


@pytest.mark.parametrize("damage", ["cut", "gone", "emptied", "all gone"])
def test_a_recording_that_lacks_answers_now_is_exit_code_2_and_no_difference(damage: str, world: World, tmp_path: Path) -> None:
    file = recorded(world)
    if damage in ("cut", "emptied"):
        file.write_bytes(file.read_bytes()[:200] if damage == "cut" else b"")
    for path in [file] if damage == "gone" else (world.evals / "tape").glob("??/*.json") if damage == "all gone" else ():
        path.unlink()

    done = called(world, "replay", tmp_path / "out", "--html", tmp_path / "late.html", "--plain")

    assert done.exit_code == 2, done.output
    what = "4 items, such as 'orders-" if damage == "all gone" else "'orders-"
    assert f"the recording 'cassette:tape' of the judge 'model' does not have every answer about {what}" in done.stdout
    assert "What could be computed is the same; not everything could be." in done.stdout
    assert "does not have every answer" in (tmp_path / "late.html").read_text(encoding="utf-8")


def test_a_lost_answer_hides_no_other_answer_that_differs(world: World, tmp_path: Path) -> None:
    first, *_, last = (path for path in sorted((world.evals / "tape").rglob("*.json")) if "addresses" not in path.parts)
    last.unlink()
    change(first, world)

    done = called(world, "replay", tmp_path / "out", "--html", tmp_path / "late.html", "--plain")

    assert done.exit_code == 1, done.output
    assert "does not have every answer about 'orders-" in done.stdout
    assert re.search(r"model/verdicts +6 values  [12] differ", done.stdout)
    assert "is now scored 5" in done.stdout
    assert "Not everything is the same." in done.stdout
    assert "What else there is was graded again: <strong>not everything is the same" in (tmp_path / "late.html").read_text(encoding="utf-8")


def test_a_lost_answer_about_the_twin_of_a_probe_hides_no_answer_about_the_item_that_differs(world: World, tmp_path: Path) -> None:
    tape = {"model": "cassette:tape"}
    suite = world.suite({"model": tape}, probes={"names": ["repeat-said"], "judges": ["model"]}, instrument_errors=1)
    ended = called(world, "run", suite, "--out", tmp_path / "twins", "--offline")
    assert (tmp_path / "twins/report.json").exists(), ended.output
    change(recorded(world), world)

    done = called(world, "replay", tmp_path / "twins", "--plain")

    assert done.exit_code == 1, done.output
    assert "is now scored 5" in done.stdout
    assert "does not have every answer" not in done.stdout


@pytest.mark.parametrize("damage", ["edited", "gone", "cut off"])
def test_gradings_of_a_run_that_are_damaged_or_gone_are_exit_code_2(damage: str, world: World, tmp_path: Path) -> None:
    """The last line is a grading of an item: no probe asks for it first."""
    file = tmp_path / "out/judgements.jsonl"
    *lines, last = file.read_bytes().splitlines(keepends=True)
    rest = {"edited": last.replace(b'"level"', b'"lefel"'), "gone": b"", "cut off": last[:99]}[damage]
    file.write_bytes(b"".join(lines) + rest)

    done = called(world, "replay", tmp_path / "out", "--plain")

    assert done.exit_code == 2, done.output
    assert "holds no grading of 'orders-" in done.stdout
    assert {"edited": "; line 4 is damaged;", "gone": "comes from; it", "cut off": "; line 4 is damaged;"}[damage] in done.stdout


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
    assert "Not graded again: the folder" in done.stdout
    assert "every one is the same" in (tmp_path / "late.html").read_text(encoding="utf-8")


@pytest.mark.parametrize("command", ["run", "replay"])
def test_a_baseline_without_a_page_is_a_sentence(command: str, world: World, tmp_path: Path) -> None:
    done = called(world, command, "small" if command == "run" else tmp_path / "out", "--baseline", tmp_path / "out")
    assert "name a file with --html" in str(done.exception)


def test_a_folder_without_a_run_is_a_sentence(world: World, tmp_path: Path) -> None:
    assert isinstance(called(world, "replay", tmp_path / "nothing").exception, InputError)
