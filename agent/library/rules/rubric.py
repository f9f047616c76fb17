"""Rubrics: caps that name real indicators; twists: competencies that some rubric knows."""

from __future__ import annotations

from collections.abc import Iterator

from agent.errors import LibraryError
from agent.library.library import Library
from agent.library.loading import Loaded
from agent.library.problem import Problem
from agent.library.rules.ids import refer
from agent.rubric import Competency, Rubric


def check_caps(loaded: Loaded, library: Library) -> Iterator[Problem]:
    """Caps whose `unless` names no indicator, or that are there twice."""
    del library
    rubric: Rubric = loaded.document
    for number, competency in enumerate(rubric.competencies):
        indicators = [indicator.id for indicator in competency.indicators]
        seen = set()
        for index, cap in enumerate(competency.caps):
            loc = ("competencies", number, "caps", index)
            if cap.unless is not None:
                yield from refer(loaded, (*loc, "unless"), f"indicator of {competency.id!r} called", cap.unless, indicators)
            if cap.counter in seen:
                yield loaded.problem((*loc, "counter"), f"{cap.counter!r} has a cap already; keep one")
            seen.add(cap.counter)


def check_fed_competencies(loaded: Loaded, library: Library) -> Iterator[Problem]:
    """Competencies of a twist that no rubric of the library has."""
    known = {competency.id for name in library.names("rubric") for competency in _competencies(library, name)}
    for index, name in enumerate(loaded.document.competencies):
        yield from refer(loaded, ("competencies", index), "competency", name, known)


def _competencies(library: Library, name: str) -> tuple[Competency, ...]:
    try:
        return library.rubric(name).competencies
    except LibraryError:
        return ()
