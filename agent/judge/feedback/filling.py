"""Fills the slots of a text with the candidate's own words."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import NamedTuple, get_args

from agent.judge.feedback.data import Template
from agent.judge.feedback.facts import Fact, FactKind, Facts
from agent.recognition import any_of

MOST_USES = 2
BESIDE = 2
"""How many turns an answer beside another one is away."""
_SLOT = re.compile(r"\{(?P<name>\w+)(?:\|(?P<otherwise>[^}]*))?\}")
_BEGINS = re.compile(r"(?:^|[.!?…]\]?|\])\s*$")
_LOWERED = re.compile(r"^(?!I\b)[A-Z](?=[a-z])")


class Filled(NamedTuple):
    """A text with the candidate's words in it, and the fact that carries it."""

    text: str
    fact: Fact


def filled(template: Template, facts: Facts, turns: Sequence[int], used: Sequence[Fact]) -> Filled | None:
    """The template with a fact from one of `turns`, of which the first are preferred, or from the answer beside one; None if none fits.

    Words that were taken up before are taken up once more at most, and only where there are no others.
    """
    kind = main_kind(template.text)
    lacks, needs = any_of(template.lacks), any_of(template.needs)
    fit = [
        (used.count(fact), place, -len(fact.words), fact)
        for fact in facts.of(kind)
        if used.count(fact) < MOST_USES
        and (place := _place(fact, turns, 0 if kind == "event" else BESIDE)) is not None
        and not (lacks and lacks.search(fact.said.text.lower()))
        and not (needs and not needs.search(fact.said.text.lower()))
    ]
    if not fit:
        return None
    chosen = min(fit, key=lambda one: one[:3])[-1]
    people = next((one.words for one in facts.of("people")), "")
    return Filled(with_words(template.text, {kind: chosen.words, "people": people}), chosen)


def _place(fact: Fact, turns: Sequence[int], beside: int) -> int | None:
    """How far back in `turns` the fact's own turn stands, or one beside it; None if it is too far from all of them."""
    turn = fact.said.turn
    if turn in turns:
        return turns.index(turn)
    return len(turns) + abs(turn - turns[0]) if any(abs(turn - one) <= beside for one in turns) else None


def main_kind(text: str) -> FactKind:
    """The kind of the first slot that carries the text."""
    return next(name for match in _SLOT.finditer(text) for name in get_args(FactKind) if name == match["name"] != "people")


def with_words(text: str, words: Mapping[str, str]) -> str:
    """`text` with its slots filled, each in upper case where a sentence begins; an empty one with what it has otherwise."""

    def word(match: re.Match[str]) -> str:
        chosen = words.get(match["name"], "") or match["otherwise"] or ""
        if _BEGINS.search(text[: match.start()]):
            return chosen[:1].upper() + chosen[1:]
        return _LOWERED.sub(lambda opening: opening.group().lower(), chosen) if match["name"] in get_args(FactKind) else chosen

    return _SLOT.sub(word, text)


def slots(text: str) -> set[str]:
    """The names of the slots that have to be filled."""
    return {match["name"] for match in _SLOT.finditer(text) if match["otherwise"] is None}
