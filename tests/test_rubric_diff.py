from __future__ import annotations

import pytest

from agent.library import Library
from agent.library.library import shipped
from agent.rubric import Rubric
from agent.rubric_diff import diff


@pytest.fixture(scope="module")
def core() -> Rubric:
    return Library((shipped(),)).rubric("core@1.0.0")


def changed(rubric: Rubric, competency: str, **fields: object) -> Rubric:
    """`rubric` with other fields in one competency."""
    kept = tuple(each.model_copy(update=fields) if each.id == competency else each for each in rubric.competencies)
    return rubric.model_copy(update={"competencies": kept, "version": "9.0.0"})


def test_a_rubric_does_not_differ_from_itself(core):
    assert diff(core, core).changes == ()


def test_another_anchor_is_named_with_both_wordings(core):
    levels = dict(core.competencies[0].levels) | {3: "Half of it can be followed."}
    (change,) = diff(core, changed(core, "communication", levels=levels)).changes
    assert (change.competency, change.part, change.way) == ("communication", "level 3", "changed")
    assert (change.before, change.after) == (core.competencies[0].levels[3], "Half of it can be followed.")


def test_another_weight_is_named(core):
    (change,) = diff(core, changed(core, "resilience", weight=2.5)).changes
    assert (change.part, change.before, change.after) == ("weight", "1", "2.5")


def test_an_indicator_taken_out_is_named_and_so_is_one_put_in(core):
    first, *rest = core.competencies[0].indicators
    less = changed(core, "communication", indicators=tuple(rest))
    (gone,) = diff(core, less).changes
    (new,) = diff(less, core).changes
    assert (gone.part, gone.way, gone.after) == (f"indicator {first.id}", "removed", None)
    assert (new.part, new.way, new.before) == (f"indicator {first.id}", "added", None)


def test_another_example_of_an_indicator_is_a_change_of_it(core):
    first, *rest = core.competencies[0].indicators
    other = first.model_copy(update={"heard": first.heard.model_copy(update={"examples": ("Only this.",)})})
    (change,) = diff(core, changed(core, "communication", indicators=(other, *rest))).changes
    assert change.part == f"indicator {first.id}"
    assert "Only this." in (change.after or "")


def test_only_competencies_that_changed_are_affected(core):
    less = core.model_copy(update={"competencies": core.competencies[1:]})
    assert diff(core, less).affected == ("communication",)
    assert diff(core, changed(core, "resilience", weight=2.0)).affected == ("resilience",)


def test_what_a_competency_weighs_in_a_format_is_named(core):
    found = diff(core, core.model_copy(update={"formats": {"Panel": {"communication": 2.0}}}))
    assert [(change.competency, change.part, change.after) for change in found.changes] == [("communication", "weight in Panel", "2")]
