"""Authored lines: slots that exist, quotes in quotation marks, no wording twice."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

from agent.errors import NotInLibrary, nearest
from agent.library.library import Library
from agent.library.loading import Loaded
from agent.library.problem import Loc, Problem, Wrong, field_name
from agent.library.rules.walk import models, spoken
from agent.persona import SLOTS, Position

_BRACES = re.compile(r"\{([^{}]*)\}")
_WORDS = re.compile(r"[\w{}%$€£]+")
_QUOTED_SLOTS = ("quote", "earlier")


def check_lines(loaded: Loaded, library: Library) -> Iterator[Problem]:
    """Problems with the lines of a persona, scenario or twist."""
    for loc, line in spoken(loaded.document):
        yield from _check_slots(loaded, loc, line, {*SLOTS, *_own_slots(loaded, loc, library)})
    yield from _twice(loaded)
    for loc, position in models(loaded.document, Position):
        if position.hardens_when and not position.hardened:
            yield loaded.problem((*loc, "hardened"), "`hardens_when` is there, but no line to say then; write one")


@lru_cache(maxsize=50_000)
def wording(line: str) -> str:
    """What makes two lines the same to a listener: the words, without case and punctuation."""
    return " ".join(_WORDS.findall(line.lower()))


def slots_in(line: str) -> list[str]:
    """The names in braces in a line."""
    return _BRACES.findall(line)


def sayable(lines: Iterable[str], filled: Iterable[str] = ()) -> bool:
    """Whether a line needs no slot but those that are always filled."""
    always = set(filled)
    return any(set(slots_in(line)) <= always for line in lines)


def _own_slots(loaded: Loaded, loc: Loc, library: Library) -> set[str]:
    if loaded.kind == "twist":
        return set(loaded.document.slots)
    if loaded.kind == "scenario" and loc[0] == "twists":
        use = loaded.document.twists[loc[1]]
        return {*use.slots, *_declared(library, use.twist)}
    return set()


def _declared(library: Library, twist: str) -> set[str]:
    try:
        return set(library.twist(twist).slots)
    except (NotInLibrary, Wrong):
        return set()


def _check_slots(loaded: Loaded, loc: Loc, line: str, known: set[str]) -> Iterator[Problem]:
    for slot in slots_in(line):
        if slot not in known:
            yield loaded.problem(loc, f"unknown slot {{{slot}}}{nearest(slot, known) or '; known are ' + ', '.join(sorted(known))}")
    if any(brace in _BRACES.sub("", line) for brace in "{}"):
        yield loaded.problem(loc, "a brace has no partner; slots are written {quote}")
    for slot in _QUOTED_SLOTS:
        if f"{{{slot}}}" in line and f'"{{{slot}}}' not in line:
            yield loaded.problem(loc, f'{{{slot}}} holds the candidate\'s words; put it in double quotes: "{{{slot}}}"', "warning")


def _twice(loaded: Loaded) -> Iterator[Problem]:
    first: dict[str, Loc] = {}
    for loc, line in spoken(loaded.document):
        words = wording(line)
        if words in first:
            yield loaded.problem(loc, f"the same wording as {field_name(first[words])}; write another line")
        first.setdefault(words, loc)
