"""Where authored lines lie, and which of them can still be said."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Mapping, Sequence

from agent.interview.stage import Stage
from agent.scene import Scene

PERSONAL_SHARE = 0.6
ALWAYS_PERSONAL = ("recall",)
"""Kinds that are pointless without the candidate's own words."""

_SLOT = re.compile(r"{(\w+)}")


def pool(stage: Stage, name: str) -> tuple[str, ...]:
    """The lines of a pool, in the order they were written.

    Names are `beat/ID`, `point/ID/probe|pickup`, `fact/ID/PERSONA`, `position/PERSONA/ID/FIELD`, `twist/SLUG/FIELD`,
    `exchange/ID/lines|reply`, `contingency/ID`, `wrong_turn/ARTIFACT/ID`, `ending/ID` and `persona/SLUG/KIND`.
    """
    kind, _, rest = name.partition("/")
    return tuple(_POOLS[kind](stage, *rest.split("/")))


def template_id(name: str, index: int) -> str:
    """The name of one authored line."""
    return f"{name}#{index}"


def sayable(stage: Stage, scene: Scene, name: str, slots: Mapping[str, str]) -> list[int]:
    """Which lines of a pool have not been said yet and find all their slots filled."""
    said = set(scene["templates"])
    return [
        index
        for index, line in enumerate(pool(stage, name))
        if template_id(name, index) not in said and all(slots.get(slot) for slot in _SLOT.findall(line))
    ]


def choose(stage: Stage, scene: Scene, name: str, slots: Mapping[str, str], rng: random.Random) -> tuple[str, str] | None:
    """A line of the pool with its slots filled, and its template id; None when nothing is left to say.

    A line that picks up the candidate's words is preferred to one that does not.
    """
    lines = pool(stage, name)
    left = sayable(stage, scene, name, slots)
    if not left:
        return None
    personal = [index for index in left if _SLOT.search(lines[index])]
    always = name.rpartition("/")[2] in ALWAYS_PERSONAL
    index = rng.choice(personal if personal and (always or rng.random() < PERSONAL_SHARE) else left)
    return fill(lines[index], slots), template_id(name, index)


def fill(line: str, slots: Mapping[str, str]) -> str:
    """The line with the slots that are known replaced; one that opens a sentence gets a capital letter."""

    def value(match: re.Match[str]) -> str:
        found = slots.get(match.group(1), match.group())
        opens = re.search(r"(?:^|[.!?]\s+[\"“]?|^[\"“])$", line[: match.start()]) is not None
        return found[:1].upper() + found[1:] if opens else found

    return _SLOT.sub(value, line)


def _beat(stage: Stage, beat: str) -> Sequence[str]:
    return stage.beats[beat].lines


def _point(stage: Stage, point: str, field: str) -> Sequence[str]:
    found = stage.points[point]
    return found.probe if field == "probe" else found.pickup


def _fact(stage: Stage, fact: str, persona: str) -> Sequence[str]:
    found = stage.facts[fact]
    return found.told_by.get(persona, found.told)


def _position(stage: Stage, persona: str, position: str, field: str) -> Sequence[str]:
    lines: Sequence[str] = getattr(stage.positions[f"{persona}/{position}"], field)
    return lines


def _twist(stage: Stage, twist: str, field: str) -> Sequence[str]:
    use, found = stage.uses[twist], stage.twists[twist]
    lines: Sequence[str] = use.lines if field == "lines" and use.lines else getattr(found, field)
    slots = {**found.slots, **use.slots}
    return [fill(line, slots) for line in lines]


def _exchange(stage: Stage, exchange: str, field: str) -> Sequence[str]:
    found = stage.exchanges[exchange]
    return found.lines if field == "lines" else found.reply


def _contingency(stage: Stage, contingency: str) -> Sequence[str]:
    return stage.contingencies[contingency].lines


def _wrong_turn(stage: Stage, artifact: str, wrong_turn: str) -> Sequence[str]:
    turns = next(found.wrong_turns for found in stage.scenario.artifacts if found.id == artifact)
    return next(found.lines for found in turns if found.id == wrong_turn)


def _ending(stage: Stage, ending: str) -> Sequence[str]:
    return next(found.lines for found in stage.scenario.endings if found.id == ending)


def _persona(stage: Stage, persona: str, kind: str) -> Sequence[str]:
    return stage.personas[persona].lines.get(kind, ())  # type: ignore[call-overload, no-any-return]


_POOLS: dict[str, Callable[..., Sequence[str]]] = {
    "beat": _beat,
    "point": _point,
    "fact": _fact,
    "position": _position,
    "twist": _twist,
    "exchange": _exchange,
    "contingency": _contingency,
    "wrong_turn": _wrong_turn,
    "ending": _ending,
    "persona": _persona,
}
