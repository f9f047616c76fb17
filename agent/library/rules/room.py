"""Scenarios: the people in the room have lines for what the scene asks of them, and are few enough to be told apart."""

from __future__ import annotations

from collections.abc import Iterator

from agent.library.library import Library
from agent.library.loading import Loaded
from agent.library.problem import Problem
from agent.library.rules.pools import COMPANY_KINDS, DEPTH
from agent.library.rules.references import people, runnable
from agent.persona import CODE_KINDS, LineKind, Persona
from agent.scenario import Scenario

CROWD = 8
"""People in one room whom a candidate can still tell apart."""
HOST_KINDS: tuple[LineKind, ...] = ("bridge", "time_up", "farewell")
"""What whoever leads the talk has to say."""


def check_room(loaded: Loaded, library: Library) -> Iterator[Problem]:
    """Personas without lines for their part, code that nobody has a word for, a crowd."""
    scenario: Scenario = loaded.document
    known = people(scenario, library)
    if len(scenario.cast) > CROWD:
        message = f"{len(scenario.cast)} people are more than a candidate can tell apart; keep at most {CROWD}, or split the scene"
        yield loaded.problem(("cast",), message, "warning")
    for index, member in enumerate(scenario.cast):
        needed = (*(HOST_KINDS if index == 0 else ()), *(COMPANY_KINDS if len(scenario.cast) > 1 else ()))
        if member.persona in known:
            yield from _check_part(loaded, index, known[member.persona], needed, library)
    if runnable(scenario) and len(known) == len(scenario.cast):
        yield from _check_code(loaded, list(known.values()))


def _check_part(loaded: Loaded, index: int, persona: Persona, needed: tuple[LineKind, ...], library: Library) -> Iterator[Problem]:
    missing = [kind for kind in needed if not persona.lines.get(kind)]
    if missing:
        where = library.where("persona", persona.slug)
        message = f"{persona.slug!r} has no line for {', '.join(missing)}, which this scene needs; write some in {where}"
        yield loaded.problem(("cast", index, "persona"), message)


def _check_code(loaded: Loaded, cast: list[Persona]) -> Iterator[Problem]:
    """Whoever has a word for it speaks to edits and runs; so the lines of the whole room count."""
    for kind in CODE_KINDS:
        lines = sum(len(persona.lines.get(kind, ())) for persona in cast)
        if not lines:
            yield loaded.problem(("cast",), f"there is code to run, and nobody has a line for {kind}; write some for one of the cast")
        elif lines < DEPTH[kind]:
            message = f"{lines} of {DEPTH[kind]} lines for {kind} in the whole room; a long repair runs dry"
            yield loaded.problem(("cast",), message, "warning")
