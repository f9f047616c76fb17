"""Two sides compared: what moved, what is noise, and what a reader is told."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pytest

from agent.errors import InputError
from agent.evaluation.comparing.comparison import Comparison, compare
from agent.evaluation.comparing.shift import Shift
from agent.evaluation.statistics.paired import Change
from agent.verdict import Verdict
from tests.evaluation.comparing.graded import ERROR, FIRST, NAMES, PIN, RUBRIC, SECOND, Answer, side, verdict

ITEMS = tuple(f"talk-{number}" for number in range(12))


def rows(found: Comparison) -> dict[str, Shift]:
    return {row.name: row for row in found.rows}


def alike(answer: Answer, **others: Answer) -> dict[str, dict[str, Answer]]:
    """Every item with that answer on the first competency, or another one."""
    return {item: {FIRST: others.get(item.replace("-", "_"), answer)} for item in ITEMS}


def test_a_shift_of_every_item_has_moved() -> None:
    found = compare(side(alike(2.0)), side(alike(2.5)))
    row = rows(found)[FIRST]
    assert (row.score.mean, row.score.interval, row.change) == (0.5, (0.5, 0.5), Change.MOVED)
    assert row.score_p == pytest.approx(2 * 2 / 2**12)
    assert (row.counts.up, row.counts.items) == (12, 12)
    assert (found.change, found.exit_code) == (Change.MOVED, 1)


def test_the_same_grades_are_the_same() -> None:
    found = compare(side(alike(2.0)), side(alike(2.0)))
    assert {row.change for row in found.rows} == {Change.SAME}
    assert (found.change, found.exit_code, found.moved, found.warnings) == (Change.SAME, 0, (), ())


def test_a_few_items_cannot_tell_even_if_all_moved() -> None:
    few = {item: {FIRST: 2.0} for item in ITEMS[:3]}
    found = compare(side(few), side({item: {FIRST: 4.0} for item in few}))
    assert (found.change, found.exit_code) == (Change.UNSURE, 0)
    assert "With 3 items there is no interval" in found.warnings[0]


def test_what_is_no_longer_observed_is_a_move_that_no_score_shows() -> None:
    found = compare(side(alike(3.0)), side(alike(None)))
    row = rows(found)[FIRST]
    assert (row.score.n, row.counts.no_longer, row.observed.mean) == (0, 12, -1.0)
    assert row.change is Change.MOVED


def test_twelve_competencies_are_corrected_for() -> None:
    """Six of twelve items one level up: p = 1/32 for one competency alone, and nothing once twelve were looked at."""
    ups = {f"talk_{number}": 3.0 for number in range(6)}
    found = compare(side(alike(2.0)), side(alike(2.0, **ups)))
    row = rows(found)[FIRST]
    assert row.score.p == pytest.approx(1 / 32)
    assert row.score_p == pytest.approx(2 / 32)
    assert found.change is Change.UNSURE


def test_noise_fails_hardly_any_comparison() -> None:
    """A judge asked twice, whose every level wavers by a half on average: of 60 comparisons of 13 rows none or one has moved."""
    chance = np.random.default_rng(3)

    def noisy() -> dict[str, dict[str, Answer]]:
        return {item: {name: float(np.clip(round(chance.normal(3, 0.5)), 1, 5)) for name in NAMES} for item in ITEMS}

    found = [compare(side(noisy()), side(noisy())).change for _ in range(60)]
    assert found.count(Change.MOVED) <= 2


def test_moved_items_show_both_evidences_the_largest_first() -> None:
    before: dict[str, dict[str, Answer | Verdict]] = {item: {FIRST: 2.0, SECOND: 3.0} for item in ITEMS}
    after: dict[str, dict[str, Answer | Verdict]] = {
        **before,
        "talk-4": {FIRST: 4.0, SECOND: 3.0},
        "talk-7": {FIRST: 3.0, SECOND: 3.0},
        "talk-9": {FIRST: 2.0},
    }
    after["talk-4"] = {FIRST: verdict(4.0, quote="We asked them.", why="It opens with the point."), SECOND: 3.0}
    found = compare(side(before), side(after)).moved
    assert [(one.item, one.competency, one.shift) for one in found] == [
        ("talk-9", SECOND, None),
        ("talk-4", FIRST, 2.0),
        ("talk-7", FIRST, 1.0),
    ]
    assert (found[1].before.evidence[0].quote, found[1].after.evidence[0].quote) == ("We wrote it down.", "We asked them.")
    assert found[1].after.reasoning == "It opens with the point."


def test_instrument_errors_are_in_no_figure_and_named() -> None:
    broken: dict[str, Mapping[str, Answer | Verdict]] = {**alike(2.0), "talk-3": {FIRST: ERROR}}
    found = compare(side(alike(2.0)), side(broken))
    row = rows(found)[FIRST]
    assert (row.counts.errors, row.counts.same, row.score.n) == (1, 11, 11)
    assert f"{FIRST} 1" in found.warnings[-1]


def test_only_common_items_count() -> None:
    found = compare(side(alike(2.0)), side({item: {FIRST: 2.0} for item in (*ITEMS[2:], "new")}))
    assert (found.items, found.only_before, found.only_after) == (10, 2, 1)


def test_nothing_in_common_is_refused() -> None:
    with pytest.raises(InputError, match="no item is on both sides"):
        compare(side({"a": {FIRST: 1.0}}), side({"b": {FIRST: 1.0}}))
    other = RUBRIC.model_copy(update={"competencies": (RUBRIC.competencies[0].model_copy(update={"id": "another"}),), "formats": {}})
    with pytest.raises(InputError, match="no competency that both have"):
        compare(side({"a": {FIRST: 1.0}}), side({"a": {"another": 1.0}}, rubric=other))


def test_other_rubrics_other_talks_and_mixed_sides_are_warned_of() -> None:
    before = side(alike(2.0))
    newer = RUBRIC.model_copy(update={"version": "2.0.0"})
    assert "core@1.1.0 before, core@2.0.0 after" in compare(before, side(alike(2.0), rubric=newer)).warnings[0]
    silent = RUBRIC.model_copy(update={"title": "Another"})
    assert "changed without a new number" in compare(before, side(alike(2.0), rubric=silent)).warnings[0]
    longer = side(alike(2.0), said="We wrote it down, and then some more of it was said.")
    assert "the talks themselves differ" in compare(before, longer).warnings[0]
    mixed = {**before.reports, "talk-0": longer.reports["talk-0"].model_copy(update={"judge": PIN.model_copy(update={"version": "9"})})}
    assert "judge version differ among them" in compare(side(alike(2.0)), type(before)("b", "strong", mixed)).warnings[0]


def test_what_differs_between_the_judges_is_listed() -> None:
    other = PIN.model_copy(update={"parameters": {**PIN.parameters, "repeats": 3}})
    assert [str(pin) for pin in compare(side(alike(2.0)), side(alike(2.0), pin=other)).pins] == ["repeats: 1 → 3"]


def test_the_raters_tell_which_side_is_nearer() -> None:
    levels = {(item, FIRST): 3.0 for item in ITEMS}
    found = compare(side(alike(2.0)), side(alike(2.75)), levels=levels).references
    assert set(found) == {"all", FIRST}
    assert (found[FIRST].before.mae, found[FIRST].after.mae) == (1.0, 0.25)
    assert found["all"].error.mean == pytest.approx(-0.75)
    assert compare(side(alike(2.0)), side(alike(2.75)), levels={("elsewhere", FIRST): 3.0}).references == {}


def test_the_same_seed_gives_the_same_comparison() -> None:
    before, after = side(alike(2.0)), side(alike(2.0, talk_1=3.0))
    assert compare(before, after, seed=4) == compare(before, after, seed=4)


def test_a_side_of_nothing_but_instrument_errors_cannot_be_compared() -> None:
    names = [each.id for each in RUBRIC.competencies]
    failed = side({f"talk-{number}": dict.fromkeys(names, ERROR) for number in range(3)}, name="late")
    with pytest.raises(InputError, match=r"all grades of late \(strong\) are instrument errors: The model did not answer"):
        compare(side({f"talk-{number}": {names[0]: 3.0} for number in range(3)}), failed)
