"""The probe that empties the turns a level cites: without them the level has to lose its ground."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from agent.evaluation.probes.bench import Bench
from agent.evaluation.probes.cited import Cited, Removal, all_cited, emptied, untouched
from agent.evaluation.probes.finding import Bound, Figure, Finding
from agent.evaluation.probes.interval import share
from agent.evaluation.probes.probe import Graded, Measured, Probe, Tried, by_item
from agent.verdict import State, Verdict

UNSCORED, LESS_SURE, FEWER, AGAINST, AS_BEFORE, SURER = WAYS = (
    "not scored any more",
    "less sure",
    "fewer quotes",
    "score against what was cited",
    "as before, or score with it",
    "surer",
)
MOVED = frozenset((UNSCORED, LESS_SURE, FEWER, AGAINST))


class KnockOut(Probe):
    """The share of competencies that are not scored any more, or rest on less.

    One rests on less where its confidence is lower; where that is the same, where fewer sentences are quoted; where that is the same
    as well, where the score goes against what was cited: down if most of it spoke for the competency, up if most spoke against it.
    """

    name = "knock-out"
    asks = "share of competencies that move towards not observed"
    bound = Bound(low=0.95)
    shares = True

    async def run(self, bench: Bench) -> Finding:
        """Empties the cited turns of some competencies of every golden and, to compare, as many others."""
        cited = await all_cited(bench)
        cases = [Removal(one.golden, one.competency, emptied(one.golden.transcript, one.turns)) for one in cited]
        others = [_others_emptied(one, bench) for one in cited]
        pairs, instead = await _pairs(cases, bench), await _pairs([case for case in others if case], bench)
        left = [pair for case, pair in zip(cases, pairs, strict=True) if any(turn.text.strip() for turn in case.twin.candidate_turns)]
        beside = [pair for other, pair in zip(others, pairs, strict=True) if other]
        also: dict[str, Figure] = {way: _share(pairs, {way}) for way in WAYS}
        also["moved, where other answers are left"] = _share(left, MOVED)
        also["moved, where as many turns are not cited"] = _share(beside, MOVED)
        also["moved there, if those are emptied instead"] = _share(instead, MOVED)
        also["not scored any more, where as many turns are not cited"] = _share(beside, {UNSCORED})
        also["not scored any more there, if those are emptied instead"] = _share(instead, {UNSCORED})
        moved = by_item(pairs, lambda pair: [float(way in MOVED) for way in _ways([pair])])
        return self.finding(bench, Tried(len(bench.goldens), untouched(bench, cases), pairs), Measured(moved, also))


def _others_emptied(one: Cited, bench: Bench) -> Removal | None:
    """As many turns emptied as are cited, but others; None where there are not so many."""
    free = [turn.number for turn in one.golden.transcript.candidate_turns if turn.number not in one.turns]
    if len(free) < len(one.turns):
        return None
    drawn = bench.chance("others", one.golden.id, one.competency).sample(free, len(one.turns))
    return Removal(one.golden, one.competency, emptied(one.golden.transcript, drawn))


async def _pairs(cases: Sequence[Removal], bench: Bench) -> list[Graded]:
    """The pairs of all cases; twins that are alike are graded once."""
    twins = list(dict.fromkeys(case.twin for case in cases))
    graded = dict(zip(twins, await bench.each(bench.grade, twins), strict=True))
    return [Graded(case.golden.id, await bench.plain(case.golden), graded[case.twin], (case.competency,)) for case in cases]


def _share(pairs: Iterable[Graded], ways: Iterable[str]) -> float | None:
    found, wanted = _ways(pairs), set(ways)
    return share(sum(way in wanted for way in found), len(found))


def _ways(pairs: Iterable[Graded]) -> list[str]:
    return [_way(pair) for pair in pairs if not pair.has_error]


def _way(pair: Graded) -> str:
    """Where a competency went, one of `WAYS`."""
    before, after = (report.verdicts[pair.names[0]] for report in (pair.before, pair.after))
    if after.state is not State.SCORED:
        return UNSCORED
    if _sure(after) != _sure(before):
        return LESS_SURE if _sure(after) < _sure(before) else SURER
    if len(after.evidence) != len(before.evidence):
        return FEWER if len(after.evidence) < len(before.evidence) else AS_BEFORE
    return AGAINST if _goes_back(before, after) else AS_BEFORE


def _sure(verdict: Verdict) -> float:
    return verdict.confidence or 0.0


def _goes_back(before: Verdict, after: Verdict) -> bool:
    """Whether the score moved against what was cited; where as much spoke for as against it, neither way is against."""
    side = sum(1 if one.supports else -1 for one in before.evidence)
    return side * ((after.score or 0.0) - (before.score or 0.0)) < 0
