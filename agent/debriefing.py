"""Reads a debrief off the log of a session."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from agent.debrief import Cause, CutIns, Debrief, Heard, PositionOutcome, RatedLevel, Repair
from agent.events import ArtifactChanged, CandidateSaid, CutSettled, Event, FactRevealed, Interrupted, Mode, PositionMoved, Rated, TestRan
from agent.interview.stage import Stage
from agent.scenario import Artifact
from agent.scene import Scene, effective, elapsed, fold
from agent.usage import taken_over, usage
from agent.workbench.diff import unified


def debrief(events: Sequence[Event], stage: Stage, levels: Mapping[str, int | None], calls: Sequence[Mapping[str, Any]] = ()) -> Debrief:
    """What the effective part of a log shows beside the judge's `levels`; `calls` are those of the judge.

    What was hidden stays hidden after an assessed session: others meet the same scene.
    """
    counted = effective(events)
    scene = fold(counted)
    is_open = scene["mode"] != Mode.ASSESSED
    return Debrief(
        positions=tuple(_position(name, counted, scene, stage, is_open=is_open) for name in stage.positions),
        cut_ins=_cut_ins(counted),
        heard=tuple(_heard(persona, counted, stage, is_open=is_open) for persona in stage.personas),
        repairs=tuple(_repair(artifact, counted, is_open=is_open) for artifact in stage.scenario.artifacts if artifact.test),
        ratings=_ratings(counted, levels),
        models=usage(events, calls),
        taken_over=taken_over(events),
    )


def _position(name: str, events: Sequence[Event], scene: Scene, stage: Stage, *, is_open: bool) -> PositionOutcome:
    position = stage.positions[name]
    texts = {condition.id: condition.text for condition in position.moves_when}
    changes = [event for event in events if isinstance(event, PositionMoved) and f"{event.persona}/{event.position}" == name]
    met = [change for change in changes if change.condition]
    return PositionOutcome(
        name=stage.name(name.split("/")[0]),
        statement=position.statement,
        state=scene["positions"][name]["state"] if name in scene["positions"] else "held",
        met=tuple(Cause(turn=one.by.turn, quote=one.by.text, text=texts.get(one.condition or "", "")) for one in met),
        open=tuple(text for condition, text in texts.items() if condition not in {one.condition for one in met}) if is_open else (),
        hardened=tuple(Cause(turn=one.by.turn, quote=one.by.text, text="") for one in changes if one.to == "hardened"),
    )


def _cut_ins(events: Sequence[Event]) -> CutIns | None:
    count = sum(isinstance(event, Interrupted) for event in events)
    settled = [event for event in events if isinstance(event, CutSettled)]
    times = [event.seconds for event in settled if event.seconds is not None]
    if not count:
        return None
    return CutIns(
        count=count,
        answered=sum(event.outcome == "answered" for event in settled),
        parked=sum(event.outcome == "parked" for event in settled),
        ignored=sum(event.outcome == "ignored" for event in settled),
        resumed=sum(event.resumed for event in settled),
        seconds=round(sum(times) / len(times), 1) if times else None,
    )


def _heard(persona: str, events: Sequence[Event], stage: Stage, *, is_open: bool) -> Heard:
    answers = [event for event in events if isinstance(event, CandidateSaid)]
    missed = sum(event.to not in (None, persona) for event in answers)
    told = [event.fact for event in events if isinstance(event, FactRevealed) and event.by == persona]
    out = {event.fact for event in events if isinstance(event, FactRevealed)}
    known = [fact for fact in stage.scenario.facts if persona in fact.known_by]
    return Heard(
        name=stage.name(persona),
        title=stage.title(persona),
        answers=len(answers) - missed,
        missed=missed,
        told=tuple(stage.facts[fact].short for fact in told),
        kept=tuple(fact.short for fact in known if fact.id not in out) if is_open else (),
    )


def _ratings(events: Sequence[Event], levels: Mapping[str, int | None]) -> tuple[RatedLevel, ...]:
    rated = [event for event in events if isinstance(event, Rated)]
    own = rated[-1].levels if rated else {}
    return tuple(RatedLevel(competency=name, yours=level, judge=levels.get(name)) for name, level in own.items())


def _repair(artifact: Artifact, events: Sequence[Event], *, is_open: bool) -> Repair:
    edits = [event for event in events if isinstance(event, ArtifactChanged) and event.artifact == artifact.id]
    runs = [event for event in events if isinstance(event, TestRan) and event.artifact == artifact.id]
    until = next(_until_passed(artifact, events), None)
    return Repair(
        title=artifact.title,
        runs=len(runs),
        edits=len(edits),
        wrong_turns=sum(edit.wrong_turn is not None for edit in edits),
        passed=until is not None,
        answers=until[0] if until else None,
        minutes=until[1] if until else None,
        bug=artifact.bug or "" if is_open else "",
        diff=unified(artifact.text, edits[-1].text, artifact.file or artifact.id) if edits else "",
    )


def _until_passed(artifact: Artifact, events: Sequence[Event]) -> Iterator[tuple[int, float]]:
    """Answers given and minutes passed at every run that passed."""
    for index, event in enumerate(events):
        if isinstance(event, TestRan) and event.artifact == artifact.id and event.passed:
            before = fold(events[: index + 1])
            yield before["turns"], round(elapsed(before, event.at) / 60, 1)
