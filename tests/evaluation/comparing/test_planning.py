"""Plans from answers whose variances are known."""

from __future__ import annotations

import numpy as np
import pytest

from agent.evaluation.comparing.answers import ratings_of
from agent.evaluation.comparing.planning import RepeatPlan, plan
from agent.evaluation.ratings import Rating
from agent.evaluation.statistics.generalizability import reliability
from tests.evaluation.comparing.graded import FIRST, PIN, SECOND, side


def drawn(
    items: int, judges: int, repeats: int, *, item: float = 1.0, judge: float = 0.0, both: float = 0.0, repeat: float = 0.0
) -> list[Rating]:
    """Answers with these standard deviations."""
    chance = np.random.default_rng(1)
    of_item, of_judge, of_both = chance.normal(0, item, items), chance.normal(0, judge, judges), chance.normal(0, both, (items, judges))
    return [
        Rating(
            item=f"i{one}",
            competency="x",
            rater=f"j{who}",
            value=3 + of_item[one] + of_judge[who] + of_both[one, who] + chance.normal(0, repeat),
            repeat=number,
        )
        for one in range(items)
        for who in range(judges)
        for number in range(repeats)
    ]


def told(found: RepeatPlan) -> dict[str, str]:
    return {answer.kind: answer.told for answer in found.answers}


def test_the_cheapest_cell_reaches_what_is_wanted() -> None:
    """Eρ² of one judge asked r times is 1 / (1 + 1 / r): 0.5, 0.67, 0.75, 0.83."""
    found = plan(drawn(400, 2, 3, repeat=1.0), wanted=0.68, cost=0.02)
    relative = found.answers[0]
    assert relative.cell
    assert (relative.cell.judges, relative.cell.repeats, relative.cell.cost) == (1, 3, 0.06)
    assert relative.cell.reliability.relative == pytest.approx(0.75, abs=0.08)
    assert relative.interval
    assert relative.interval[0] < (relative.cell.reliability.relative or 0) < relative.interval[1]
    assert "1 judge asked 3 times reaches" in relative.told


def test_where_judges_differ_no_number_of_repeats_will_do() -> None:
    found = plan(drawn(300, 4, 2, judge=0.3, both=0.7, repeat=0.3))
    assert "One judge alone cannot, however often it is asked" in told(found)["relative"] + told(found)["absolute"]
    (cell,) = [answer.cell for answer in found.answers if answer.kind == "relative"]
    assert cell
    assert cell.judges > 1


def test_more_judges_than_the_table_has_are_counted() -> None:
    found = plan(drawn(300, 6, 2, both=1.5, repeat=0.3), wanted=0.9)
    assert found.answers[0].cell is None
    assert "One judge cannot, however often" in told(found)["relative"]
    assert "It would take " in told(found)["relative"]


def test_one_judge_tells_nothing_of_others() -> None:
    found = plan(drawn(60, 1, 3, repeat=0.5))
    assert found.answers[0].cell
    assert "The data cannot tell: only one judge was asked" in told(found)["absolute"]
    assert all(cell.reliability.relative is None for cell in found.cells if cell.judges > 1)
    assert "One judge: its reliability" in found.notes[0]


def test_without_repeats_what_they_bring_is_not_told() -> None:
    found = plan(drawn(60, 3, 1, both=0.3))
    assert {cell.repeats for cell in found.cells if cell.reliability.relative is not None} == {1}
    assert any("No judge was asked twice" in note for note in found.notes)


def test_a_reach_that_is_not_sure_says_so() -> None:
    found = plan(drawn(15, 2, 2, repeat=1.0), wanted=0.75)
    assert "so it may fall short: more items would tell" in told(found)["relative"]


def test_too_little_cannot_tell() -> None:
    found = plan(drawn(60, 1, 1))
    assert (found.components, found.answers, found.exit_code) == (None, (), 2)
    assert "The data cannot tell" in found.notes[0]
    assert plan(drawn(4, 2, 2, repeat=0.5)).answers[0].interval is None


def test_items_that_do_not_differ_cannot_be_told_apart() -> None:
    constant = [
        Rating(item=f"i{one}", competency="x", rater=who, value=3 + (one + number) % 2, repeat=number)
        for one in range(12)
        for who in "ab"
        for number in (0, 1)
    ]
    assert "Nothing can be reached" in told(plan(constant))["relative"]


def test_competencies_are_pooled_and_judges_with_most_in_common_are_taken() -> None:
    some = drawn(40, 3, 2, repeat=0.5)
    other = [one.model_copy(update={"competency": "y"}) for one in some if one.rater != "j2" or one.item < "i2"]
    found = plan([*some, *other])
    assert found.sources["x"].judges == ("j0", "j1", "j2")
    assert found.sources["y"].judges == ("j0", "j1")
    one, both = found.sources["x"].components, found.components
    assert one
    assert both
    assert reliability(both, 1, 1).relative == pytest.approx(reliability(one, 1, 1).relative, abs=0.1)


def test_levels_of_repeats_become_ratings_and_the_same_judge_again_is_more_of_them() -> None:
    once = side({"a": {FIRST: (3, 4, None)}, "b": {FIRST: (2, 2, 2)}})
    again, other = (
        side({"a": {FIRST: 3.0}}, name="later"),
        side({"a": {FIRST: 4.0}}, name="v2", pin=PIN.model_copy(update={"version": "3"})),
    )
    found = [one for one in ratings_of([once, again, other]) if one.competency == FIRST]
    assert [(one.item, one.rater, one.value, one.repeat) for one in found] == [
        ("a", "strong", 3, 1),
        ("a", "strong", 4, 2),
        ("a", "strong", None, 3),
        ("b", "strong", 2, 1),
        ("b", "strong", 2, 2),
        ("b", "strong", 2, 3),
        ("a", "strong", 3, 4),
        ("a", "strong of v2", 4, 1),
    ]
    assert {one.value for one in ratings_of([once]) if one.competency == SECOND} == {None}
