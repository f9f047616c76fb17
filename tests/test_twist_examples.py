"""The shipped twists: every kind is there, its lines can be said in any scene, and its sentences are varied."""

from __future__ import annotations

from collections import Counter
from typing import get_args

import pytest

from agent.library import Library
from agent.library.library import shipped
from agent.twist import Twist, TwistKind

LIBRARY = Library([shipped()])
TWISTS = [LIBRARY.twist(slug) for slug in LIBRARY.names("twist")]
each_twist = pytest.mark.parametrize("twist", TWISTS, ids=lambda twist: twist.slug)


def test_every_kind_of_twist_is_shipped() -> None:
    assert {twist.kind for twist in TWISTS} == set(get_args(TwistKind))


@each_twist
def test_lines_can_be_said_with_the_default_slots_alone(twist: Twist) -> None:
    lines = (*twist.lines, *twist.force, *twist.answered, *twist.missed)

    said = [line.format(**twist.slots) for line in lines]

    assert len(set(said)) == len(lines)
    assert min(len(pool) for pool in (twist.lines, twist.force, twist.answered, twist.missed)) >= 3


@each_twist
def test_every_slot_is_used_when_the_news_is_broken(twist: Twist) -> None:
    news = " ".join(twist.lines)

    assert [slot for slot in twist.slots if f"{{{slot}}}" not in news] == []


@each_twist
def test_a_good_response_is_shown_by_varied_sentences(twist: Twist) -> None:
    for behaviour in twist.behaviours:
        assert len(behaviour.heard.examples) >= 8, behaviour.id
        assert len(behaviour.heard.not_examples) >= 7, behaviour.id


@each_twist
def test_no_sentence_is_given_twice(twist: Twist) -> None:
    sentences = [text.lower() for one in twist.behaviours for text in (*one.heard.examples, *one.heard.not_examples)]

    assert [text for text, times in Counter(sentences).items() if times > 1] == []
