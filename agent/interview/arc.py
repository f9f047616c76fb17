"""The arc: which beat comes next, and who is handed the word for it."""

from __future__ import annotations

from agent.events import BeatStarted
from agent.interview.decision import Decision
from agent.interview.situation import Situation
from agent.move import Move
from agent.persona import LineKind
from agent.scenario import Beat


def begin(s: Situation, beat: Beat, lead: LineKind | None = None) -> Move:
    """The move that opens a beat, in the beat's own channel."""
    event = BeatStarted(at=s.now, beat=beat.id).model_dump(mode="json")
    pool = f"beat/{beat.id}"
    return Move(
        kind="beat", speaker=beat.by, pool=pool, lead=lead, slots={}, ask=beat.ask, point=None, private=beat.private, events=[event]
    )  # fmt: skip


def next_beat(s: Situation) -> Decision | None:
    """The next beat that is not answered already; the last one when time runs short."""
    beat = s.beats_left[-1] if s.beats_left and s.is_late and not s.waiting_twists else _following(s)
    if beat is None:
        return None
    hand_over = _hand_over(s, beat)
    lead: LineKind | None = None if hand_over or beat.private else "bridge"
    return Decision([*hand_over, begin(s, beat, lead)], floor=True)


def _following(s: Situation) -> Beat | None:
    return next((beat for beat in s.beats_left if not _is_answered(s, beat)), None)


def _is_answered(s: Situation, beat: Beat) -> bool:
    """Whether a beat that may be left out has nothing left to ask for."""
    return beat.skip_if_heard and bool(beat.points) and all(point.id in s.scene["points"] for point in beat.points)


def _hand_over(s: Situation, beat: Beat) -> list[Move]:
    slots = {"name": s.stage.first_name(beat.by)}
    pool = f"persona/{s.speaker}/hand_over"
    if beat.by == s.speaker or beat.private or s.to or s.rng.random() < 0.4 or not s.can_say(pool, s.slots(s.speaker, **slots)):
        return []
    return [s.move("hand_over", s.speaker, pool, slots=slots)]
