"""Scenarios: nobody in a scene has the words of somebody else there."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from agent.library.library import Library
from agent.library.loading import Loaded
from agent.library.problem import Loc, Problem, field_name
from agent.library.rules.lines import wording
from agent.library.rules.references import look_up, people
from agent.library.rules.walk import spoken
from agent.scenario import Scenario


class _Said(NamedTuple):
    """A line, and the file in which it stands; `loc` is where this scenario brings the file in, or the line's own place."""

    loc: Loc
    source: str
    within: Loc
    line: str

    @property
    def place(self) -> str:
        """The field of the line in its own file."""
        return field_name(self.within)


def check_wording(loaded: Loaded, library: Library) -> Iterator[Problem]:
    """Lines that stand in two files of one scene; within a file `check_lines` finds them."""
    first: dict[str, _Said] = {}
    for said in _lines(loaded.document, library):
        other = first.setdefault(wording(said.line), said)
        if other.source != said.source:
            where = f"{said.place} of {said.source}" if said.source else "this"
            also = f"{other.place} of {other.source}" if other.source else other.place
            yield loaded.problem(said.loc, f"{where} is the same wording as {also}, and both can be said here; change one of them")


def _lines(scenario: Scenario, library: Library) -> Iterator[_Said]:
    for loc, line in spoken(scenario):
        if loc[0] != "hints":
            yield _Said(loc, "", loc, line)
    known = people(scenario, library)
    for index, member in enumerate(scenario.cast):
        for loc, line in spoken(known[member.persona]) if member.persona in known else ():
            if not (member.positions and loc[0] == "positions"):
                yield _Said(("cast", index, "persona"), f"persona {member.persona!r}", loc, line)
    for index, use in enumerate(scenario.twists):
        twist = look_up(library.twist, use.twist)
        for loc, line in spoken(twist) if twist else ():
            if not (use.lines and loc[0] == "lines"):
                yield _Said(("twists", index, "twist"), f"twist {use.twist!r}", loc, line)
