"""What an answer brings about: positions that move, a twist that is settled, a move somebody was waiting for, words held against words."""

from __future__ import annotations

from collections.abc import Iterable

from agent.events import ContingencyMet, PositionMoved, Quote
from agent.interview.decision import Decision
from agent.interview.ledger import is_open, stance
from agent.interview.situation import Situation
from agent.move import Move

PUSHBACK_EVERY = 3
"""Candidate turns between two pushbacks, at least."""
RECALLS = 3
"""Contradictions that are held against the candidate in one session, at most."""


def consequences(s: Situation) -> Decision | None:
    """What the last answer did to positions and to the running twist."""
    decisions = [decision for decision in (_positions(s), _twist_progress(s)) if decision]
    moves = [move for decision in decisions for move in decision.moves]
    return Decision(moves, floor=any(decision.floor for decision in decisions)) if decisions else None


def contingency(s: Situation) -> Decision | None:
    """What somebody does about a typical move, once."""
    for heard in s.seen["contingencies"]:
        found = s.stage.contingencies[heard["id"]]
        if found.id in s.scene["contingencies"] or not s.hears(found.by):
            continue
        quote = Quote(turn=s.scene["answer_turn"], text=heard["quote"])
        event = ContingencyMet(at=s.now, contingency=found.id, by=quote).model_dump(mode="json")
        return Decision([s.move("contingency", found.by, f"contingency/{found.id}", ask=found.ask, events=[event])], floor=True)
    return None


def recall(s: Situation) -> Decision | None:
    """Earlier words that the answer contradicts, held against it by somebody who heard both."""
    found = s.seen["recall"]
    if found is None or found["turn"] in s.scene["recalled"] or s.scene["moves"].get("recall", 0) >= RECALLS:
        return None
    by, slots = s.responder, {"earlier": found["earlier"], "quote": found["quote"]}
    pool = f"persona/{by}/recall"
    if not s.can_say(pool, s.slots(by, **slots)):
        return None
    return Decision([s.move("recall", by, pool, ask="which of the two holds", slots=slots)], floor=True)


def pushback(s: Situation) -> Decision | None:
    """Another argument for a view that is still held."""
    if s.to or s.beat is None or s.beat.kind not in ("core", "pressure") or s.running_twist or s.settled or s.changes:
        return None
    if s.scene["turns"] - s.scene["last_pushback"] < PUSHBACK_EVERY or not s.seen["points"] or s.is_late:
        return None
    for name in _held(s):
        persona, position = name.split("/")
        pool = f"position/{persona}/{position}/pushback"
        if s.hears(persona) and s.can_say(pool):
            return Decision([s.move("pushback", persona, pool, ask="why that view is wrong")], floor=True)
    return None


def _positions(s: Situation) -> Decision | None:
    """Every position that moved, or else the one that hardened or came closer."""
    moved = [change for change in s.changes if change.to == "moved"]
    said = [move for change in moved or s.changes[:1] for move in _position_move(s, change)]
    return Decision(said, floor=not moved) if said else None


def _position_move(s: Situation, change: PositionMoved) -> list[Move]:
    pool = f"position/{change.persona}/{change.position}/{change.to}"
    ask = None if change.to == "moved" else "what would change that view"
    return [s.move(change.to, change.persona, pool, ask=ask)] if s.can_say(pool) else []


def _twist_progress(s: Situation) -> Decision | None:
    for event in s.settled:
        by = s.stage.uses[event.twist].by
        if event.type == "twist_forced":
            return Decision([s.move("force", by, f"twist/{event.twist}/force", ask="what changes now")], floor=True)
        return Decision([s.move(event.outcome, by, f"twist/{event.twist}/{event.outcome}")], floor=False)
    return None


def _held(s: Situation) -> Iterable[str]:
    """Positions that are still held: those of whoever was silent longest first, and the ones under discussion before others."""
    names = [name for name in s.stage.positions if is_open(s.scene, name)]
    return sorted(names, key=lambda name: (len(stance(s.scene, name)["met"]) == 0, s.scene["spoke"].get(name.split("/")[0], -1)))
