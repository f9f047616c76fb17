"""Scenarios: everything they refer to is there, and the arc can be played."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TypeVar

from agent.errors import LibraryError
from agent.library.library import Library
from agent.library.loading import Loaded
from agent.library.problem import Loc, Problem
from agent.library.rules.ids import refer, unique
from agent.rubric import Rubric
from agent.scenario import Scenario, TwistUse
from agent.twist import Twist

Found = TypeVar("Found")


def check_scenario(loaded: Loaded, library: Library) -> Iterator[Problem]:
    """Problems with references, triggers, competencies, endings and the order of beats."""
    yield from _check_library_references(loaded, library)
    yield from _check_cast_references(loaded)
    yield from _check_ids(loaded, library)
    for index, use in enumerate(loaded.document.twists):
        yield from _check_twist(loaded, library, index, use)
    yield from _check_competencies(loaded, library)
    yield from _check_arc(loaded)


def _check_library_references(loaded: Loaded, library: Library) -> Iterator[Problem]:
    scenario: Scenario = loaded.document
    for index, member in enumerate(scenario.cast):
        yield from refer(loaded, ("cast", index, "persona"), "persona", member.persona, library.names("persona"))
    for index, use in enumerate(scenario.twists):
        yield from refer(loaded, ("twists", index, "twist"), "twist", use.twist, library.names("twist"))
    yield from refer(loaded, ("rubric",), "rubric", scenario.rubric, library.names("rubric"))


def _check_cast_references(loaded: Loaded) -> Iterator[Problem]:
    scenario: Scenario = loaded.document
    cast = [member.persona for member in scenario.cast]
    for loc, persona in _people(scenario):
        yield from refer(loaded, loc, "cast member", persona, cast)
    for index, fact in enumerate(scenario.facts):
        for persona in fact.told_by:
            if persona in cast and persona not in fact.known_by:
                yield loaded.problem(("facts", index, "told_by", persona), f"{persona!r} tells the fact but is not in `known_by`")
    for index, hint in enumerate(scenario.hints):
        yield from refer(loaded, ("hints", index, "beat"), "beat", hint.beat, [beat.id for beat in scenario.beats])


def _people(scenario: Scenario) -> Iterator[tuple[Loc, str]]:
    for field in ("beats", "twists", "endings"):
        for index, part in enumerate(getattr(scenario, field)):
            yield (field, index, "by"), part.by
    for index, fact in enumerate(scenario.facts):
        for number, persona in enumerate(fact.known_by):
            yield ("facts", index, "known_by", number), persona
        for persona in fact.told_by:
            yield ("facts", index, "told_by", persona), persona


def _check_ids(loaded: Loaded, library: Library) -> Iterator[Problem]:
    scenario: Scenario = loaded.document
    yield from unique(loaded, "ending", ((("endings", index), ending.id) for index, ending in enumerate(scenario.endings)))
    yield from unique(loaded, "artifact", ((("artifacts", index), artifact.id) for index, artifact in enumerate(scenario.artifacts)))
    yield from unique(loaded, "hint for beat", ((("hints", index), hint.beat) for index, hint in enumerate(scenario.hints)))
    for index, member in enumerate(scenario.cast):
        persona = _try(library.persona, member.persona)
        own = [((), position.id) for position in persona.positions] if persona else []
        here = [(("cast", index, "positions", number), position.id) for number, position in enumerate(member.positions)]
        yield from unique(loaded, f"position of {member.persona}", [*own, *here])
        for loc, position in zip([loc for loc, _ in here], member.positions, strict=True):
            if position.hardens_when and not position.hardened:
                yield loaded.problem((*loc, "hardened"), "`hardens_when` is there, but no line to say then")


def _check_twist(loaded: Loaded, library: Library, index: int, use: TwistUse) -> Iterator[Problem]:
    scenario: Scenario = loaded.document
    loc = ("twists", index)
    yield from _check_trigger(loaded, library, index, use)
    reach = _shortest(scenario)
    if use.deadline >= scenario.max_turns:
        yield loaded.problem((*loc, "deadline"), f"turn {use.deadline} is not before `max_turns` ({scenario.max_turns})")
    elif use.deadline > reach:
        message = f"a terse candidate reaches the close after {reach} answers, so turn {use.deadline} may only come at the very end"
        yield loaded.problem((*loc, "deadline"), message, "warning")
    if use.when == "turn" and isinstance(use.value, int) and use.value > use.deadline:
        yield loaded.problem((*loc, "value"), f"turn {use.value} is after the deadline ({use.deadline})")
    facts = [fact.id for fact in scenario.facts]
    for number, fact in enumerate(use.voids):
        yield from refer(loaded, (*loc, "voids", number), "fact", fact, facts)
    twist = _try(library.twist, use.twist)
    for slot in use.slots if twist else ():
        yield from refer(loaded, (*loc, "slots", slot), f"slot of twist {use.twist!r} called", slot, _slots(twist))


def _shortest(scenario: Scenario) -> int:
    """The fewest answers before the close: one to every beat that cannot be skipped, one to every other twist."""
    beats = sum(not beat.skip_if_heard and beat.kind != "close" for beat in scenario.beats)
    return beats + len(scenario.twists) - 1


def _slots(twist: Twist | None) -> list[str]:
    return list(twist.slots) if twist else []


def _check_trigger(loaded: Loaded, library: Library, index: int, use: TwistUse) -> Iterator[Problem]:
    scenario: Scenario = loaded.document
    loc: Loc = ("twists", index, "value")
    if use.when in ("turn", "elapsed"):
        limit = scenario.max_turns if use.when == "turn" else scenario.minutes
        unit = "candidate turn" if use.when == "turn" else "minute"
        if not isinstance(use.value, int) or not 0 < use.value < limit:
            yield loaded.problem(loc, f"expected the number of a {unit} from 1 to {limit - 1}, got {use.value!r}")
        return
    known = {
        "beat": [beat.id for beat in scenario.beats],
        "fact": [fact.id for fact in scenario.facts],
        "position": _positions(scenario, library),
    }[use.when]
    yield from refer(loaded, loc, use.when, str(use.value), known)


def _positions(scenario: Scenario, library: Library) -> list[str]:
    own = [position.id for member in scenario.cast for position in member.positions]
    personas = [_try(library.persona, member.persona) for member in scenario.cast]
    return [*own, *(position.id for persona in personas if persona for position in persona.positions)]


def _check_competencies(loaded: Loaded, library: Library) -> Iterator[Problem]:
    scenario: Scenario = loaded.document
    rubric: Rubric | None = _try(library.rubric, scenario.rubric) if scenario.rubric in library.names("rubric") else None
    known = [competency.id for competency in rubric.competencies] if rubric else None
    placed: list[tuple[Loc, str]] = [(("competencies", index), name) for index, name in enumerate(scenario.competencies)]
    points = [
        (("beats", index, "points", number, "competency"), point.competency)
        for index, beat in enumerate(scenario.beats)
        for number, point in enumerate(beat.points)
    ]
    for loc, name in [*placed, *points] if known is not None else []:
        yield from refer(loaded, loc, f"competency in rubric {scenario.rubric}", name, known or [])
    for loc, name in points:
        if name not in scenario.competencies:
            yield loaded.problem(loc, f"{name!r} is not among the scenario's competencies", "warning")
    yield from _check_shown(loaded, library, placed, {name for _, name in points})


def _check_shown(loaded: Loaded, library: Library, placed: list[tuple[Loc, str]], shown: set[str]) -> Iterator[Problem]:
    for use in loaded.document.twists:
        twist = _try(library.twist, use.twist)
        shown.update(twist.competencies if twist else ())
    for loc, name in placed:
        if name not in shown:
            yield loaded.problem(loc, f"no point and no twist lets the candidate show {name!r}", "warning")


def _check_arc(loaded: Loaded) -> Iterator[Problem]:
    scenario: Scenario = loaded.document
    always = [index for index, ending in enumerate(scenario.endings) if ending.when == "always"]
    if not always:
        yield loaded.problem(("endings",), "no ending has `when: always`, so some sessions would end without one")
    elif always[0] != len(scenario.endings) - 1:
        yield loaded.problem(("endings", always[0] + 1), f"never reached: {scenario.endings[always[0]].id!r} before it always holds")
    if scenario.beats[0].kind != "opening":
        yield loaded.problem(("beats", 0, "kind"), "the first beat is not an opening", "warning")
    for index, beat in enumerate(scenario.beats):
        for number, point in enumerate(beat.points):
            if not any("{" in line for line in point.pickup):
                loc = ("beats", index, "points", number, "pickup")
                yield loaded.problem(loc, f"no pickup of {point.id!r} carries {{quote}} or {{number}}", "warning")


def _try(load: Callable[[str], Found], name: str) -> Found | None:
    try:
        return load(name)
    except LibraryError:
        return None
