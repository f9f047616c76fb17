"""Ways through a document: its models with their places, and every authored line."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, TypeVar

from pydantic import BaseModel

from agent.library.problem import Loc
from agent.persona import Persona, Position
from agent.scenario import Fact, Point, Scenario, WrongTurn
from agent.twist import Twist

Model = TypeVar("Model", bound=BaseModel)
Placed = tuple[Loc, str]
"""A text and its place in the document."""


def models(value: Any, wanted: type[Model], loc: Loc = ()) -> Iterator[tuple[Loc, Model]]:
    """Every model of type `wanted` inside `value`, with its place."""
    if isinstance(value, wanted):
        yield loc, value
    for key, inner in _children(value):
        yield from models(inner, wanted, loc if key == "root" else (*loc, key))


def _children(value: Any) -> Iterable[tuple[str | int, Any]]:
    if isinstance(value, BaseModel):
        return ((name, getattr(value, name)) for name in type(value).model_fields)
    if isinstance(value, dict):
        return value.items()
    return enumerate(value) if isinstance(value, tuple) and not (value and isinstance(value[0], str)) else ()


def numbered(lines: Iterable[str], *loc: str | int) -> Iterator[Placed]:
    """The lines of one pool, each with its place."""
    for index, line in enumerate(lines):
        yield (*loc, index), line


def spoken(document: Persona | Scenario | Twist) -> Iterator[Placed]:
    """Every line of the document that somebody may say aloud."""
    match document:
        case Persona():
            yield from _persona_lines(document)
        case Scenario():
            yield from _scenario_lines(document)
        case Twist():
            for field in ("lines", "force", "answered", "missed"):
                yield from numbered(getattr(document, field), field)


def position_lines(position: Position, *loc: str | int) -> Iterator[Placed]:
    """Every line of one position."""
    for field in ("pushback", "softened", "moved", "hardened"):
        yield from numbered(getattr(position, field), *loc, field)


def _persona_lines(persona: Persona) -> Iterator[Placed]:
    for kind, lines in persona.lines.items():
        yield from numbered(lines, "lines", kind)
    for index, position in enumerate(persona.positions):
        yield from position_lines(position, "positions", index)


def _scenario_lines(scenario: Scenario) -> Iterator[Placed]:
    for loc, position in models(scenario.cast, Position, ("cast",)):
        yield from position_lines(position, *loc)
    for loc, fact in models(scenario.facts, Fact, ("facts",)):
        yield from numbered(fact.told, *loc, "told")
        for persona, lines in fact.told_by.items():
            yield from numbered(lines, *loc, "told_by", persona)
    for loc, point in models(scenario.beats, Point, ("beats",)):
        yield from numbered(point.probe, *loc, "probe")
        yield from numbered(point.pickup, *loc, "pickup")
    for index, exchange in enumerate(scenario.exchanges):
        yield from numbered(exchange.reply, "exchanges", index, "reply")
    for loc, turn in models(scenario.artifacts, WrongTurn, ("artifacts",)):
        yield from numbered(turn.lines, *loc, "lines")
    for field in ("beats", "twists", "exchanges", "contingencies", "endings", "hints"):
        for index, part in enumerate(getattr(scenario, field)):
            yield from numbered(part.lines, field, index, "lines")
