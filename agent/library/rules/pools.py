"""How many lines a persona has for each occasion."""

from __future__ import annotations

from collections.abc import Iterator

from agent.library.library import Library
from agent.library.loading import Loaded
from agent.library.problem import Problem
from agent.library.rules.lines import sayable
from agent.persona import CODE_KINDS, LINE_KINDS, Interruption, LineKind, Persona

DEPTH: dict[LineKind, int] = {
    **{kind: 8 for kind in LINE_KINDS if kind.startswith("react_")},
    **{kind: 7 for kind in LINE_KINDS if kind.startswith("probe_")},
    **{kind: 4 for kind in LINE_KINDS if kind.startswith("cut_")},
    **dict.fromkeys(CODE_KINDS, 5),
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
    "cut_monologue": 5,
    "go_on": 4,
    "take_over": 4,
    "aside": 4,
    "recall": 5,
    "bridge": 10,
    "hand_over": 4,
    "twist_force": 3,
    "time_up": 3,
    "farewell": 4,
}
"""Lines of a kind that a persona needs so that a long session does not run dry."""
FEWEST = 3
"""The same for every kind that is not named there."""
COMPANY_KINDS: tuple[LineKind, ...] = ("hand_over", "take_over", "aside")
"""Kinds that only somebody in a scene with several people needs."""

_ALWAYS_FILLED: dict[LineKind, set[str]] = {
    "probe_jargon": {"term"},
    "probe_unanswered": {"ask"},
    "told_already": {"fact"},
    "hand_over": {"name"},
    "take_over": {"name"},
    "cut_jargon": {"term"},
    "cut_buzzword": {"term"},
    "cut_number": {"number"},
    "recall": {"earlier", "quote"},
}
"""Kinds whose slots are there whenever the kind is used."""


def check_pools(loaded: Loaded, library: Library) -> Iterator[Problem]:
    """Kinds a persona has no line for, or none without slots, or too few."""
    del library
    persona: Persona = loaded.document
    needed = {*LINE_KINDS} - {*CODE_KINDS, *COMPANY_KINDS} - _unused_cuts(persona.interruption)
    for kind in LINE_KINDS:
        lines = persona.lines.get(kind, ())
        if lines:
            yield from _check_lines(loaded, kind, lines)
        elif kind in needed:
            yield loaded.problem(("lines", kind), "the persona has no line of this kind; write at least one")


def _check_lines(loaded: Loaded, kind: LineKind, lines: tuple[str, ...]) -> Iterator[Problem]:
    if not sayable(lines, _ALWAYS_FILLED.get(kind, ())):
        yield loaded.problem(("lines", kind), "every line needs a slot; write one that can be said without")
    elif len(lines) < DEPTH.get(kind, FEWEST):
        yield loaded.problem(("lines", kind), f"{len(lines)} of {DEPTH.get(kind, FEWEST)} lines; a long session runs dry", "warning")


def _unused_cuts(interruption: Interruption) -> set[LineKind]:
    """Kinds for cutting in that this person never comes to use."""
    used = {f"cut_{trigger}" for trigger in interruption.triggers}
    if used and interruption.overlap != "yield":
        used.add("cut_ignored")
    if used and interruption.overlap != "insist":
        used.add("go_on")
    return {kind for kind in LINE_KINDS if (kind.startswith("cut_") or kind == "go_on") and kind not in used}
