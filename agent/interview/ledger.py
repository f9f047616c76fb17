"""The ledger of positions: held until every condition is met, and moved by nothing else."""

from __future__ import annotations

from typing import Literal

from agent.events import PositionMoved, Quote
from agent.interview.stage import Stage
from agent.observation import Observation
from agent.scene import Scene, Stance

OPEN: Stance = {"state": "held", "met": []}


def stance(scene: Scene, position: str) -> Stance:
    """Where `persona/position` stands."""
    return scene["positions"].get(position, OPEN)


def is_open(scene: Scene, position: str) -> bool:
    """Whether it has not moved yet."""
    return stance(scene, position)["state"] != "moved"


def settle(scene: Scene, stage: Stage, seen: Observation, at: float) -> list[PositionMoved]:
    """What the last answer did to the position of everybody who heard it."""
    heard = [name for name in stage.positions if scene["to"] in (None, name.split("/")[0])]
    return [event for name in heard if is_open(scene, name) for event in _changes(scene, stage, seen, name, at)]


def _changes(scene: Scene, stage: Stage, seen: Observation, name: str, at: float) -> list[PositionMoved]:
    persona, position = name.split("/")
    met = list(stance(scene, name)["met"])
    events = []
    for heard in seen["conditions"]:
        owner, _, condition = heard["id"].rpartition("/")
        if owner != name or condition in met:
            continue
        met.append(condition)
        needed = {needed.id for needed in stage.positions[name].moves_when}
        quote = Quote(turn=scene["answer_turn"], text=heard["quote"])
        to: Literal["moved", "softened"] = "moved" if needed <= set(met) else "softened"
        events.append(PositionMoved(at=at, persona=persona, position=position, to=to, condition=condition, by=quote))
    return events or _hardening(scene, seen, name, at)


def _hardening(scene: Scene, seen: Observation, name: str, at: float) -> list[PositionMoved]:
    persona, position = name.split("/")
    if stance(scene, name)["state"] == "hardened":
        return []
    return [
        PositionMoved(
            at=at,
            persona=persona,
            position=position,
            to="hardened",
            condition=None,
            by=Quote(turn=scene["answer_turn"], text=heard["quote"]),
        )
        for heard in seen["hardening"]
        if heard["id"] == name
    ][:1]
