"""Several people in a room: who takes the word, who contradicts whom, and words in private."""

from __future__ import annotations

from agent.events import ExchangeBegan
from agent.interview.decision import Decision
from agent.interview.situation import Situation
from agent.scenario import Exchange

BETWEEN_EXCHANGES = 2
"""Candidate turns between two disagreements, at least."""
TALKATIVE = 0.15
WAITING = 0.05
"""What each turn of saying nothing adds to the wish to speak, for up to four turns."""
STAYS = 0.1
"""How much keener somebody has to be than the person whose turn it is."""


def keenest(s: Situation) -> str:
    """Who takes the last answer up: who was addressed, or who finds most of their interests in it, talks most, waited longest."""
    if s.to or s.seen["addressed"] or not s.seen["interest"]:
        return s.responder
    return max(s.seen["interest"], key=lambda persona: (_wish(s, persona), persona))


def exchange(s: Situation) -> Decision | None:
    """A disagreement between two people, when what sets it off has happened."""
    if s.to or s.running_twist or s.settled or s.is_late or s.scene["turns"] - s.scene["exchange_turn"] < BETWEEN_EXCHANGES:
        return None
    found = next((one for one in s.stage.scenario.exchanges if one.id not in s.scene["exchanges"] and _is_due(s, one)), None)
    if found is None:
        return None
    event = ExchangeBegan(at=s.now, exchange=found.id).model_dump(mode="json")
    return Decision(
        [
            s.move("exchange", found.by, f"exchange/{found.id}/lines", events=[event]),
            s.move("exchange", found.reply_by, f"exchange/{found.id}/reply", ask=found.ask),
        ],
        floor=True,
    )


def aside(s: Situation) -> Decision | None:
    """Taking note of something that was said in private; the talk goes on where it was."""
    pool = f"persona/{s.to}/aside"
    return Decision([s.move("aside", s.to, pool)], floor=True) if s.to and s.can_say(pool) else None


def _wish(s: Situation, persona: str) -> float:
    silent = min(4, s.scene["turns"] - s.scene["spoke"].get(persona, 0))
    talkative = s.stage.personas[persona].temperament.talkativeness
    return s.seen["interest"][persona] + TALKATIVE * talkative + WAITING * silent + STAYS * (persona == s.speaker)


def _is_due(s: Situation, one: Exchange) -> bool:
    if one.when == "beat":
        return one.value in s.scene["beats"] and (s.scene["beat"] != one.value or s.scene["turns"] > s.scene["beat_turn"])
    if one.when == "heard":
        return one.value in s.scene["points"]
    if one.when == "fact":
        return one.value in s.scene["facts"]
    if one.when == "twist":
        return one.value in s.scene["twists"] and s.running_twist is None
    return any(stance["state"] == "moved" for name, stance in s.scene["positions"].items() if name.endswith(f"/{one.value}"))
