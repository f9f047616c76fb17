from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from agent.cli.app import app
from agent.errors import InputError
from agent.evaluation.comparing.answers import read_answers
from agent.evaluation.comparing.comparison import compare
from agent.evaluation.comparing.sides import SAVED, matching, read_sides
from tests.evaluation.comparing.graded import FIRST, graded, side
from tests.evaluation.runs.world import World, record

EVALS = Path(__file__).parents[3] / "evals"
REPORT = graded({FIRST: 3.0})


def lines(file: Path, *rows: dict[str, object]) -> Path:
    file.write_text("".join(f"{json.dumps({**row, 'report': REPORT.model_dump(mode='json')})}\n" for row in rows), encoding="utf-8")
    return file


def test_lines_of_several_judges_are_told_apart(tmp_path: Path) -> None:
    found = read_sides(lines(tmp_path / "a.jsonl", {"item": "x", "judge": "one"}, {"item": "x", "judge": "two", "more": 1}))
    assert {name: list(each.reports) for name, each in found.items()} == {"one": ["x"], "two": ["x"]}
    assert found["one"].reports["x"] == REPORT


def test_a_folder_of_reports_is_named_after_its_files(tmp_path: Path) -> None:
    (tmp_path / "talk-1.json").write_text(REPORT.model_dump_json(indent=2), encoding="utf-8")
    assert list(read_sides(tmp_path)[SAVED].reports) == ["talk-1"]


@pytest.mark.parametrize(
    ("content", "says"),
    [("", "there is no report"), ("{", "line 1 holds no report"), ('{"item": "x"}', "report: Field required"), ("[1]", "line 1")],
)
def test_what_is_no_report_is_refused_with_the_forms_there_are(tmp_path: Path, content: str, says: str) -> None:
    file = tmp_path / "a.jsonl"
    file.write_text(content, encoding="utf-8")
    with pytest.raises(InputError, match=says) as refused:
        read_sides(file)
    assert "hotseat grade TALK --json" in str(refused.value)


def test_an_item_that_is_there_twice_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="two reports on 'x'"):
        read_sides(lines(tmp_path / "a.jsonl", {"item": "x"}, {"item": "x"}))
    with pytest.raises(InputError, match="cannot read"):
        read_sides(tmp_path / "nowhere")


def test_judges_are_matched_by_name_or_because_there_is_one_each() -> None:
    one, two, three = (side({}, judge=name) for name in ("one", "two", "three"))
    assert matching({"one": one, "two": two}, {"two": two, "one": one}, None) == [(one, one), (two, two)]
    assert matching({"one": one, "two": two}, {"two": two, "one": one}, "two") == [(two, two)]
    assert matching({"one": one}, {"two": two}, None) == [(one, two)]
    with pytest.raises(InputError, match="no judge is on both sides"):
        matching({"one": one, "two": two}, {"three": three}, None)
    with pytest.raises(InputError, match="did you mean 'two'"):
        matching({"one": one, "two": two}, {"two": two}, "tow")


def test_a_run_s_folder_gives_its_items_and_not_what_probes_made_of_them(tmp_path: Path) -> None:
    """Two goldens, the embedded judge, and a probe that grades them again."""
    suite = tmp_path / "tiny.yaml"
    suite.write_text(
        "id: tiny\nabout: Two goldens.\nrubric: core@1.1.0\njudges: {mine: {model: embedded}}\nprobes: {names: [repeat], judges: [mine]}\n"
        "goldens: [{split: dev, items: [hiring-bias-question-b, privacy-objection-d]}]\n",
        encoding="utf-8",
    )
    done = CliRunner().invoke(app, ["evals", "run", str(suite), "--out", str(tmp_path / "run"), "--evals", str(EVALS)])
    assert done.exit_code == 0, done.output
    (found,) = read_sides(tmp_path / "run").values()
    assert (found.judge, sorted(found.reports)) == ("mine", ["hiring-bias-question-b", "privacy-objection-d"])
    assert set(found.talks) == set(found.reports)


def test_damaged_lines_of_a_run_are_counted_and_named_in_one_sentence(tmp_path: Path) -> None:
    world = World(tmp_path)
    world.run(world.suite({"model": record(world, "tape")}), "whole")
    world.run("small", "broken")
    file = tmp_path / "broken/judgements.jsonl"
    lines = file.read_bytes().splitlines(keepends=True)
    file.write_bytes(b"".join([lines[0], lines[1].replace(b'"level"', b'"lefel"'), b"nothing\n", lines[3][:40]]))

    (before,), (after,) = (read_sides(tmp_path / name).values() for name in ("whole", "broken"))
    said = f"{file}: 3 lines are damaged (2, 3, 4); that is left out."

    assert (before.damage, after.damage) == ("", said)
    assert len(after.reports) == 1
    assert compare(before, after).warnings[0] == said
    assert read_answers([tmp_path / "whole", tmp_path / "broken"]).damage == (said,)
    shown = CliRunner().invoke(app, ["evals", "plan", str(tmp_path / "broken"), "--plain"]).output
    assert shown.count(said) == 1
