"""When a twist comes, when it is forced, and when it is settled."""

from __future__ import annotations

from agent.events import Quote, TwistForced, TwistSettled
from agent.interview.situation import Situation
from agent.scenario import TwistUse

CLEAR = 0.65
CLEAR_WHEN_PRESSED = 0.50
"""Strength at which a single behaviour is an answer to the news, at once and after it was put a second time."""


def due(s: Situation) -> TwistUse | None:
    """The twist that comes now, if any: one at a time, and not in the turn that settled another unless it is late."""
    if s.running_twist:
        return None
    waiting = s.waiting_twists
    late = next((use for use in waiting if is_overdue(use, s)), None)
    return late or (None if s.settled else next((use for use in waiting if is_triggered(use, s)), None))


def is_overdue(use: TwistUse, s: Situation) -> bool:
    """Whether a twist comes in any case: its deadline in turns is reached, or its share of the clock is used up."""
    if use.when == "manual":
        return False
    uses = s.stage.scenario.twists
    share = (uses.index(use) + 1) / (len(uses) + 1)
    return s.scene["turns"] >= use.deadline or 0 < s.scene["minutes"] * share <= s.minutes


def is_triggered(use: TwistUse, s: Situation) -> bool:
    """Whether the trigger of a twist is met."""
    turns, value = s.scene["turns"], use.value
    if use.when == "turn":
        return turns >= int(value)
    if use.when == "elapsed":
        return s.minutes >= float(value)
    if use.when == "beat":
        return value in s.scene["beats"] and (s.scene["beat"] != value or turns > s.scene["beat_turn"])
    if use.when == "fact":
        return value in s.scene["facts"]
    if use.when == "heard":
        return value in s.scene["points"]
    if use.when == "run":
        return (value == "passed") in s.scene["runs"]
    if use.when == "manual":
        return False
    return any(stance["state"] == "moved" for name, stance in s.scene["positions"].items() if name.endswith(f"/{value}"))


def reason(use: TwistUse, s: Situation) -> str:
    """Why the twist comes now, for the log."""
    if is_triggered(use, s):
        return f"{use.when} {use.value}"
    return f"deadline {use.deadline}" if s.scene["turns"] >= use.deadline else "the clock"


def settle(s: Situation) -> list[TwistForced | TwistSettled]:
    """What the last answer did to the running twist: answered, forced, missed, or nothing yet."""
    return answered(s) or (_out_of_patience(s, s.running_twist) if s.running_twist else [])


def answered(s: Situation) -> list[TwistForced | TwistSettled]:
    """The running twist settled, if the last answer was an answer to it."""
    slug = s.running_twist
    if slug is None:
        return []
    heard = {
        seen["id"].split("/", 1)[1]: Quote(turn=s.scene["answer_turn"], text=seen["quote"])
        for seen in s.seen["behaviours"]
        if seen["id"].startswith(f"{slug}/") and s.hears(s.stage.uses[slug].by)
    }
    if heard and (len(heard) > 1 or _is_clear(s, slug)):
        return [TwistSettled(at=s.now, twist=slug, outcome="answered", behaviours=heard)]
    return []


def _is_clear(s: Situation, slug: str) -> bool:
    """One behaviour alone settles a twist when it is clearly shown; after the point was pressed, a little less clearly."""
    enough = CLEAR_WHEN_PRESSED if s.scene["twists"][slug]["state"] == "forced" else CLEAR
    return any(seen.get("strength", 1.0) >= enough for seen in s.seen["behaviours"] if seen["id"].startswith(f"{slug}/"))


def _out_of_patience(s: Situation, slug: str) -> list[TwistForced | TwistSettled]:
    status = s.scene["twists"][slug]
    patience = s.stage.twists[slug].patience + (1 if s.asks_only else 0)
    if s.scene["turns"] - status["since"] < patience:
        return []
    if status["state"] == "fired":
        return [TwistForced(at=s.now, twist=slug)]
    return [TwistSettled(at=s.now, twist=slug, outcome="missed")]
