"""Words for one person alone, and words for everybody: `/aside NAME TEXT` and `/room TEXT`."""

from __future__ import annotations

from typing import NamedTuple

from agent.interview.stage import Stage


class Aimed(NamedTuple):
    """What is said, and to whom: a persona, or 'room'."""

    text: str
    to: str


def aimed(text: str, stage: Stage) -> Aimed | str | None:
    """What a line says to whom; a sentence about what is missing; None when it is not addressed in this way."""
    command, _, rest = text.partition(" ")
    if command == "/room":
        return Aimed(rest.strip(), "room") if rest.strip() else "Say what everybody should hear: /room TEXT"
    if command != "/aside":
        return None
    persona, said = _addressee(rest.strip(), stage)
    if persona and said:
        return Aimed(said, persona)
    names = ", ".join(stage.first_name(slug) for slug in stage.personas)
    return f"Say to whom and what: /aside NAME TEXT. In the room: {names}."


def _addressee(rest: str, stage: Stage) -> tuple[str | None, str]:
    """By full name, first name, last name, role or slug, the longest that fits."""
    called = [(name, slug) for slug in stage.personas for name in _names(slug, stage)]
    for name, slug in sorted(called, key=lambda pair: -len(pair[0])):
        if rest.lower().startswith(name) and not rest[len(name) : len(name) + 1].isalnum():
            return slug, rest[len(name) :].lstrip(" ,:")
    return None, ""


def _names(slug: str, stage: Stage) -> list[str]:
    name = stage.name(slug).lower()
    return [name, *name.split(), slug, stage.title(slug).lower()]
