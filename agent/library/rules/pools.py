"""How many lines a persona has for each occasion."""

from __future__ import annotations

from collections.abc import Iterator

from agent.library.library import Library
from agent.library.loading import Loaded
from agent.library.problem import Problem
from agent.library.rules.lines import slots_in
from agent.persona import LINE_KINDS, LineKind, Persona

DEPTH: dict[LineKind, int] = {
    **{kind: 8 for kind in LINE_KINDS if kind.startswith("react_")},
    **{kind: 7 for kind in LINE_KINDS if kind.startswith("probe_")},
    "react_plain": 14,
    "probe_jargon": 5,
    "probe_unanswered": 6,
    "unknown_question": 8,
    "told_already": 5,
    "enough_questions": 4,
    "too_short": 6,
    "dont_know": 5,
    "take_your_time": 4,
    "silence": 5,
    "hostile": 4,
    "flattery": 4,
    "insistence": 6,
    "blame": 4,
    "off_topic": 4,
    "meta": 3,
    "rambling": 5,
    "bridge": 10,
    "hand_over": 4,
    "twist_force": 3,
    "time_up": 3,
    "farewell": 4,
}
"""Lines of a kind that a persona needs so that a long session does not run dry."""
FEWEST = 3
"""The same for every kind that is not named there."""

_ALWAYS_FILLED: dict[LineKind, str] = {"probe_jargon": "term", "probe_unanswered": "ask", "told_already": "fact", "hand_over": "name"}
"""Kinds whose slot is there whenever the kind is used."""


def check_pools(loaded: Loaded, library: Library) -> Iterator[Problem]:
    """Kinds a persona has no line for, or none without slots, or too few."""
    del library
    persona: Persona = loaded.document
    for kind in LINE_KINDS:
        lines = persona.lines.get(kind, ())
        if not lines:
            yield loaded.problem(("lines", kind), "the persona has no line of this kind; write at least one")
            continue
        if not any(set(slots_in(line)) <= {_ALWAYS_FILLED.get(kind, "")} for line in lines):
            yield loaded.problem(("lines", kind), "every line needs a slot; write one that can be said without")
        if len(lines) < DEPTH.get(kind, FEWEST):
            yield loaded.problem(("lines", kind), f"{len(lines)} of {DEPTH.get(kind, FEWEST)} lines; a long session runs dry", "warning")
    yield from _unheard_hardening(loaded)


def _unheard_hardening(loaded: Loaded) -> Iterator[Problem]:
    for index, position in enumerate(loaded.document.positions):
        if position.hardens_when and not position.hardened:
            yield loaded.problem(("positions", index, "hardened"), "`hardens_when` is there, but no line to say then")
