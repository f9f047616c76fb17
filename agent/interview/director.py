"""The director: what happens next. A pure function of the scene, the stage, the seed and the clock.

Strategies are asked in order. Each may add moves; one that takes the floor ends the turn, because its line wants an
answer. What the log owes the candidate (a position that moved, a twist that was settled or is due) is said in any case.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import NamedTuple

from agent.events import BeatStarted, EndReason, FactRevealed, PositionMoved, Quote, TwistFired
from agent.interview import injection
from agent.interview.conduct import conduct
from agent.interview.decision import Decision
from agent.interview.followup import follow_up, press, stall
from agent.interview.ledger import is_open, stance
from agent.interview.situation import Situation
from agent.move import Move, MoveKind
from agent.persona import LineKind
from agent.scenario import Beat, Ending, TwistUse

PUSHBACK_EVERY = 3
"""Candidate turns between two pushbacks, at least."""
TOLD_AT_ONCE = 2
QUESTIONS_IN_A_ROW = 4
"""After so many turns of nothing but questions, somebody wants an answer (more for a patient person)."""


class Plan(NamedTuple):
    """The moves of this turn, and why the scene ends with them, if it does."""

    moves: list[Move]
    ends: EndReason | None = None
    ending: str | None = None


Strategy = Callable[[Situation], Decision | None]


def direct(s: Situation) -> Plan:
    """The moves that follow the last answer."""
    over = _overtime(s)
    if over:
        return _closing(s, over)
    news = _due_news(s)
    owed = bool(news or s.settled or s.changes)
    moves: list[Move] = []
    for strategy in (*_REPLIES, *(() if news else _ADVANCES)):
        decision = strategy(s)
        if decision is None:
            continue
        moves += decision.moves
        if decision.floor and not (owed and strategy in _DEFERRING) and not news:
            return Plan(moves)
    if news:
        return Plan([*moves, _news(s, news)])
    return _arc_is_over(s, moves)


def opening(s: Situation) -> Plan:
    """The first move of the scene."""
    return Plan([_begin(s, s.stage.scenario.beats[0], lead=None)])


def _overtime(s: Situation) -> EndReason | None:
    if s.time_is_up:
        return EndReason.TIME_UP
    return EndReason.TURN_LIMIT if s.scene["turns"] >= s.stage.scenario.max_turns else None


def _due_news(s: Situation) -> TwistUse | None:
    use = injection.due(s)
    if use is None or s.scene["turns"] >= use.deadline:
        return use
    return None if conduct(s) else use


def _news(s: Situation, use: TwistUse) -> Move:
    fired = TwistFired(at=s.now, twist=use.twist, by=use.by, reason=injection.reason(use, s), seed=s.scene["seed"])
    return s.move("news", use.by, f"twist/{use.twist}/lines", ask="what changes now", events=[fired.model_dump(mode="json")])


def _tell(s: Situation) -> Decision | None:
    asked = [heard for heard in s.seen["facts"] if heard["id"] not in s.scene["facts"]][:TOLD_AT_ONCE]
    moves = [_telling(s, heard["id"], heard["quote"]) for heard in asked] or _retelling(s)
    return Decision(moves, floor=s.asks_only) if moves else None


def _telling(s: Situation, fact: str, question: str) -> Move:
    by = _who_knows(s, fact)
    quote = Quote(turn=s.scene["answer_turn"], text=question)
    event = FactRevealed(at=s.now, fact=fact, by=by, question=quote).model_dump(mode="json")
    return s.move("tell", by, f"fact/{fact}/{by}", events=[event])


def _who_knows(s: Situation, fact: str) -> str:
    knowing = s.stage.facts[fact].known_by
    asked = [s.seen["addressed"], s.speaker]
    return next((persona for persona in asked if persona in knowing), knowing[0])


def _retelling(s: Situation) -> list[Move]:
    known = [heard["id"] for heard in s.seen["facts"] if heard["id"] in s.scene["facts"]][:1]
    moves = []
    for fact in known:
        by = _who_knows(s, fact)
        slots = {"fact": s.stage.facts[fact].short}
        if s.asks_only and s.can_say(f"persona/{by}/told_already", s.slots(**slots)):
            moves.append(s.move("retell", by, f"persona/{by}/told_already", slots=slots))
    return moves


def _consequences(s: Situation) -> Decision | None:
    """What the last answer did to positions and to the running twist."""
    decisions = [decision for decision in (_positions(s), _twist_progress(s)) if decision]
    moves = [move for decision in decisions for move in decision.moves]
    return Decision(moves, floor=any(decision.floor for decision in decisions)) if decisions else None


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


def _unknown(s: Situation) -> Decision | None:
    if not s.asks_only or s.seen["facts"] or s.settled:
        return None
    by = s.seen["addressed"] or s.speaker
    patience = QUESTIONS_IN_A_ROW + round(2 * s.stage.personas[by].temperament.patience)
    again = s.scene["last_move"] == "unknown"
    kind: LineKind = "enough_questions" if again or s.scene["questions_in_a_row"] >= patience else "unknown_question"
    pool = f"persona/{by}/{kind}"
    return Decision([s.move("unknown", by, pool)], floor=not again) if s.can_say(pool) else None


def _pushback(s: Situation) -> Decision | None:
    if s.beat is None or s.beat.kind not in ("core", "pressure") or s.running_twist or s.settled or s.changes:
        return None
    if s.scene["turns"] - s.scene["last_pushback"] < PUSHBACK_EVERY or not s.seen["points"] or s.is_late:
        return None
    for name in _held(s):
        persona, position = name.split("/")
        pool = f"position/{persona}/{position}/pushback"
        if s.can_say(pool):
            return Decision([s.move("pushback", persona, pool, ask="why that view is wrong")], floor=True)
    return None


def _held(s: Situation) -> Iterable[str]:
    """Positions that are still held: the ones under discussion first."""
    names = [name for name in s.stage.positions if is_open(s.scene, name)]
    return sorted(names, key=lambda name: len(stance(s.scene, name)["met"]) == 0)


def _next_beat(s: Situation) -> Decision | None:
    beat = s.beats_left[-1] if s.beats_left and s.is_late and not s.waiting_twists else _following(s)
    if beat is None:
        return None
    hand_over = _hand_over(s, beat)
    lead: LineKind | None = None if hand_over else "bridge"
    return Decision([*hand_over, _begin(s, beat, lead=lead)], floor=True)


def _following(s: Situation) -> Beat | None:
    return next((beat for beat in s.beats_left if not _is_answered(s, beat)), None)


def _is_answered(s: Situation, beat: Beat) -> bool:
    """Whether all that the beat asks for came up before it was asked."""
    may_be_skipped = beat.skip_if_heard or beat.kind in ("warmup", "core")
    return may_be_skipped and bool(beat.points) and all(point.id in s.scene["points"] for point in beat.points)


def _hand_over(s: Situation, beat: Beat) -> list[Move]:
    slots = {"name": s.stage.name(beat.by).split()[0]}
    pool = f"persona/{s.speaker}/hand_over"
    if beat.by == s.speaker or s.rng.random() < 0.4 or not s.can_say(pool, s.slots(**slots)):
        return []
    return [s.move("hand_over", s.speaker, pool, slots=slots)]


def _begin(s: Situation, beat: Beat, lead: LineKind | None) -> Move:
    event = BeatStarted(at=s.now, beat=beat.id).model_dump(mode="json")
    return Move(
        kind="beat", speaker=beat.by, pool=f"beat/{beat.id}", lead=lead, slots={}, ask=beat.ask, point=None, events=[event]
    )  # fmt: skip


def _arc_is_over(s: Situation, moves: list[Move]) -> Plan:
    waiting = s.waiting_twists
    if waiting and not s.running_twist:
        return Plan([*moves, _news(s, waiting[0])])
    waits = stall(s) if s.running_twist else None
    if waits:
        return Plan([*moves, *waits.moves])
    closing = _closing(s, EndReason.ARC_FINISHED)
    return Plan([*moves, *closing.moves], closing.ends, closing.ending)


def _closing(s: Situation, reason: EndReason) -> Plan:
    ending = next(ending for ending in (*s.stage.scenario.endings, s.stage.scenario.endings[-1]) if _reached(s, ending))
    host = s.stage.host
    kinds: list[tuple[MoveKind, str, str]] = [("ending", ending.by, f"ending/{ending.id}"), ("farewell", host, f"persona/{host}/farewell")]
    if reason is EndReason.TIME_UP:
        kinds[0] = ("time_up", host, f"persona/{host}/time_up")
    return Plan([s.move(kind, by, pool) for kind, by, pool in kinds if s.can_say(pool)], reason, ending.id)


def _reached(s: Situation, ending: Ending) -> bool:
    states = [status["state"] for status in s.scene["twists"].values()]
    return {
        "positions_moved": any(stance["state"] == "moved" for stance in s.scene["positions"].values()),
        "twists_answered": bool(states) and all(state == "answered" for state in states),
        "twists_missed": "missed" in states,
        "always": True,
    }[ending.when]


_DEFERRING: tuple[Strategy, ...] = (conduct, _tell)
_REPLIES: tuple[Strategy, ...] = (conduct, _tell, _consequences)
_ADVANCES: tuple[Strategy, ...] = (_unknown, _pushback, press, follow_up, _next_beat)
