"""Drift: what is chance, what is not, and whose doing it is."""

from __future__ import annotations

import pytest

from agent.evaluation.comparing.baseline import Baseline, Cell, Reading
from agent.evaluation.comparing.drift import Cause, Drift, drift
from agent.verdict import State
from tests.evaluation.comparing.watched import PINS, Noisy

OTHER_MODEL = {**PINS, "model": ("judge-1-0915",)}
OTHER_PROMPT = {**PINS, "prompts judge/group@1.0.0": ("b" * 64,)}


def held(reading: Reading, *before: Reading, is_repeatable: bool = False) -> Drift:
    return drift(Baseline(judge="j", canary="c", runs=before), reading, is_repeatable=is_repeatable)


@pytest.mark.parametrize(("runs", "repeats"), [(1, 3), (5, 1), (12, 1)])
def test_chance_is_hardly_ever_taken_for_drift(runs: int, repeats: int) -> None:
    """1% is allowed; of 80 runs of an unchanged judge at most 4 are out, which 1% exceeds once in a thousand times."""
    out = 0
    for seed in range(8):
        judge = Noisy(seed)
        baseline = judge.baseline(runs, repeats)
        out += sum(drift(baseline, judge.reading(repeats), is_repeatable=False).cause is not Cause.HELD for _ in range(10))
    assert out <= 4


def test_what_differs_from_day_to_day_is_learnt() -> None:
    """Every day all levels are shifted by another 0.15 or so: an alarm for a young baseline, none for one of 25 days."""
    judge = Noisy(9)
    days = [judge.reading(3, shift=float(judge.chance.normal(0, 0.15))) for _ in range(35)]
    young = [held(day, *days[:2]).cause for day in days[25:]]
    old = [held(day, *days[:25]).cause for day in days[25:]]
    assert young.count(Cause.PROVIDER) >= 3
    assert old.count(Cause.PROVIDER) <= 1


@pytest.mark.parametrize(("runs", "repeats", "shift"), [(1, 3, 0.4), (5, 1, 0.6)])
def test_half_a_level_is_seen(runs: int, repeats: int, shift: float) -> None:
    found = []
    for seed in range(10):
        judge = Noisy(seed)
        found.append(drift(judge.baseline(runs, repeats), judge.reading(repeats, shift=shift), is_repeatable=False).cause)
    assert found.count(Cause.PROVIDER) >= 9


def test_whose_doing_it_is_is_told_by_what_else_changed() -> None:
    judge = Noisy(1)
    before = judge.reading(3)
    assert held(judge.reading(3, shift=1.0), before).cause is Cause.PROVIDER
    assert held(judge.reading(3, shift=1.0, pins=OTHER_MODEL), before).cause is Cause.PROVIDER
    assert held(judge.reading(3, shift=1.0, pins=OTHER_PROMPT), before).cause is Cause.OURS
    assert held(judge.reading(3, shift=1.0, pins={**OTHER_PROMPT, "model": ("x",)}), before).cause is Cause.BOTH


def test_what_changed_without_moving_anything_is_named_and_held() -> None:
    judge = Noisy(2)
    before = judge.reading(3)
    same = Reading(pins=OTHER_MODEL, items=before.items)
    found = held(same, before)
    assert (found.cause, found.exit_code) == (Cause.HELD, 0)
    assert [str(pin) for pin in found.pins] == ["model: judge-1-0801 → judge-1-0915"]
    assert found.continues
    assert not held(Reading(pins=OTHER_PROMPT, items=before.items), before).continues


def test_one_item_that_jumps_is_out_and_one_that_wavers_is_not() -> None:
    judge = Noisy(3)
    before = judge.reading(3)
    item = next(item for item, cells in before.items.items() if cells["c0"].answers[0] in (1.0, 2.0) and None not in cells["c0"].answers)
    level = before.items[item]["c0"].answers[0] or 0.0

    def other(by: float) -> Drift:
        cell = Cell(state=State.SCORED, answers=(level + by,) * 3)
        return held(Reading(pins=PINS, items={**before.items, item: {**before.items[item], "c0": cell}}), before)

    assert [(out.item, out.competency) for out in other(3.0).items] == [(item, "c0")]
    assert other(1.0).items == ()


def test_verdicts_that_are_no_longer_scored_are_counted_against_chance() -> None:
    judge = Noisy(4)
    before = judge.reading(3)
    silent = {name: Cell(state=State.NOT_OBSERVED, answers=(None,) * 3) for name in before.items["talk-0"]}
    found = held(Reading(pins=PINS, items={**before.items, "talk-0": silent}), before)
    assert found.flips.is_out
    assert found.cause is Cause.PROVIDER


def test_one_answer_each_does_not_tell_noise_from_drift() -> None:
    judge = Noisy(5)
    before = judge.reading(1)
    assert held(Reading(pins=PINS, items=before.items), before).cause is Cause.HELD
    found = held(judge.reading(1), before)
    assert (found.cause, found.exit_code, found.continues) == (Cause.UNKNOWN, 2, True)
    assert held(judge.reading(1), before, judge.reading(1)).cause is Cause.HELD


def test_a_repeatable_judge_is_held_to_the_same_and_any_change_is_ours() -> None:
    before = Noisy(6).reading(1)
    assert held(before, before, is_repeatable=True).cause is Cause.HELD
    cells = before.items["talk-3"]
    name = next(name for name, cell in cells.items() if cell.answers[0])
    moved = {**before.items, "talk-3": {**cells, name: Cell(state=State.SCORED, answers=((cells[name].answers[0] or 0) + 0.01,))}}
    found = held(Reading(pins=PINS, items=moved), before, is_repeatable=True)
    assert (found.cause, found.exit_code, len(found.items)) == (Cause.OURS, 1, 1)
    assert [chart.competency for chart in found.charts if chart.is_out] == [name]
