"""Follow-ups: on what the candidate said, on what was left out, and on a question that was not answered."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from agent.interview.decision import Decision
from agent.interview.echo import best_clause
from agent.interview.room import keenest
from agent.interview.situation import Situation
from agent.move import Move
from agent.observation import Act
from agent.persona import LineKind

UNRELATED = 0.2
"""Below this cosine to the open question, a longer answer counts as an answer to something else."""
LEAD_SHARE = 0.6
COLLEAGUE_SHARE = 0.6
"""How often somebody who is keener than the last speaker asks first."""

_FOLLOW: tuple[tuple[Act, LineKind], ...] = (
    ("vague", "probe_vague"),
    ("jargon", "probe_jargon"),
    ("number", "probe_number"),
    ("choice", "probe_choice"),
    ("owner", "probe_limits"),
    ("example", "probe_limits"),
    ("reason", "probe_limits"),
)
_REACTIONS: tuple[tuple[Act, LineKind], ...] = (
    ("vague", "react_vague"),
    ("number", "react_number"),
    ("choice", "react_choice"),
    ("empathy", "react_empathy"),
    ("question", "react_question"),
)


def press(s: Situation) -> Decision | None:
    """The open question again, once, when the answer had nothing to do with it."""
    ask, point = s.scene["ask"], s.scene["point"]
    pool = f"persona/{s.speaker}/probe_unanswered"
    if not ask or point is None or ask in s.scene["pressed"] or s.asks_only or s.seen["points"]:
        return None
    if s.seen["relatedness"] >= UNRELATED or s.seen["words"] < 6 or not s.can_say(pool, s.slots(ask=ask)):
        return None
    return Decision([s.move("press", s.speaker, pool, ask=ask, point=point, slots={"ask": ask})], floor=True)


def follow_up(s: Situation) -> Decision | None:
    """The next follow-up of this beat, while it has any left."""
    if s.beat is None or s.scene["followups"] >= s.beat.followups or s.settled or s.is_late:
        return None
    for option in _preferred(s):
        move = next(option(s), None)
        if move:
            return Decision([move], floor=True)
    return None


def stall(s: Situation) -> Decision | None:
    """Any follow-up on the candidate's words, to leave room for a twist that is not settled."""
    move = next(_own(s), None) or next(_any(s), None)
    return Decision([move], floor=True) if move else None


def _preferred(s: Situation) -> list[Callable[[Situation], Iterator[Move]]]:
    """A weak spot first; then, in turns, what was said and what was left out. Somebody else in the room may be keener than either."""
    if keenest(s) != s.speaker and s.rng.random() < COLLEAGUE_SHARE:
        return [_own, _pickup, _left_out]
    if {"vague", "jargon"} & set(s.acts) and s.scene["followups"] == 0:
        return [_weak_spot, _pickup, _left_out, _own]
    if s.scene["followups"] % 2 == 0:
        return [_pickup, _left_out, _own]
    return [_left_out, _pickup, _own]


def _weak_spot(s: Situation) -> Iterator[Move]:
    return _follow(s, [pair for pair in _FOLLOW if pair[0] in ("vague", "jargon")])


def _own(s: Situation) -> Iterator[Move]:
    """The person's own follow-up, by what kind of thing the candidate said; 'why' where no reason was given."""
    why: list[tuple[Act, LineKind]] = [] if "reason" in s.acts else [("choice", "probe_why")]
    return _follow(s, [*why, *_FOLLOW])


def _any(s: Situation) -> Iterator[Move]:
    kinds: tuple[LineKind, ...] = ("probe_limits", "probe_example", "probe_why", "probe_owner")
    for kind in kinds:
        pool = f"persona/{s.speaker}/{kind}"
        if s.can_say(pool):
            yield s.move("follow", s.speaker, pool)


def _follow(s: Situation, kinds: list[tuple[Act, LineKind]]) -> Iterator[Move]:
    by = keenest(s)
    for act, kind in kinds:
        pool = f"persona/{by}/{kind}"
        if act in s.acts and s.can_say(pool) and (act != "number" or s.slots(by)["number"]):
            yield s.move("follow", by, pool, lead=_entry(s, by), slots=_entry_slots(s, by))


def _pickup(s: Situation) -> Iterator[Move]:
    """On a point the candidate touched just now, with the words that touched it; a question of theirs is no claim."""
    assert s.beat
    for heard in s.seen["points"]:
        point = next((point for point in s.beat.points if point.id == heard["id"] and s.hears(s.stage.askers[point.id])), None)
        asked = any(question in heard["quote"] for question in s.seen["questions"])
        if point is None or point.id in s.scene["probed"] or asked:
            continue
        by, pool, slots = s.stage.askers[point.id], f"point/{point.id}/pickup", {"quote": best_clause(heard["quote"])}
        if s.can_say(pool, s.slots(by, **slots)):
            yield s.move("pickup", by, pool, ask=point.ask, point=point.id, slots={**_entry_slots(s, by), **slots}, lead=_lead(s, by))


def _left_out(s: Situation) -> Iterator[Move]:
    """On a point of this beat that nobody has touched."""
    assert s.beat
    for point in s.open_points:
        by, pool = s.stage.askers[point.id], f"point/{point.id}/probe"
        if s.hears(by) and s.can_say(pool, s.slots(by)):
            yield s.move("probe", by, pool, ask=point.ask, point=point.id, slots=_entry_slots(s, by), lead=_lead(s, by))


def _entry(s: Situation, by: str) -> LineKind | None:
    """How somebody takes the word after a colleague."""
    return "take_over" if by != s.speaker and s.to is None else None


def _entry_slots(s: Situation, by: str) -> dict[str, str]:
    return {"name": s.stage.first_name(s.speaker)} if by != s.speaker else {}


def _lead(s: Situation, by: str) -> LineKind | None:
    """A reaction to go before the follow-up, now and then; none right after a fact was told."""
    if _entry(s, by) and s.rng.random() < LEAD_SHARE:
        return "take_over"
    if s.seen["facts"] or s.rng.random() > LEAD_SHARE:
        return None
    fits = [(act, kind) for act, kind in _REACTIONS if act in s.acts and (act != "number" or s.slots()["number"])]
    return fits[0][1] if fits else "react_plain"
