"""A probe: one question to a judge, answered by pairs of a plain transcript and its twin."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import NamedTuple

from agent.evaluation.probes.bench import Bench
from agent.evaluation.probes.finding import Bound, Counts, Family, Figure, Finding
from agent.evaluation.probes.interval import ByItem, Estimate, estimate
from agent.verdict import GradeReport, State, Verdict


class Graded(NamedTuple):
    """The reports on a pair: what was graded before and after something changed in an item, and which competencies are compared."""

    item: str
    before: GradeReport
    after: GradeReport
    names: tuple[str, ...]

    @property
    def has_error(self) -> bool:
        """Whether a part that measures failed on anything that is compared."""
        return any(has_error(self, name) for name in self.names)


class Tried(NamedTuple):
    """How many items were tried, and all pairs that came of those in which there was something to change."""

    items: int
    unchanged: int
    pairs: Sequence[Graded]


class Measured(NamedTuple):
    """What a probe makes of its pairs: values by item for the estimate, and other figures."""

    values: ByItem
    also: Mapping[str, Figure] = {}
    families: tuple[Family, ...] = ()
    notes: tuple[str, ...] = ()


class Probe(ABC):
    """One question to a judge. `name` is what it is called, `asks` what its estimate is, in words."""

    name: str
    asks: str
    bound: Bound
    shares = False
    """Whether the values are shares, each 0 or 1."""
    reads: tuple[str, ...] = ()
    """The files and folders that it reads, from the evals directory on."""

    @abstractmethod
    async def run(self, bench: Bench) -> Finding:
        """Grades what it needs, and says what it found."""

    def bound_of(self, bench: Bench) -> Bound:
        """The bound that this judge is held to."""
        return self.bound

    def finding(self, bench: Bench, tried: Tried, measured: Measured) -> Finding:
        """The finding from what was measured."""
        found = self.estimate(measured, bench.seed)
        bound = self.bound_of(bench)
        return Finding(
            probe=self.name,
            asks=self.asks,
            estimate=found.value,
            interval=found.interval,
            bound=bound,
            outcome=bound.outcome(found.value, found.interval),
            counts=counts(tried),
            also=dict(measured.also),
            families=measured.families,
            notes=measured.notes,
        )

    def estimate(self, measured: Measured, seed: int) -> Estimate:
        """The estimate of the values: their mean, with its interval."""
        return estimate(measured.values, seed=seed, shares=self.shares)


def counts(tried: Tried) -> Counts:
    """How often each competency was scored before and after."""
    kinds = [kind for pair in tried.pairs for kind in _kinds(pair)]
    return Counts(
        items=tried.items,
        unchanged=tried.unchanged,
        pairs=len(tried.pairs),
        competencies=len(kinds),
        both=kinds.count("both"),
        only_before=kinds.count("only_before"),
        only_after=kinds.count("only_after"),
        neither=kinds.count("neither"),
        errors=kinds.count("errors"),
    )


def scored_in_both(pair: Graded) -> dict[str, tuple[float, float]]:
    """The scores before and after of each competency that has both."""
    return {
        name: (before.score, pair.after.verdicts[name].score or 0.0)
        for name in pair.names
        if (before := pair.before.verdicts[name]).score is not None and pair.after.verdicts[name].score is not None
    }


def is_same(before: Verdict, after: Verdict) -> bool:
    """Whether a competency has the same state, level and score."""
    return (before.state, before.level, before.score) == (after.state, after.level, after.score)


def has_error(pair: Graded, name: str) -> bool:
    """Whether a part that measures failed, before or after."""
    return State.INSTRUMENT_ERROR in (pair.before.verdicts[name].state, pair.after.verdicts[name].state)


def by_item(pairs: Iterable[Graded], values: Callable[[Graded], Iterable[float]]) -> dict[str, list[float]]:
    """The values of all pairs of each item together."""
    found: dict[str, list[float]] = {}
    for pair in pairs:
        found.setdefault(pair.item, []).extend(values(pair))
    return found


def _kinds(pair: Graded) -> list[str]:
    return [_kind(pair, name) for name in pair.names]


def _kind(pair: Graded, name: str) -> str:
    if has_error(pair, name):
        return "errors"
    before, after = (report.verdicts[name].state is State.SCORED for report in (pair.before, pair.after))
    return {(True, True): "both", (True, False): "only_before", (False, True): "only_after", (False, False): "neither"}[before, after]
