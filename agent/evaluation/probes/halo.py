"""The probe that takes out the sentences only one competency is cited for: the others have to stay where they are."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from agent.evaluation.probes.bench import Bench
from agent.evaluation.probes.cited import Cited, Removal, all_cited, only_for, removed, untouched
from agent.evaluation.probes.finding import Bound, Figure, Finding
from agent.evaluation.probes.interval import share
from agent.evaluation.probes.probe import Graded, Measured, Probe, Tried, by_item, counts, scored_in_both

NEAR = 0.25


class Halo(Probe):
    """The mean absolute shift of the scores of the other competencies."""

    name = "halo"
    asks = "mean absolute shift of the other scores"
    bound = Bound(high=NEAR)

    async def run(self, bench: Bench) -> Finding:
        """Takes the sentences of some competencies of every golden out, one competency at a time."""
        tried = [await _without_its_own(one, bench) for one in await all_cited(bench)]
        cases = [case for case in tried if case.twin != case.golden.transcript]
        pairs = await bench.each(lambda case: _graded(case, bench), cases)
        own = [pair._replace(names=(case.competency,)) for case, pair in zip(cases, pairs, strict=True)]
        measured = Measured(by_item(pairs, _shifts), _figures(pairs, own))
        return self.finding(bench, Tried(len(bench.goldens), untouched(bench, cases), pairs), measured)


async def _without_its_own(one: Cited, bench: Bench) -> Removal:
    own = only_for(one.competency, await bench.plain(one.golden))
    return Removal(one.golden, one.competency, removed(one.golden.transcript, own))


async def _graded(case: Removal, bench: Bench) -> Graded:
    others = tuple(name for name in bench.names if name != case.competency)
    return Graded(case.golden.id, await bench.plain(case.golden), await bench.grade(case.twin), others)


def _shifts(pair: Graded) -> Iterator[float]:
    return (abs(after - before) for before, after in scored_in_both(pair).values())


def _figures(pairs: Sequence[Graded], own: Sequence[Graded]) -> dict[str, Figure]:
    """What became of the others and, to see that something was taken away, of the competency itself."""
    shifts, of_itself = ([shift for pair in each for shift in _shifts(pair)] for each in (pairs, own))
    others, itself = (counts(Tried(0, 0, each)) for each in (pairs, own))
    return {
        f"others within {NEAR}": share(sum(shift <= NEAR for shift in shifts), len(shifts)),
        "others no longer scored": share(others.only_before, others.only_before + others.both),
        "others newly observed": share(others.only_after, others.only_after + others.neither),
        "its own mean absolute shift": share(sum(of_itself), len(of_itself)),
        "itself no longer scored": share(itself.only_before, itself.only_before + itself.both),
    }
