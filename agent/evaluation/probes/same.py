"""Probes whose twin says the same to a judge, so that the grade has to be the same: asked again, in another order, as somebody else."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Iterator

from agent.evaluation.golden import Golden
from agent.evaluation.probes.bench import Bench
from agent.evaluation.probes.finding import Bound, Finding
from agent.evaluation.probes.interval import share
from agent.evaluation.probes.probe import Graded, Measured, Probe, Tried, by_item, has_error
from agent.evaluation.robustness import is_identical
from agent.evaluation.twins import Pools, read_pools, swapped
from agent.rubric import Rubric
from agent.transcript import Transcript
from agent.verdict import GradeReport

POOLS = "twins/pools.yaml"
ALWAYS, MOSTLY = Bound(low=1.0, high=1.0), Bound(low=0.9)
"""A judge that promises the same report for the same words is held to the first; one that is drawn by lot cannot be."""


class Same(Probe):
    """The share of grades that stay the same: whole grades of a repeatable judge, levels of competencies of any other."""

    asks = "share of grades that stay the same"
    shares = True

    async def run(self, bench: Bench) -> Finding:
        """Grades every golden and its twin."""
        self.prepare(bench)
        pairs = await bench.each(lambda golden: self._graded(golden, bench), bench.goldens)
        return self.finding(bench, Tried(len(bench.goldens), 0, pairs), self._measured(pairs, bench))

    def prepare(self, bench: Bench) -> None:
        """Reads what the twins are made of."""

    @abstractmethod
    def twin(self, golden: Golden, bench: Bench) -> tuple[Transcript, Rubric]:
        """What is graded beside the golden, and by what."""

    def is_alike(self, before: GradeReport, after: GradeReport) -> bool:
        """Whether two reports are the same as far as this probe can demand it."""
        return is_identical(before, after)

    def bound_of(self, bench: Bench) -> Bound:
        """No exception for a repeatable judge."""
        return ALWAYS if bench.is_repeatable else MOSTLY

    async def _graded(self, golden: Golden, bench: Bench) -> Graded:
        return Graded(golden.id, await bench.plain(golden), await bench.grade(*self.twin(golden, bench)), bench.names)

    def _measured(self, pairs: list[Graded], bench: Bench) -> Measured:
        sound = [pair for pair in pairs if not pair.has_error]
        whole = by_item(sound, lambda pair: [float(self.is_alike(pair.before, pair.after))])
        levels = by_item(pairs, _levels)
        alike, compared = ([value for values in each.values() for value in values] for each in (whole, levels))
        also = {"same report": share(sum(alike), len(alike)), "competencies with the same level": share(sum(compared), len(compared))}
        return Measured(whole if bench.is_repeatable else levels, also)


class Repeat(Same):
    """The same transcript twice."""

    name = "repeat"

    def twin(self, golden: Golden, bench: Bench) -> tuple[Transcript, Rubric]:
        """The golden itself."""
        return golden.transcript, bench.rubric

    def is_alike(self, before: GradeReport, after: GradeReport) -> bool:
        """Whether the reports are the same to the last word."""
        return before == after

    async def _graded(self, golden: Golden, bench: Bench) -> Graded:
        return Graded(golden.id, await bench.plain(golden), await bench.once_more(golden.transcript), bench.names)


class Reorder(Same):
    """The competencies of the rubric in another order."""

    name = "reorder"

    def twin(self, golden: Golden, bench: Bench) -> tuple[Transcript, Rubric]:
        """The golden by the shuffled rubric."""
        given = bench.rubric.competencies
        drawn = tuple(bench.chance(self.name).sample(given, len(given)))
        return golden.transcript, bench.rubric.model_copy(update={"competencies": drawn if drawn != given else given[::-1]})


class Names(Same):
    """Other names, pronouns, countries, schools and employers."""

    name = "names"
    reads = (POOLS,)

    def __init__(self) -> None:
        self._pools: Pools | None = None

    def prepare(self, bench: Bench) -> None:
        """Reads what is exchanged for what."""
        self._pools = read_pools(bench.evals / POOLS)

    def twin(self, golden: Golden, bench: Bench) -> tuple[Transcript, Rubric]:
        """The same talk of other people."""
        assert self._pools
        return swapped(golden.transcript, self._pools, seed=bench.seed).other, bench.rubric


def _levels(pair: Graded) -> Iterator[float]:
    for name in pair.names:
        if not has_error(pair, name):
            before, after = pair.before.verdicts[name], pair.after.verdicts[name]
            yield float((before.state, before.level) == (after.state, after.level))
