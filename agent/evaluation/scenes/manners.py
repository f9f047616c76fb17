"""Whether everybody cut in as their policy allows: by their own triggers, so often, so far apart, and never in a calm session."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from agent.events import CandidateSaid, CutSettled, Event, Interrupted, Line, SessionStarted
from agent.interview.interruption import BETWEEN_CUTS, FIRST_WORDS, PER_TURN
from agent.interview.overlap import INSISTS
from agent.interview.stage import Stage

SLACK = 1e-6
"""Seconds by which two times may differ and be the same."""


def broken_manners(events: Sequence[Event], stage: Stage) -> Iterator[str]:
    """Every cut-in, and every return to one, that a policy does not allow, in sentences."""
    yield from _cut_ins(events, stage)
    yield from _returns(events, stage)


def _cut_ins(events: Sequence[Event], stage: Stage) -> Iterator[str]:
    whole: Counter[str] = Counter()
    turn: Counter[str] = Counter()
    last: dict[str, float] = {}
    for event in events:
        if isinstance(event, CandidateSaid):
            turn.clear()
        elif isinstance(event, SessionStarted) and event.calm and any(isinstance(one, Interrupted) for one in events):
            yield "somebody cut in, and the session is calm"
        elif isinstance(event, Interrupted):
            yield from _against(event, stage, whole, turn, last)
            whole[event.speaker] += 1
            turn[event.speaker] += 1
            last[event.speaker] = event.at


def _against(cut: Interrupted, stage: Stage, whole: Counter[str], turn: Counter[str], last: dict[str, float]) -> Iterator[str]:
    policy, who = stage.personas[cut.speaker].interruption, f"{cut.speaker} cut in"
    if cut.trigger not in policy.triggers:
        yield f"{who} for {cut.trigger!r}, which is none of their triggers"
    if cut.words < FIRST_WORDS:
        yield f"{who} after {cut.words} words, before the first {FIRST_WORDS}"
    if whole[cut.speaker] >= policy.per_session:
        yield f"{who} more than {policy.per_session} times in the session"
    if turn[cut.speaker] >= policy.per_turn:
        yield f"{who} more than {policy.per_turn} times in a turn"
    if turn.total() >= PER_TURN:
        yield f"{who} after {PER_TURN} others in a turn"
    if cut.at - last.get(cut.speaker, float("-inf")) < policy.min_gap_seconds - SLACK:
        yield f"{who} again within {policy.min_gap_seconds:g} seconds"
    if cut.at - max(last.values(), default=float("-inf")) < BETWEEN_CUTS - SLACK:
        yield f"{who} within {BETWEEN_CUTS:g} seconds of somebody else"


def _returns(events: Sequence[Event], stage: Stage) -> Iterator[str]:
    """Coming back to a cut-in: only when it was ignored, and as often in a row as the overlap policy has it."""
    ignored: Counter[str] = Counter()
    settled: dict[str, str] = {}
    for event in events:
        if isinstance(event, CandidateSaid):
            settled = {}
        elif isinstance(event, CutSettled):
            settled[event.speaker] = event.outcome
            ignored[event.speaker] = ignored[event.speaker] + 1 if event.outcome == "ignored" else 0
        elif isinstance(event, Line) and event.move == "insist":
            policy = stage.personas[event.speaker].interruption.overlap
            most = {"yield": 0, "adaptive": 1, "insist": INSISTS}[policy]
            if settled.get(event.speaker) != "ignored" or ignored[event.speaker] > most:
                yield f"{event.speaker} came back to a cut-in, and is one to {policy} after {ignored[event.speaker]} that were ignored"
