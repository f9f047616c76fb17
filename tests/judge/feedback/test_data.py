"""The shipped words of feedback are whole: nothing names what is not there, and every example is what it should be."""

from __future__ import annotations

import re
from typing import get_args

import pytest

from agent.judge.feedback.data import drills, frames, mistakes, templates
from agent.judge.feedback.ears import ears_of
from agent.judge.feedback.facts import FactKind
from agent.judge.feedback.filling import main_kind, slots
from agent.memory.embedder import default_embedder
from agent.rubric import Rubric

MATERIAL = {"turn", "quote", "slip", "long", "words", "twist", "story", "failed", "first", "question", "place", *get_args(FactKind)}


def test_every_indicator_of_the_rubric_has_a_template(rubric: Rubric) -> None:
    known = {name: set(each.indicators) for name, each in templates().items()}

    assert known == {each.id: {one.id for one in each.indicators} for each in rubric.competencies}


def test_every_counter_indicator_is_turned_round_by_an_indicator(rubric: Rubric) -> None:
    for each in rubric.competencies:
        instead = templates()[each.id].instead
        assert set(instead) == {one.id for one in each.counter_indicators}
        assert set(instead.values()) <= {one.id for one in each.indicators}


def test_a_template_takes_up_something_and_brings_no_figure_of_its_own() -> None:
    for each in templates().values():
        for one in (template for options in each.indicators.values() for template in options):
            assert main_kind(one.text) in get_args(FactKind)
            assert not re.search(r"\d", one.text)
            assert one.text.count("[") == one.text.count("]") > 0


def test_verdicts_named_by_mistakes_are_in_the_rubric(rubric: Rubric) -> None:
    support = {f"{each.id}/{one.id}" for each in rubric.competencies for one in each.indicators}
    against = {f"{each.id}/{one.id}" for each in rubric.competencies for one in each.counter_indicators}

    for kind in mistakes().values():
        assert set(kind.denied_by) <= support
        assert set(kind.told_by) <= against
        assert kind.competency in {None, *(each.id for each in rubric.competencies)}


def test_every_mistake_and_every_competency_has_a_drill(rubric: Rubric) -> None:
    served = {name for kind in drills().values() for name in (*kind.mistakes, *kind.competencies)}

    assert served == {*mistakes(), *(each.id for each in rubric.competencies)}
    assert {slot for kind in drills().values() for text in kind.texts for slot in slots(text)} <= MATERIAL


@pytest.mark.parametrize("name", [name for name, kind in mistakes().items() if kind.heard])
def test_most_examples_of_a_mistake_are_heard_and_no_counter_example_is(name: str) -> None:
    kind, ears = mistakes()[name], ears_of(default_embedder())
    assert kind.heard
    heard = [one for one in kind.heard.examples if ears.hears(name, one, kind.threshold)]

    assert len(heard) >= 0.6 * len(kind.heard.examples)
    assert [one for one in kind.heard.not_examples if ears.hears(name, one, kind.threshold)] == []


def test_the_parts_of_a_frame_are_those_of_its_name() -> None:
    assert {name: "".join(part.name[0] for part in kind.parts).upper() for name, kind in frames().items()} == {
        name: name for name in frames()
    }
