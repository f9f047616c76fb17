"""A replay: the same figures from what was kept, and what differs is named figure by figure."""

from __future__ import annotations

import json
from pathlib import Path

from agent.evaluation.replay.check import Difference, Value, compared
from agent.evaluation.replay.result import Replayed, from_kept
from agent.evaluation.runs.reading import Run, read_run
from tests.evaluation.page.conftest import PROBES, Saying, graded, level
from tests.evaluation.runs.world import World, record


def replayed(run: Run, world: World) -> Replayed:
    return from_kept(run, world.evals, world.library)


def test_every_figure_is_computed_again_and_is_the_same(tmp_path: Path) -> None:
    world = World(tmp_path, items=12)
    probes = {**PROBES, "names": ["repeat", "quotes"]}
    run = graded(world, {"strict": Saying(level)}, probes=probes, gates=[{"figure": "strict/probe/repeat", "least": 1}])

    found = replayed(run, world)

    assert found.is_same
    parts = {checked.part: checked.figures for checked in found.kept}
    assert parts.keys() >= {"strict/counts", "strict/agreement", "strict/against", "strict/findings", "raters", "gates", "outcome"}
    assert all(parts.values())


def test_a_figure_that_does_not_follow_from_the_gradings_is_named(tmp_path: Path) -> None:
    world = World(tmp_path)
    run = graded(world, {"strict": Saying(level)})
    file = run.path / "report.json"
    report = json.loads(file.read_text(encoding="utf-8"))
    was = report["judges"]["strict"]["agreement"]["all"]["mae"]
    report["judges"]["strict"]["agreement"]["all"]["mae"] = 0.01
    file.write_text(json.dumps(report), encoding="utf-8")

    found = replayed(run, world)

    differ = [difference for checked in found.kept for difference in checked.differ]
    assert differ == [Difference(figure="strict/agreement/all/mae", was=0.01, now=was)]
    assert not found.is_same


def test_a_grading_that_is_gone_or_a_golden_that_changed_is_a_sentence(tmp_path: Path) -> None:
    world = World(tmp_path)
    run = graded(world, {"strict": Saying(level)}, probes={**PROBES, "names": ["repeat"]})
    file = run.path / "judgements.jsonl"
    lines = file.read_bytes().splitlines(keepends=True)
    file.write_bytes(b"".join(line for line in lines if json.loads(line)["of"] == "item"))
    assert "holds no grading of 'orders-0' by 'strict'" in replayed(run, world).failed

    golden = world.evals / "goldens/dev/orders-0.yaml"
    golden.write_text(golden.read_text(encoding="utf-8").replace("forty", "fifty"), encoding="utf-8")
    assert "1 of the items, such as 'orders-0'" in replayed(run, world).failed


def test_a_file_of_a_probe_that_is_gone_is_a_sentence_and_no_difference(tmp_path: Path) -> None:
    world = World(tmp_path)
    twin = world.evals / "paraphrases/orders-9.yaml"
    twin.parent.mkdir()
    twin.write_text("said: x", encoding="utf-8")
    run = graded(world, {"strict": Saying(level)}, probes={**PROBES, "names": ["paraphrase"]})
    assert replayed(run, world).is_same

    twin.unlink()
    assert "the file paraphrases/orders-9.yaml; run the suite again" in replayed(run, world).failed


def test_a_line_that_was_cut_off_at_the_end_is_passed_over_and_stays(tmp_path: Path) -> None:
    world = World(tmp_path)
    run = graded(world, {"strict": Saying(level)})
    file = run.path / "judgements.jsonl"
    torn = file.read_bytes() + file.read_bytes()[:200]
    file.write_bytes(torn)

    assert replayed(run, world).is_same
    assert file.read_bytes() == torn


def test_a_recorded_judge_with_repeats_and_items_left_out_is_recomputed(tmp_path: Path) -> None:
    world = World(tmp_path)
    played = {**record(world, "tape", repeats=3, items=3), "recorded_only": True}
    world.run(world.suite({"model": played}, probes={"names": ["repeat"], "judges": ["model"]}))

    assert replayed(read_run(world.root / "out"), world).is_same


def test_what_only_one_side_has_differs_even_where_it_is_nothing() -> None:
    was: dict[str, Value] = {"a": 1, "b": None}
    now: dict[str, Value] = {"a": 1, "c": None}
    found = compared("part", was, now)
    assert (found.figures, [each.figure for each in found.differ]) == (3, ["b", "c"])
