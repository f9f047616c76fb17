"""What can still be heard in the last answer: what has come up, was told, met or settled before is not open."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from agent.interview import ledger
from agent.interview.situation import Situation
from agent.interview.stage import Stage
from agent.observation import Observation
from agent.scenario import Fact, Point
from agent.scene import Scene

WORDS = 3
"""Examples of what hardens a position that are shown."""


@dataclass(frozen=True)
class StillOpen:
    """By id: points with what they ask, facts with a question for them, conditions and behaviours in words, hardening with examples.

    `taken` are points of the current beat that were heard in this answer for the first time, with the sentence that was
    taken for each; `wanting` the conditions that a question can meet.
    """

    points: Mapping[str, str]
    facts: Mapping[str, str]
    conditions: Mapping[str, str]
    wanting: frozenset[str]
    hardening: Mapping[str, tuple[str, ...]]
    behaviours: Mapping[str, str]
    people: Mapping[str, str]
    taken: Mapping[str, str]


def still_open(stage: Stage, scene: Scene, seen: Observation) -> StillOpen:
    """What is open in `scene`, which has the answer in and its observation `seen` not yet."""
    s = Situation(scene, stage, scene["now"])
    conditions = dict(_conditions(s))
    return StillOpen(
        points={point.id: point.ask for point in _points(s)},
        facts={fact.id: fact.asked.examples[0] for fact in _facts(s)},
        conditions={name: text for name, (text, _) in conditions.items()},
        wanting=frozenset(name for name, (_, kind) in conditions.items() if kind == "empathy"),
        hardening=dict(_hardening(s)),
        behaviours=dict(_behaviours(s)),
        people={slug: f"{stage.name(slug)}, {stage.title(slug)}" for slug in stage.personas},
        taken=_taken(s, seen),
    )


def _known(s: Situation) -> set[str]:
    """Points that came up before, for those who hear this answer."""
    return {*s.scene["points"], *(s.scene["heard_alone"].get(s.to, []) if s.to else [])}


def _points(s: Situation) -> list[Point]:
    beats = [*([s.beat] if s.beat else []), *s.beats_left]
    known = _known(s)
    return list({point.id: point for beat in beats for point in beat.points if point.id not in known}.values())


def _facts(s: Situation) -> list[Fact]:
    hidden = [fact for fact in s.stage.scenario.facts if fact.id not in s.scene["facts"] and fact.id not in s.void_facts]
    return [fact for fact in hidden if any(s.hears(persona) for persona in fact.known_by)]


def _conditions(s: Situation) -> Iterator[tuple[str, tuple[str, str]]]:
    for name, position in s.stage.positions.items():
        if s.hears(name.split("/")[0]) and ledger.is_open(s.scene, name):
            met = ledger.stance(s.scene, name)["met"]
            yield from ((f"{name}/{one.id}", (one.text, one.kind)) for one in position.moves_when if one.id not in met)


def _hardening(s: Situation) -> Iterator[tuple[str, tuple[str, ...]]]:
    for name, position in s.stage.positions.items():
        is_soft = ledger.stance(s.scene, name)["state"] in ("held", "softened")
        if position.hardens_when and is_soft and s.hears(name.split("/")[0]):
            yield name, position.hardens_when.examples[:WORDS]


def _behaviours(s: Situation) -> Iterator[tuple[str, str]]:
    slug = s.running_twist
    if slug and s.hears(s.stage.uses[slug].by):
        yield from ((f"{slug}/{one.id}", one.text) for one in s.stage.twists[slug].behaviours)


def _taken(s: Situation, seen: Observation) -> dict[str, str]:
    current = {point.id for point in (s.beat.points if s.beat else ())} - _known(s)
    return {heard["id"]: heard["quote"] for heard in seen["points"] if heard["id"] in current}
