"""What is said to anything but an answer: a cut-in, a silence, an edit, a test run."""

from __future__ import annotations

from agent.events import ArtifactChanged, Event, Interrupted, Silence, TestRan
from agent.interview.conduct import silence
from agent.interview.interruption import Occasion
from agent.interview.situation import Situation
from agent.move import Move
from agent.persona import LineKind


def react(event: Event, s: Situation) -> list[Move]:
    """The moves that follow what happened; none where nobody has anything to say."""
    if isinstance(event, Silence):
        decision = silence(s)
        return decision.moves if decision else []
    if isinstance(event, Interrupted):
        return [cut_in(s, Occasion(event.speaker, event.trigger, event.about, event.words))]
    if isinstance(event, ArtifactChanged):
        return _to_wrong_turn(s, event) or _to_code(s, "edit_seen")
    return _to_code(s, "run_passed" if event.passed else "run_failed") if isinstance(event, TestRan) else []


def cut_in(s: Situation, found: Occasion) -> Move:
    """The move that takes an occasion to cut in."""
    return s.move("cut", found.speaker, found.pool, slots=found.slots)


def grant(s: Situation, persona: str) -> list[Move]:
    """Letting the candidate go on after a cut-in."""
    pool = f"persona/{persona}/go_on"
    return [s.move("go_on", persona, pool)] if s.can_say(pool) else []


def _to_wrong_turn(s: Situation, event: ArtifactChanged) -> list[Move]:
    if event.wrong_turn is None:
        return []
    pool = f"wrong_turn/{event.artifact}/{event.wrong_turn}"
    artifact = next(artifact for artifact in s.stage.scenario.artifacts if artifact.id == event.artifact)
    by = next(turn.by for turn in artifact.wrong_turns if turn.id == event.wrong_turn)
    return [s.move("code", by, pool)] if s.can_say(pool) else []


def _to_code(s: Situation, kind: LineKind) -> list[Move]:
    """The first in the room who has a word for it: who spoke least of late."""
    able = [persona for persona in s.stage.personas if s.can_say(f"persona/{persona}/{kind}")]
    if not able:
        return []
    by = min(able, key=lambda persona: s.scene["spoke"].get(persona, -1))
    return [s.move("code", by, f"persona/{by}/{kind}")]
