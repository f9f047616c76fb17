"""The director: what happens next. A pure function of the scene, the stage, the seed and the clock.

Strategies are asked in order. Each may add moves; one that takes the floor ends the turn, because its line wants an
answer. What the log owes the candidate (a position that moved, a twist that was settled or is due) is said in any case.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from agent.events import EndReason, TwistFired
from agent.interview import injection
from agent.interview.arc import begin, next_beat
from agent.interview.conduct import conduct
from agent.interview.consequences import consequences, contingency, pushback, recall
from agent.interview.decision import Decision
from agent.interview.followup import follow_up, press, stall
from agent.interview.overlap import insist
from agent.interview.room import aside, exchange
from agent.interview.situation import Situation
from agent.interview.telling import tell, unknown
from agent.move import Move, MoveKind
from agent.scenario import Ending, TwistUse


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
    for strategy in (*_REPLIES, *(() if news else _advances(s))):
        decision = strategy(s)
        if decision is None:
            continue
        moves += decision.moves
        if decision.floor and not (owed and strategy in _DEFERRING) and not news:
            return Plan(moves)
    if news:
        return Plan([*moves, _news(s, news)])
    return Plan(moves) if s.is_aside else _arc_is_over(s, moves)


def opening(s: Situation) -> Plan:
    """The first move of the scene."""
    return Plan([begin(s, s.stage.scenario.beats[0])])


def _overtime(s: Situation) -> EndReason | None:
    if s.time_is_up:
        return EndReason.TIME_UP
    return EndReason.TURN_LIMIT if s.scene["turns"] >= s.stage.scenario.max_turns else None


def _due_news(s: Situation) -> TwistUse | None:
    use = injection.due(s)
    if use is None or injection.is_overdue(use, s):
        return use
    return None if s.is_aside or s.asks_only or conduct(s) else use


def _news(s: Situation, use: TwistUse) -> Move:
    fired = TwistFired(at=s.now, twist=use.twist, by=use.by, reason=injection.reason(use, s), seed=s.scene["seed"])
    events = [fired.model_dump(mode="json")]
    return s.move("news", use.by, f"twist/{use.twist}/lines", ask="what changes now", events=events, aloud=True)


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
    return Plan([s.move(kind, by, pool, aloud=True) for kind, by, pool in kinds if s.can_say(pool)], reason, ending.id)


def _reached(s: Situation, ending: Ending) -> bool:
    states = [status["state"] for status in s.scene["twists"].values()]
    return {
        "positions_moved": any(stance["state"] == "moved" for stance in s.scene["positions"].values()),
        "twists_answered": bool(states) and all(state == "answered" for state in states),
        "twists_missed": "missed" in states,
        "always": True,
    }[ending.when]


def _advances(s: Situation) -> tuple[Strategy, ...]:
    return (unknown, aside) if s.is_aside else _ADVANCES


_DEFERRING: tuple[Strategy, ...] = (conduct, tell)
_REPLIES: tuple[Strategy, ...] = (conduct, tell, consequences)
_ADVANCES: tuple[Strategy, ...] = (insist, contingency, unknown, recall, exchange, pushback, press, follow_up, next_beat)
