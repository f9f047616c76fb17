"""Facts in other words, on lines that nothing was tuned on."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from agent.engine import Engine
from agent.interview.leaking import _roughly, _shares
from agent.interview.live_check import LiveCheck
from agent.memory.embedder import LazyEmbedder

HELD_OUT = Path(__file__).parent / "leaks_held_out.yaml"


@pytest.mark.parametrize(("kind", "least", "most"), [("leaks", 0.8, 1.0), ("beside_facts", 0.0, 0.05)])
def test_facts_in_other_words_are_heard_and_harmless_lines_are_not(engine: Engine, kind: str, least: float, most: float) -> None:
    listed = yaml.safe_load(HELD_OUT.read_text(encoding="utf-8"))[kind]
    found = [given_away for slug, lines in listed.items() for given_away in _given_away(engine, slug, lines)]
    assert least <= sum(found) / len(found) <= most


def test_what_was_told_or_said_is_no_secret(engine: Engine) -> None:
    leaks = LiveCheck(engine.stage("moderation-appeals"), LazyEmbedder()).leaks
    assert leaks is not None
    line = "An appeal takes nearly two weeks, and by then the thread is long dead."
    assert list(leaks.found(line, (), ())) == [line]
    assert list(leaks.found(line, ("appeal-time",), ())) == []
    assert list(leaks.found(line, (), (line,))) == []


@pytest.mark.parametrize(("text", "value"), [("about four in ten", 38.0), ("nearly forty percent", 38.0), ("a third of them", 33.0)])
def test_a_share_in_words_is_roughly_the_one_in_the_fact(text: str, value: float) -> None:
    assert any(_roughly(one, [value]) for one in _shares(text))


def _given_away(engine: Engine, slug: str, lines: list[str]) -> list[bool]:
    leaks, check = LiveCheck(engine.stage(slug), LazyEmbedder()).leaks, LiveCheck(engine.stage(slug))
    assert leaks is not None
    hidden = [term for terms in check._secrets.values() for term in terms]
    return [any(term.search(line.lower()) for term in hidden) or bool(list(leaks.found(line, (), ()))) for line in lines]
