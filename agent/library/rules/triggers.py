"""Scenarios: what sets a twist or an exchange off can happen, and happens before the scene is over."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from agent.library.library import Library
from agent.library.loading import Loaded
from agent.library.problem import Loc, Problem
from agent.library.rules.ids import refer
from agent.library.rules.references import held_positions, look_up, runnable
from agent.scenario import Scenario, TwistUse

OUTCOMES = ("failed", "passed")


def check_triggers(loaded: Loaded, library: Library) -> Iterator[Problem]:
    """Triggers that name nothing, never hold, come too late or collide; slots of a twist that it does not have."""
    scenario: Scenario = loaded.document
    for index, use in enumerate(scenario.twists):
        yield from _check_value(loaded, library, ("twists", index), use.when, use.value)
        yield from _check_deadline(loaded, index, use)
        yield from _check_slots(loaded, library, index, use)
    for index, exchange in enumerate(scenario.exchanges):
        yield from _check_value(loaded, library, ("exchanges", index), exchange.when, exchange.value)
    yield from _check_collisions(loaded)
    if scenario.twists and all(use.when == "manual" for use in scenario.twists):
        yield loaded.problem(("twists",), "every twist waits for a person to call it, so the scene alone has none; give one another `when`")


def _check_value(loaded: Loaded, library: Library, loc: Loc, when: str, value: str | int) -> Iterator[Problem]:
    place = (*loc, "value")
    if when in ("turn", "elapsed"):
        yield from _check_number(loaded, place, when, value)
    elif when == "run":
        yield from _check_run(loaded, loc, str(value))
    elif when == "manual":
        if value != "":
            yield loaded.problem(place, "a twist called by hand waits for nothing; leave `value` out", "warning")
    else:
        yield from refer(loaded, place, _SORTS[when], str(value), _known(loaded.document, library, when))


_SORTS = {"beat": "beat", "fact": "fact", "heard": "point", "twist": "twist of this scene", "position": "position held in this scene"}


def _known(scenario: Scenario, library: Library, when: str) -> list[str]:
    if when == "position":
        return [position.id for held in held_positions(scenario, library).values() for position in held]
    return {
        "beat": [beat.id for beat in scenario.beats],
        "fact": [fact.id for fact in scenario.facts],
        "heard": [point.id for beat in scenario.beats for point in beat.points],
        "twist": [use.twist for use in scenario.twists],
    }[when]


def _check_number(loaded: Loaded, loc: Loc, when: str, value: str | int) -> Iterator[Problem]:
    scenario: Scenario = loaded.document
    limit, unit = (scenario.max_turns, "candidate turn") if when == "turn" else (scenario.minutes, "minute")
    if not isinstance(value, int) or not 0 < value < limit:
        yield loaded.problem(loc, f"expected the number of a {unit} from 1 to {limit - 1}, got {value!r}")


def _check_run(loaded: Loaded, loc: Loc, value: str) -> Iterator[Problem]:
    if value not in OUTCOMES:
        yield loaded.problem((*loc, "value"), f"a test run is 'failed' or 'passed', not {value!r}; choose one")
    if not runnable(loaded.document):
        yield loaded.problem((*loc, "when"), "nothing in this scene can be run; add an artifact with `file` and `test`, or change `when`")


def _check_deadline(loaded: Loaded, index: int, use: TwistUse) -> Iterator[Problem]:
    scenario: Scenario = loaded.document
    loc, reach = ("twists", index, "deadline"), _shortest(scenario)
    if use.when == "manual":
        return
    if use.deadline >= scenario.max_turns:
        yield loaded.problem(loc, f"turn {use.deadline} is not before `max_turns` ({scenario.max_turns}); name an earlier turn")
    elif use.deadline > reach:
        message = f"a terse candidate reaches the close after {reach} answers, so turn {use.deadline} may only come at the very end"
        yield loaded.problem(loc, message, "warning")
    if use.when == "turn" and isinstance(use.value, int) and use.value > use.deadline:
        yield loaded.problem(("twists", index, "value"), f"turn {use.value} is after the deadline ({use.deadline}); name an earlier turn")


def _shortest(scenario: Scenario) -> int:
    """The fewest answers before the close: one to every beat that cannot be skipped, one to every other twist."""
    beats = sum(not beat.skip_if_heard and beat.kind != "close" for beat in scenario.beats)
    return beats + len(scenario.twists) - 1


def _check_slots(loaded: Loaded, library: Library, index: int, use: TwistUse) -> Iterator[Problem]:
    twist = look_up(library.twist, use.twist)
    for slot in use.slots if twist else ():
        known = twist.slots if twist else ()
        yield from refer(loaded, ("twists", index, "slots", slot), f"slot of twist {use.twist!r} called", slot, known)


def _check_collisions(loaded: Loaded) -> Iterator[Problem]:
    yield from _collide(loaded, "twists", [(use.when, use.value) for use in loaded.document.twists if use.when != "manual"])
    yield from _collide(loaded, "exchanges", [(exchange.when, exchange.value) for exchange in loaded.document.exchanges])


def _collide(loaded: Loaded, field: str, triggers: Sequence[tuple[str, str | int]]) -> Iterator[Problem]:
    for index, trigger in enumerate(triggers):
        if trigger in triggers[:index]:
            first = triggers.index(trigger)
            message = f"`{' '.join(map(str, trigger))}` sets off {field}[{first}] too, so this one waits for it; give it another `when`"
            yield loaded.problem((field, index, "when"), message, "warning")
