"""What levels were cited for, to be taken away."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from agent.evaluation.golden import Golden
from agent.evaluation.probes.bench import Bench
from agent.transcript import Transcript
from agent.verdict import Evidence, GradeReport, State

PER_GOLDEN = 3
"""So many scored competencies of a golden are taken, drawn by seed."""


class Cited(NamedTuple):
    """A scored competency of a golden, with the words that its level cites."""

    golden: Golden
    competency: str
    evidence: tuple[Evidence, ...]

    @property
    def turns(self) -> frozenset[int]:
        """The numbers of the turns it cites."""
        return frozenset(one.turn for one in self.evidence)


class Removal(NamedTuple):
    """A golden without what one competency was cited for."""

    golden: Golden
    competency: str
    twin: Transcript


async def all_cited(bench: Bench) -> list[Cited]:
    """Some scored competencies of each golden, the same for every probe of a bench."""
    reports = await bench.each(bench.plain, bench.goldens)
    found = []
    for golden, report in zip(bench.goldens, reports, strict=True):
        scored = [name for name, verdict in report.verdicts.items() if verdict.state is State.SCORED]
        drawn = bench.chance("cited", golden.id).sample(scored, min(PER_GOLDEN, len(scored)))
        found += [Cited(golden, name, report.verdicts[name].evidence) for name in sorted(drawn, key=scored.index)]
    return found


def only_for(name: str, report: GradeReport) -> list[Evidence]:
    """What one competency is cited for and no other, not even for a part of it."""
    others = [one for other, verdict in report.verdicts.items() if other != name for one in verdict.evidence]
    return [one for one in report.verdicts[name].evidence if not any(_overlap(one, other) for other in others)]


def emptied(transcript: Transcript, numbers: Iterable[int]) -> Transcript:
    """The transcript with nothing said in the turns of these numbers."""
    gone = set(numbers)
    turns = tuple(turn.model_copy(update={"text": ""}) if turn.number in gone else turn for turn in transcript.turns)
    return transcript.model_copy(update={"turns": turns})


def removed(transcript: Transcript, evidence: Iterable[Evidence]) -> Transcript:
    """The transcript without the cited words; those that do not stand there letter by letter stay."""
    texts = {turn.number: turn.text for turn in transcript.candidate_turns}
    for one in evidence:
        before, quote, after = texts[one.turn].partition(one.quote)
        texts[one.turn] = f"{before}{after}".strip() if quote else before
    turns = tuple(turn.model_copy(update={"text": texts.get(turn.number, turn.text)}) for turn in transcript.turns)
    return transcript.model_copy(update={"turns": turns})


def untouched(bench: Bench, cases: Iterable[Removal]) -> int:
    """How many goldens nothing was taken from."""
    return len({golden.id for golden in bench.goldens} - {case.golden.id for case in cases})


def _overlap(one: Evidence, other: Evidence) -> bool:
    return one.turn == other.turn and (one.quote in other.quote or other.quote in one.quote)
