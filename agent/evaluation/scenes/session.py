"""What one simulated session shows: arc, twists, ledger of facts, cut-ins, what must not be, and the grade."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Literal

from pydantic import Field

from agent.document import Document
from agent.evaluation.runs.lines import Kept
from agent.evaluation.scenes.manners import broken_manners
from agent.events import (
    BeatStarted,
    CandidateSaid,
    CutSettled,
    Ended,
    Event,
    FactRevealed,
    Interrupted,
    TwistFired,
    TwistForced,
    TwistSettled,
)
from agent.interview.stage import Stage
from agent.scene import effective
from agent.session import Interview
from agent.simulation.checks import check
from agent.verdict import GradeReport, State

DIGITS = 4


class Arc(Document):
    """How far the scene went. `seconds` are those of the simulated clock."""

    beats: tuple[str, ...] = Field(description="The beats that were reached, in order.")
    left_out: tuple[str, ...] = Field(description="Beats of the scene that were not.")
    ended: str | None
    ending: str | None
    turns: int = Field(description="Answers of the candidate.")
    seconds: float


class Landing(Document):
    """A twist in this session. `turn` counts the answers before it; an ignored one was never taken up by the candidate."""

    twist: str
    by: str
    turn: int
    reason: str
    forced: bool = False
    outcome: Literal["open", "answered", "ignored"] = "open"


class Told(Document):
    """A fact that a question brought out; `turn` counts the answers before it was told."""

    fact: str
    by: str
    turn: int


class CutIn(Document):
    """Somebody cut in, and what the candidate did with it."""

    speaker: str
    trigger: str
    outcome: str
    resumed: bool


class Grade(Document):
    """The grade. Scores of competencies are None where nothing was scored; `states` say why."""

    judge: str
    rubric: str
    score: float | None
    coverage: float
    scores: dict[str, float | None]
    levels: dict[str, int | None]
    states: dict[str, State]


class SimulatedSession(Kept):
    """A session, without anything that depends on when or where it was played."""

    scenario: str
    candidate: str
    seed: int
    arc: Arc
    twists: tuple[Landing, ...]
    missing_twists: tuple[str, ...] = Field(description="Twists that never came.")
    told: tuple[Told, ...]
    kept: tuple[str, ...] = Field(description="Facts that nobody asked for.")
    void: tuple[str, ...] = Field(description="Facts that a twist made untrue before anybody asked for them.")
    positions: dict[str, str]
    cuts: tuple[CutIn, ...]
    leaks: tuple[str, ...] = Field(description="Facts that were given away unasked.")
    repeated: tuple[str, ...] = Field(description="Lines that were said twice.")
    problems: tuple[str, ...] = Field(description="Everything that must not be, in sentences.")
    grade: Grade


def session_of(interview: Interview, report: GradeReport, candidate: str, key: str) -> SimulatedSession:
    """What a session that was played and graded shows."""
    events, stage = effective(interview.events), interview.stage
    findings = check(interview.events, interview.scene, stage)
    told, twists = tuple(_told(events)), tuple(_landings(events))
    known = {one.fact for one in told}
    void = tuple(fact for one in twists for fact in stage.uses[one.twist].voids if fact not in known)
    return SimulatedSession(
        scenario=stage.scenario.slug,
        candidate=candidate,
        seed=interview.seed,
        key=key,
        arc=_arc(events, stage),
        twists=twists,
        missing_twists=findings.unmet,
        told=told,
        kept=tuple(fact for fact in stage.facts if fact not in known and fact not in void),
        void=void,
        positions=findings.positions,
        cuts=tuple(_cuts(events)),
        leaks=findings.leaks,
        repeated=findings.repeated,
        problems=(*findings.problems, *broken_manners(events, stage)),
        grade=_grade(report),
    )


def _arc(events: Sequence[Event], stage: Stage) -> Arc:
    reached = tuple(event.beat for event in events if isinstance(event, BeatStarted))
    end = next((event for event in events if isinstance(event, Ended)), None)
    return Arc(
        beats=reached,
        left_out=tuple(beat for beat in stage.beats if beat not in reached),
        ended=str(end.reason) if end else None,
        ending=end.ending if end else None,
        turns=sum(isinstance(event, CandidateSaid) for event in events),
        seconds=round(events[-1].at - events[0].at, 1),
    )


def _landings(events: Sequence[Event]) -> Iterator[Landing]:
    forced = {event.twist for event in events if isinstance(event, TwistForced)}
    settled = {event.twist: event.outcome for event in events if isinstance(event, TwistSettled)}
    for turn, event in _with_turns(events):
        if isinstance(event, TwistFired):
            outcome = settled.get(event.twist)
            yield Landing(
                twist=event.twist,
                by=event.by,
                turn=turn,
                reason=event.reason,
                forced=event.twist in forced,
                outcome="open" if outcome is None else "answered" if outcome == "answered" else "ignored",
            )


def _told(events: Sequence[Event]) -> Iterator[Told]:
    yield from (Told(fact=one.fact, by=one.by, turn=turn) for turn, one in _with_turns(events) if isinstance(one, FactRevealed))


def _cuts(events: Sequence[Event]) -> Iterator[CutIn]:
    """The cut-ins in the order in which the answers settled them; those of an answer that was never sent come last."""
    open_cuts: list[Interrupted] = []
    for event in events:
        if isinstance(event, Interrupted):
            open_cuts.append(event)
        elif isinstance(event, CutSettled):
            open_cuts = [cut for cut in open_cuts if cut.speaker != event.speaker]
            yield CutIn(speaker=event.speaker, trigger=event.trigger, outcome=event.outcome, resumed=event.resumed)
    yield from (CutIn(speaker=cut.speaker, trigger=cut.trigger, outcome="open", resumed=False) for cut in open_cuts)


def _grade(report: GradeReport) -> Grade:
    return Grade(
        judge=f"{report.judge.id} {report.judge.version}",
        rubric=f"{report.rubric.id}@{report.rubric.version}",
        score=_rounded(report.overall.score),
        coverage=round(report.overall.coverage, DIGITS),
        scores={name: _rounded(verdict.score) for name, verdict in report.verdicts.items()},
        levels={name: verdict.level for name, verdict in report.verdicts.items()},
        states={name: verdict.state for name, verdict in report.verdicts.items()},
    )


def _with_turns(events: Sequence[Event]) -> Iterator[tuple[int, Event]]:
    """Each event with the number of answers before it."""
    turn = 0
    for event in events:
        turn += isinstance(event, CandidateSaid)
        yield turn, event


def _rounded(score: float | None) -> float | None:
    return None if score is None else round(score, DIGITS)
