"""The record of a session: its log read as a transcript."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from agent.events import CandidateSaid, Event, Interrupted, Line, SessionStarted, TwistFired
from agent.interview.stage import Stage
from agent.scene import effective
from agent.transcript import Mark, Transcript, Turn

CANDIDATE = "Candidate"
ASKING = "You"
"""Who plays the other side where somebody else is graded."""


def transcript_of(events: Sequence[Event], stage: Stage) -> Transcript:
    """The talk so far, without answers that were taken back, with the twists marked."""
    turns: list[Turn] = []
    marks: list[Mark] = []
    for event in effective(events):
        if isinstance(event, (Line, CandidateSaid)):
            turns.append(_turn(event, stage, number=len(turns) + 1))
        elif isinstance(event, TwistFired):
            marks.append(_mark(event, stage, turn=len(turns) + 1))
        elif isinstance(event, Interrupted):
            marks.append(_cut(event, stage, turn=len(turns) + 1))
    started = events[0]
    return Transcript(
        title=stage.scenario.title,
        turns=tuple(turns),
        marks=tuple(marks),
        format=stage.scenario.format,
        competencies=stage.scenario.competencies,
        jargon=stage.jargon(),
        source=started.session if isinstance(started, SessionStarted) else "",
    )


def started(events: Sequence[Event]) -> SessionStarted:
    """The first event of a log: the terms of the session."""
    first = events[0]
    assert isinstance(first, SessionStarted), "a log begins with session_started"
    return first


def grading_context(events: Sequence[Event]) -> dict[str, Any]:
    """What a report says about the session it grades."""
    terms = started(events)
    return {
        "session": terms.session,
        "scenario": terms.scenario,
        "mode": str(terms.mode),
        "seed": terms.seed,
        "pins": terms.pins,
        "voice": terms.voice,
        "observer": terms.observer,
        "package": terms.package,
        "hints": sum(event.type == "hint_given" for event in events),
        "retries": sum(event.type == "retracted" for event in events),
        "interruptions": sum(isinstance(event, Interrupted) for event in events),
    }


def _turn(event: Line | CandidateSaid, stage: Stage, number: int) -> Turn:
    if isinstance(event, CandidateSaid):
        aside = stage.name(event.to) if event.to else None
        role, speaker = ("interviewer", ASKING) if stage.scenario.graded else ("candidate", CANDIDATE)
        return Turn(number=number, role=role, speaker=speaker, text=event.text, seconds=event.seconds, aside=aside)
    if event.speaker == stage.scenario.graded:
        return Turn(number=number, role="candidate", speaker=stage.name(event.speaker), text=event.text)
    beat = stage.beats.get(event.beat)
    story = beat is not None and event.move == "beat" and any(point.competency == "storytelling" for point in beat.points)
    name = stage.name(event.speaker)
    aside = name if event.private else None
    return Turn(
        number=number, role="interviewer", speaker=name, title=stage.title(event.speaker), text=event.text, asks_story=story, aside=aside
    )


def _cut(event: Interrupted, stage: Stage, turn: int) -> Mark:
    words = f"{stage.name(event.speaker)} cut in after {event.words} words"
    return Mark(turn=turn, kind="interruption", label="Cut in", text=words)


def _mark(event: TwistFired, stage: Stage, turn: int) -> Mark:
    twist = stage.twists[event.twist]
    return Mark(
        turn=turn,
        kind="twist",
        label=twist.title,
        text=twist.brief,
        expected=tuple(behaviour.text for behaviour in twist.behaviours),
        patterns=tuple(behaviour.heard for behaviour in twist.behaviours),
    )
