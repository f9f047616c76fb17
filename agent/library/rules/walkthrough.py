"""Walkthroughs: what they answer exists in their scenario."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from agent.library.library import Library
from agent.library.loading import Loaded
from agent.library.problem import Loc, Problem
from agent.library.rules.ids import refer
from agent.library.rules.references import held_positions, look_up, runnable
from agent.persona import LINE_KINDS
from agent.scenario import Scenario
from agent.walkthrough import ANY, Reply, Walkthrough


def check_walkthrough(loaded: Loaded, library: Library) -> Iterator[Problem]:
    """A scenario that is not there, another one than the directory says, and replies to what nobody says."""
    walkthrough: Walkthrough = loaded.document
    folder = loaded.path.parent.name
    yield from refer(loaded, ("scenario",), "scenario", walkthrough.scenario, library.names("scenario"))
    if folder != walkthrough.scenario:
        yield loaded.problem(("scenario",), f"the file lies in {folder!r}, the field says {walkthrough.scenario!r}; make them equal")
    scenario = look_up(library.scenario, walkthrough.scenario)
    if scenario:
        known = _answerable(scenario, library)
        for index, reply in enumerate(walkthrough.replies):
            yield from _check_reply(loaded, ("replies", index), reply, scenario, known)


def _answerable(scenario: Scenario, library: Library) -> dict[str, list[str]]:
    held = held_positions(scenario, library)
    twists = [use.twist for use in scenario.twists]
    return {
        "beat": [beat.id for beat in scenario.beats],
        "point": [point.id for beat in scenario.beats for point in beat.points],
        "fact": [fact.id for fact in scenario.facts],
        "position": [*held, *(position.id for positions in held.values() for position in positions)],
        "twist": twists,
        "force": twists,
        "exchange": [exchange.id for exchange in scenario.exchanges],
        "contingency": [contingency.id for contingency in scenario.contingencies],
        "persona": [member.persona for member in scenario.cast],
    }


def _check_reply(loaded: Loaded, loc: Loc, reply: Reply, scenario: Scenario, known: Mapping[str, list[str]]) -> Iterator[Problem]:
    if reply.to != ANY:
        yield from _check_key(loaded, (*loc, "to"), reply.to.split("/"), known)
    if reply.aside:
        yield from refer(loaded, (*loc, "aside"), "cast member", reply.aside, known["persona"])
    files = runnable(scenario)
    if reply.edit and not files:
        yield loaded.problem((*loc, "edit"), "nothing in the scene can be edited; leave `edit` out")
    elif reply.edit == "fixed" and not any(artifact.fixed for artifact in files):
        yield loaded.problem((*loc, "edit"), "the artifact has no `fixed` form; write it there, or the text here")


def _check_key(loaded: Loaded, loc: Loc, key: list[str], known: Mapping[str, list[str]]) -> Iterator[Problem]:
    sort, name, rest = key[0], key[1], key[2:]
    if sort not in known:
        yield loaded.problem(loc, f"nothing is said from {sort!r}; answer a cut-in as 'persona/SLUG/cut_vague' and the like")
        return
    yield from refer(loaded, loc, sort if sort != "persona" else "cast member", name, known[sort])
    if sort == "persona" and rest:
        yield from refer(loaded, loc, "kind of line", rest[0], LINE_KINDS)
