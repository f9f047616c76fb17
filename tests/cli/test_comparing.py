"""`hotseat evals compare`."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from agent.cli.app import app
from agent.errors import InputError
from tests.evaluation.comparing.graded import FIRST, SECOND, Answer, graded, verdict

ITEMS = tuple(f"talk-{number}" for number in range(12))


def saved(file: Path, score: float, others: Mapping[str, Mapping[str, object]] | None = None) -> Path:
    answers: dict[str, Mapping[str, object]] = {item: {FIRST: score, SECOND: 3.0} for item in ITEMS} | dict(others or {})
    rows = [{"item": item, "report": graded(given).model_dump(mode="json")} for item, given in answers.items()]  # type: ignore[arg-type]
    file.write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    return file


def run(*arguments: object) -> Result:
    return CliRunner().invoke(app, ["evals", "compare", *map(str, arguments), "--plain"])


def test_a_moved_competency_is_told_with_both_evidences(tmp_path: Path) -> None:
    before = saved(tmp_path / "a.jsonl", 2.0)
    after = saved(
        tmp_path / "b.jsonl",
        3.0,
        {"talk-3": {FIRST: verdict(5.0, quote="First the customer.", why="It opens with the point."), SECOND: 3.0}},
    )
    done = run(before, after)
    assert done.exit_code == 1, done.output
    assert f"Moved beyond ±0.1: overall, {FIRST}." in done.output
    assert f"talk-3, {FIRST}: level 2 → level 5 (+3.00)" in done.output
    assert "before  level 2: Because of that." in done.output
    assert "after   level 5: It opens with the point." in done.output
    assert "+ turn 2: “First the customer.”" in done.output
    assert SECOND not in done.output


def test_the_same_is_the_same(tmp_path: Path) -> None:
    done = run(saved(tmp_path / "a.jsonl", 2.0), saved(tmp_path / "b.jsonl", 2.0), "--by", "competency")
    assert done.exit_code == 0
    assert "No item has another level." in done.output
    assert re.search(rf"^{SECOND} +12  \+0\.00  \+0\.00 to \+0\.00  1\.000     –  0↑ 0↓ 12=  same$", done.output, re.MULTILINE)
    assert "The same within ±0.1, overall and in each competency." in done.output
    assert "– where nothing varies, or with fewer than five items." in re.sub(r"\s+", " ", done.output)


def test_the_margin_is_the_user_s(tmp_path: Path) -> None:
    before, after = saved(tmp_path / "a.jsonl", 2.0), saved(tmp_path / "b.jsonl", 2.5)
    assert [run(before, after, "--margin", margin).exit_code for margin in (0.4, 0.6)] == [1, 0]


def test_ratings_tell_who_is_nearer(tmp_path: Path) -> None:
    ratings = tmp_path / "ratings.jsonl"
    lines = [{"item": item, "competency": FIRST, "rater": "ann", "value": 3} for item in ITEMS]
    ratings.write_text("\n".join(map(json.dumps, lines)), encoding="utf-8")
    before, after = saved(tmp_path / "a.jsonl", 2.0), saved(tmp_path / "b.jsonl", 2.5)
    assert "1.000 → 0.500  -0.500 (-0.500 to -0.500)" in run(before, after, "--ratings", ratings).output
    found = json.loads(run(before, after, "--ratings", ratings, "--json").stdout)["comparisons"][0]
    assert found["references"][FIRST]["after"]["mae"] == 0.5


def test_json_has_everything(tmp_path: Path) -> None:
    done = run(saved(tmp_path / "a.jsonl", 2.0), saved(tmp_path / "b.jsonl", 2.0), "--json")
    (found,) = json.loads(done.stdout)["comparisons"]
    assert (found["format"], found["change"], found["items"]) == (1, "same", 12)
    assert found["rows"][0]["name"] == "overall"


def test_nothing_to_compare_is_a_sentence(tmp_path: Path) -> None:
    other = tmp_path / "b.jsonl"
    other.write_text(json.dumps({"item": "else", "report": graded({FIRST: 2.0}).model_dump(mode="json")}), encoding="utf-8")
    done = run(saved(tmp_path / "a.jsonl", 2.0), other)
    assert isinstance(done.exception, InputError)
    assert "no item is on both sides" in str(done.exception)


@pytest.mark.parametrize("show", [0, 1])
def test_more_moved_items_can_be_shown(tmp_path: Path, show: int) -> None:
    others: dict[str, dict[str, Answer]] = {"talk-1": {FIRST: 4.0, SECOND: 3.0}, "talk-2": {FIRST: 4.0, SECOND: 3.0}}
    done = run(saved(tmp_path / "a.jsonl", 2.0), saved(tmp_path / "b.jsonl", 2.0, others), "--show", show)
    assert "2 levels of 2 items moved; " in done.output
    assert done.output.count("level 2 → level 4") == show
