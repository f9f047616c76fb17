"""Ids that have to be unique, and ids that have to exist."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from agent.errors import nearest
from agent.library.library import Library
from agent.library.loading import Loaded
from agent.library.problem import Loc, Problem
from agent.library.rules.walk import models
from agent.persona import Position
from agent.rubric import Competency
from agent.twist import Twist


def refer(loaded: Loaded, loc: Loc, what: str, name: str, known: Iterable[str]) -> Iterator[Problem]:
    """A problem when `name` is not among `known`."""
    names = sorted(known)
    if name not in names:
        there = f"; there {'is' if len(names) == 1 else 'are'} {', '.join(names)}" if names else "; there is none"
        yield loaded.problem(loc, f"there is no {what} {name!r}{nearest(name, names) or there}")


def unique(loaded: Loaded, what: str, placed: Iterable[tuple[Loc, str]]) -> Iterator[Problem]:
    """A problem for every name that was there before."""
    seen: set[str] = set()
    for loc, name in placed:
        if name in seen:
            yield loaded.problem(loc, f"the {what} {name!r} is there twice; rename one")
        seen.add(name)


def check_ids(loaded: Loaded, library: Library) -> Iterator[Problem]:
    """Positions, conditions, behaviours, competencies and indicators that share an id."""
    del library
    document = loaded.document
    yield from unique(loaded, "position", _ids(getattr(document, "positions", ()), "positions"))
    for loc, position in models(document, Position):
        yield from unique(loaded, "condition", _ids(position.moves_when, *loc, "moves_when"))
    for loc, twist in models(document, Twist):
        yield from unique(loaded, "behaviour", _ids(twist.behaviours, *loc, "behaviours"))
    yield from unique(loaded, "competency", _ids(getattr(document, "competencies", ()), "competencies"))
    for loc, competency in models(document, Competency):
        indicators = _ids(competency.indicators, *loc, "indicators")
        counters = _ids(competency.counter_indicators, *loc, "counter_indicators")
        yield from unique(loaded, "indicator", [*indicators, *counters])


def _ids(parts: Iterable[object], *loc: str | int) -> list[tuple[Loc, str]]:
    return [((*loc, index), getattr(part, "id", None) or str(part)) for index, part in enumerate(parts)]
