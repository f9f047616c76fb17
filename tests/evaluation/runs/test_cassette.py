"""Recorded judges: played without a network, and what is missing or damaged is told apart."""

from __future__ import annotations

from pathlib import Path

import pytest

from agent.errors import InputError
from agent.evaluation.runs.reading import read_run
from agent.evaluation.runs.run_report import Ending
from agent.verdict import State
from tests.evaluation.runs.world import World, record, states


def test_a_cassette_gives_the_same_report_again(world: World) -> None:
    suite = world.suite({"model": record(world, "tape", repeats=3)}, goldens=[{"split": "dev"}])
    report = world.run(suite, "one")
    world.run(suite, "other")

    assert world.report("one") == world.report("other")
    assert states(report) == (8, 0, 0, 0)
    model = report.judges["model"]
    assert model.repeats["all"].sides == 3
    assert model.calls.number == 12
    assert model.models == {"judge-2026-01": 4}
    assert set(model.against) == {"model-1", "model-2"}
    assert report.raters["all"].sides == 2


def test_what_is_not_recorded_is_left_out_only_if_the_suite_says_so_and_is_counted(world: World) -> None:
    played = record(world, "tape", items=3)
    broken = world.run(world.suite({"model": played}), "all")
    left_out = world.run(world.suite({"model": {**played, "recorded_only": True}}), "some")

    assert (states(broken), broken.outcome) == ((6, 0, 0, 2), Ending.BROKEN)
    assert [note for note in broken.notes if note.startswith("model: 2 of its verdicts failed, first on 'orders-3': ")]
    counts = left_out.judges["model"].counts
    assert (counts.items, counts.left_out, counts.judged, counts.planned) == (4, 1, 3, 6)
    assert (states(left_out), left_out.outcome) == ((6, 0, 0, 0), Ending.HELD)


def recorded(world: World) -> Path:
    """The first recorded answer."""
    return next(path for path in sorted((world.evals / "tape").rglob("*.json")) if "addresses" not in path.parts)


@pytest.mark.parametrize("damage", ["cut", "edited", "gone"])
def test_a_damaged_answer_is_an_instrument_error_and_never_left_out(damage: str, world: World) -> None:
    played = {**record(world, "tape", repeats=3), "recorded_only": True}
    first = recorded(world)
    text = first.read_text(encoding="utf-8")
    {
        "cut": lambda: first.write_text(text[:200], encoding="utf-8"),
        "edited": lambda: first.write_text(text.replace('"finish": "stop"', '"finish": "length"'), encoding="utf-8"),
        "gone": lambda: first.unlink(),
    }[damage]()

    report = world.run(world.suite({"model": played}))

    levels = [verdict for each in read_run(world.root / "out").of_items("model") for verdict in each.report.verdicts.values()]
    assert sum(verdict.opinions[0].levels.count(None) for verdict in levels) == 2
    assert states(report) == (6, 0, 0, 2)


def test_a_cassette_that_was_half_written_still_plays_the_rest(world: World) -> None:
    played = record(world, "tape")
    first = recorded(world)
    first.rename(first.with_name(f".{first.stem[:12]}-x.tmp"))

    report = world.run(world.suite({"model": played}))

    assert states(report) == (6, 0, 0, 2)
    lost = [each for each in read_run(world.root / "out").of_items("model") if each.report.overall.scored == 0]
    assert {verdict.state for verdict in lost[0].report.verdicts.values()} == {State.INSTRUMENT_ERROR}


def test_another_recording_is_another_run(world: World) -> None:
    played = record(world, "tape")
    suite = world.suite({"model": played})
    world.run(suite)
    record(world, "tape", repeats=2)
    world.suite({"model": played})

    with pytest.raises(InputError, match=r"the judge 'model' \(cassette\)"):
        world.run(suite)


def test_a_folder_without_a_recording_is_a_sentence(world: World) -> None:
    with pytest.raises(InputError, match="holds no recorded calls"):
        world.run(world.suite({"model": {"model": "cassette:nowhere"}}))
