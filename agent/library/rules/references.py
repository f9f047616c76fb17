"""Scenarios: everything they refer to is there."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TypeVar

from agent.errors import LibraryError
from agent.library.library import Library
from agent.library.loading import Loaded
from agent.library.problem import Loc, Problem
from agent.library.rules.ids import refer, unique
from agent.library.rules.walk import models
from agent.persona import Persona, Position
from agent.scenario import Artifact, Exchange, Fact, Point, Scenario, WrongTurn

Found = TypeVar("Found")


def check_references(loaded: Loaded, library: Library) -> Iterator[Problem]:
    """References to other files and to parts of the scenario itself, and ids that are there twice."""
    yield from _check_library_references(loaded, library)
    yield from _check_people(loaded)
    yield from _check_exchanges(loaded)
    yield from _check_parts(loaded)
    yield from _check_ids(loaded)


def look_up(load: Callable[[str], Found], name: str) -> Found | None:
    """What the library has under a name; None where it is missing or wrong, which is reported elsewhere."""
    try:
        return load(name)
    except LibraryError:
        return None


def people(scenario: Scenario, library: Library) -> dict[str, Persona]:
    """The personas of the cast that can be read, by slug."""
    found = {member.persona: look_up(library.persona, member.persona) for member in scenario.cast}
    return {slug: persona for slug, persona in found.items() if persona}


def held_positions(scenario: Scenario, library: Library) -> dict[str, tuple[Position, ...]]:
    """What each of the cast holds in this scene: the scene's own positions, or else their standing ones."""
    known = people(scenario, library)
    return {
        member.persona: member.positions or (known[member.persona].positions if member.persona in known else ()) for member in scenario.cast
    }


def runnable(scenario: Scenario) -> list[Artifact]:
    """Artifacts with a test that can be run."""
    return [artifact for artifact in scenario.artifacts if artifact.file and artifact.test]


def _check_library_references(loaded: Loaded, library: Library) -> Iterator[Problem]:
    scenario: Scenario = loaded.document
    for index, member in enumerate(scenario.cast):
        yield from refer(loaded, ("cast", index, "persona"), "persona", member.persona, library.names("persona"))
    for index, use in enumerate(scenario.twists):
        yield from refer(loaded, ("twists", index, "twist"), "twist", use.twist, library.names("twist"))
    yield from refer(loaded, ("rubric",), "rubric", scenario.rubric, library.names("rubric"))


def _check_people(loaded: Loaded) -> Iterator[Problem]:
    scenario: Scenario = loaded.document
    cast = [member.persona for member in scenario.cast]
    for loc, persona in _named(scenario):
        yield from refer(loaded, loc, "cast member", persona, cast)
    for index, fact in enumerate(scenario.facts):
        for persona in fact.told_by:
            if persona in cast and persona not in fact.known_by:
                yield loaded.problem(("facts", index, "told_by", persona), f"{persona!r} tells the fact but is not in `known_by`; add them")


def _named(scenario: Scenario) -> Iterator[tuple[Loc, str]]:
    """Everybody the scenario names outside its cast."""
    for field in ("beats", "twists", "endings", "exchanges", "contingencies"):
        for index, part in enumerate(getattr(scenario, field)):
            yield (field, index, "by"), part.by
    for index, exchange in enumerate(scenario.exchanges):
        yield ("exchanges", index, "reply_by"), exchange.reply_by
    for loc, point in models(scenario.beats, Point, ("beats",)):
        if point.by:
            yield (*loc, "by"), point.by
    for loc, turn in models(scenario.artifacts, WrongTurn, ("artifacts",)):
        yield (*loc, "by"), turn.by
    for loc, fact in models(scenario.facts, Fact, ("facts",)):
        yield from (((*loc, "known_by", number), persona) for number, persona in enumerate(fact.known_by))
        yield from (((*loc, "told_by", persona), persona) for persona in fact.told_by)
    if scenario.graded:
        yield ("graded",), scenario.graded


def _check_exchanges(loaded: Loaded) -> Iterator[Problem]:
    for loc, exchange in models(loaded.document.exchanges, Exchange, ("exchanges",)):
        if exchange.by == exchange.reply_by:
            yield loaded.problem((*loc, "reply_by"), f"{exchange.by!r} answers themselves; name the other person of the exchange")


def _check_parts(loaded: Loaded) -> Iterator[Problem]:
    scenario: Scenario = loaded.document
    for index, hint in enumerate(scenario.hints):
        yield from refer(loaded, ("hints", index, "beat"), "beat", hint.beat, [beat.id for beat in scenario.beats])
    facts = [fact.id for fact in scenario.facts]
    for index, use in enumerate(scenario.twists):
        for number, fact in enumerate(use.voids):
            yield from refer(loaded, ("twists", index, "voids", number), "fact", fact, facts)
    for index, artifact in enumerate(scenario.artifacts):
        if artifact.test and not artifact.file:
            yield loaded.problem(("artifacts", index, "file"), "there is a test but no `file` that it imports; give the file a name")
        if artifact.wrong_turns and not artifact.test:
            yield loaded.problem(("artifacts", index, "wrong_turns"), "wrong turns are seen only in a file with a `test`; write one")


def _check_ids(loaded: Loaded) -> Iterator[Problem]:
    scenario: Scenario = loaded.document
    yield from unique(loaded, "ending", ((("endings", index), ending.id) for index, ending in enumerate(scenario.endings)))
    yield from unique(loaded, "hint for beat", ((("hints", index), hint.beat) for index, hint in enumerate(scenario.hints)))
    for index, member in enumerate(scenario.cast):
        here = [(("cast", index, "positions", number), position.id) for number, position in enumerate(member.positions)]
        yield from unique(loaded, f"position of {member.persona}", here)
    for index, artifact in enumerate(scenario.artifacts):
        turns = [(("artifacts", index, "wrong_turns", number), turn.id) for number, turn in enumerate(artifact.wrong_turns)]
        yield from unique(loaded, f"wrong turn in {artifact.id}", turns)
