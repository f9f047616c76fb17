"""What a person does about an answer that is none: silence, hostility, a request for time, a monologue."""

from __future__ import annotations

from typing import NamedTuple

from agent.interview.decision import Decision
from agent.interview.ledger import is_open
from agent.interview.situation import Situation
from agent.observation import Act
from agent.persona import LineKind


class _Rule(NamedTuple):
    act: Act
    kind: LineKind
    floor: bool
    at_most: int
    up_to_words: int = 10_000


_RULES = (
    _Rule("hostile", "hostile", floor=True, at_most=3),
    _Rule("instructs_grader", "meta", floor=True, at_most=2),
    _Rule("meta", "meta", floor=True, at_most=2, up_to_words=40),
    _Rule("thinking", "take_your_time", floor=True, at_most=3, up_to_words=25),
    _Rule("dont_know", "dont_know", floor=True, at_most=3, up_to_words=12),
    _Rule("too_short", "too_short", floor=True, at_most=4),
    _Rule("blame", "blame", floor=True, at_most=2),
    _Rule("insistence", "insistence", floor=True, at_most=4, up_to_words=60),
    _Rule("off_topic", "off_topic", floor=True, at_most=2, up_to_words=40),
    _Rule("flattery", "flattery", floor=False, at_most=2),
    _Rule("rambling", "rambling", floor=False, at_most=4),
)


def conduct(s: Situation) -> Decision | None:
    """The move for the first rule that applies, by whoever was addressed or spoke last."""
    by = s.responder
    for rule in _RULES:
        pool = f"persona/{by}/{rule.kind}"
        if _applies(rule, s) and _said(s, pool) < rule.at_most and s.can_say(pool):
            return Decision([s.move("conduct", by, pool)], floor=rule.floor)
    return None


def silence(s: Situation) -> Decision | None:
    """The move for an answer that did not come."""
    pool = f"persona/{s.speaker}/silence"
    return Decision([s.move("conduct", s.speaker, pool)], floor=True) if s.can_say(pool) else None


def _applies(rule: _Rule, s: Situation) -> bool:
    if rule.act not in s.acts or s.seen["words"] > rule.up_to_words:
        return False
    if rule.act == "insistence":
        return not s.changes and any(is_open(s.scene, name) for name in s.stage.positions)
    return not (rule.act in ("dont_know", "too_short") and (s.seen["facts"] or s.seen["points"] or s.seen["behaviours"]))


def _said(s: Situation, pool: str) -> int:
    return sum(template.startswith(f"{pool}#") for template in s.scene["templates"])
