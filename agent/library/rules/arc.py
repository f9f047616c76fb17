"""Scenarios: the arc begins, always ends, and has a line that can be said at every step."""

from __future__ import annotations

from collections.abc import Iterator

from agent.library.library import Library
from agent.library.loading import Loaded
from agent.library.problem import Loc, Problem
from agent.library.rules.lines import sayable, slots_in
from agent.library.rules.references import look_up
from agent.library.rules.walk import spoken
from agent.scenario import Scenario

_NEED_WORDS = ("pickup", "hints")
"""Pools whose lines are said only when the slots are filled, or that nobody says."""


def check_arc(loaded: Loaded, library: Library) -> Iterator[Problem]:
    """Endings that leave a session without one or are never reached; beats in the wrong place; pools nobody can speak from."""
    yield from _check_endings(loaded)
    yield from _check_pickups(loaded)
    yield from _check_sayable(loaded, library)
    if loaded.document.beats[0].kind != "opening":
        yield loaded.problem(("beats", 0, "kind"), "the first beat is not an opening; make it one", "warning")


def _check_endings(loaded: Loaded) -> Iterator[Problem]:
    scenario: Scenario = loaded.document
    always = [index for index, ending in enumerate(scenario.endings) if ending.when == "always"]
    if not always:
        yield loaded.problem(("endings",), "no ending has `when: always`, so some sessions would end without one; add it as the last")
    elif always[0] != len(scenario.endings) - 1:
        message = f"never reached: {scenario.endings[always[0]].id!r} before it always holds; put this one before it"
        yield loaded.problem(("endings", always[0] + 1), message)


def _check_pickups(loaded: Loaded) -> Iterator[Problem]:
    for index, beat in enumerate(loaded.document.beats):
        for number, point in enumerate(beat.points):
            if beat.followups and not any("{" in line for line in point.pickup):
                loc = ("beats", index, "points", number, "pickup")
                yield loaded.problem(loc, f"no pickup of {point.id!r} carries {{quote}} or {{number}}; write one that does", "warning")


def _check_sayable(loaded: Loaded, library: Library) -> Iterator[Problem]:
    """Pools in which every line waits for words of the candidate that may not be there."""
    pools: dict[Loc, list[str]] = {}
    for loc, line in spoken(loaded.document):
        pools.setdefault(loc[:-1], []).append(line)
    for loc, lines in pools.items():
        if not {*_NEED_WORDS} & {*loc} and not sayable(lines, _filled(loaded.document, loc, library)):
            needed = ", ".join(f"{{{slot}}}" for slot in sorted({slot for line in lines for slot in slots_in(line)}))
            yield loaded.problem(loc, f"every line needs a slot ({needed}) that may be empty; write one that can be said without")


def _filled(scenario: Scenario, loc: Loc, library: Library) -> set[str]:
    if loc[0] != "twists" or not isinstance(loc[1], int):
        return set()
    use = scenario.twists[loc[1]]
    twist = look_up(library.twist, use.twist)
    return {*use.slots, *(twist.slots if twist else ())}
