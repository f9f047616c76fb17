"""The probe of quotes: nothing is shown as the candidate's words that the candidate did not say."""

from __future__ import annotations

from collections.abc import Iterator

from agent.evaluation.golden import Golden
from agent.evaluation.probes.bench import Bench
from agent.evaluation.probes.finding import Bound, Figure, Finding
from agent.evaluation.probes.probe import Graded, Measured, Probe, Tried
from agent.feedback import Feedback
from agent.judge.quotes import is_verified
from agent.verdict import Evidence, GradeReport


class Quotes(Probe):
    """The share of quotes that do not stand in the candidate's turn of that number."""

    name = "quotes"
    asks = "share of quotes that the candidate did not say"
    bound = Bound(low=0.0, high=0.0)
    shares = True

    async def run(self, bench: Bench) -> Finding:
        """Looks up every quote in the reports on all goldens."""
        reports = await bench.each(bench.plain, bench.goldens)
        pairs = [Graded(golden.id, report, report, bench.names) for golden, report in zip(bench.goldens, reports, strict=True)]
        foreign = {pair.item: _foreign(golden, pair.before) for golden, pair in zip(bench.goldens, pairs, strict=True)}
        found = [is_foreign for each in foreign.values() for is_foreign in each]
        also: dict[str, Figure] = {"quotes": len(found), "not said": sum(found)}
        return self.finding(bench, Tried(len(pairs), 0, pairs), Measured(foreign, also))


def quotes(report: GradeReport) -> Iterator[Evidence]:
    """Everything that a report shows as the candidate's words."""
    for verdict in report.verdicts.values():
        yield from verdict.evidence
    for twist in report.twists:
        yield from (evidence for evidence in (twist.before, twist.after) if evidence)
    if report.feedback:
        yield from (Evidence(turn=turn, quote=quote) for turn, quote in _in_feedback(report.feedback))


def _in_feedback(feedback: Feedback) -> Iterator[tuple[int, str]]:
    for each in feedback.moments:
        yield from ((moment.turn, moment.quote) for moment in (each.best, each.weakest) if moment)
    yield from ((mistake.turn, mistake.quote) for mistake in feedback.mistakes)
    for structure in feedback.structures:
        yield from ((part.turn or 0, part.quote) for part in structure.parts if part.quote)


def _foreign(golden: Golden, report: GradeReport) -> list[float]:
    return [float(not is_verified(quote, golden.transcript)) for quote in quotes(report)]
