"""Gates: what a figure of a report has to be. They are decided by the interval, so that noise alone never fails one.

The smallest effect that a gate could have seen is (z₀.₉₇₅ + z₀.₈) · standard error, with the standard error taken from the width of
the 95% interval: how far beyond its bound a true figure has to lie so that in four runs of five the whole interval lies beyond it
(J. Cohen 1988, Statistical power analysis for the behavioral sciences, chapter 2; 80% power at 2.5% for the side).
"""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum

from pydantic import Field

from agent.document import Document
from agent.evaluation.probes.finding import Bound, Outcome
from agent.evaluation.runs.interval import Estimated, Interval, rounded
from agent.evaluation.runs.suite import Gate

Z_SIDE, Z_POWER = 1.959964, 0.841621


class Passed(StrEnum):
    """What a gate came to. `unsure` passes: the interval lies on both sides of the bound, or there is none."""

    HELD = "held"
    FAILED = "failed"
    UNSURE = "unsure"


class GateResult(Document):
    """A gate, its figure, and what came of it. `could_see` is the smallest effect beyond the bound that it could have seen."""

    gate: Gate
    value: float | None
    interval: Interval | None
    could_see: float | None
    outcome: Passed
    why: str = Field(description="The outcome in words.")


def decided(gate: Gate, estimated: Estimated) -> GateResult:
    """A gate held against its figure."""
    outcome = _outcome(gate, estimated)
    width = estimated.interval and estimated.interval[1] - estimated.interval[0]
    return GateResult(
        gate=gate,
        value=rounded(estimated.value),
        interval=estimated.interval,
        could_see=rounded(width / (2 * Z_SIDE) * (Z_SIDE + Z_POWER)) if width is not None else None,
        outcome=outcome,
        why=_why(estimated, outcome),
    )


def decide(gates: tuple[Gate, ...], find: Callable[[str], Estimated]) -> tuple[GateResult, ...]:
    """All gates, with the figures that `find` finds by their paths."""
    return tuple(decided(gate, find(gate.figure)) for gate in gates)


def _outcome(gate: Gate, estimated: Estimated) -> Passed:
    bound = Bound(low=None if gate.least is None else gate.least - gate.margin, high=None if gate.most is None else gate.most + gate.margin)
    if estimated.is_exact and estimated.value is not None:
        inside = (bound.low is None or estimated.value >= bound.low) and (bound.high is None or estimated.value <= bound.high)
        return Passed.HELD if inside else Passed.FAILED
    if estimated.value is None:
        return Passed.UNSURE
    if bound.is_exact:
        bound = bound.model_copy(update={"high": (bound.high or 0.0) + 1e-12})
    return {Outcome.HELD: Passed.HELD, Outcome.FAILED: Passed.FAILED}.get(bound.outcome(estimated.value, estimated.interval), Passed.UNSURE)


def _why(estimated: Estimated, outcome: Passed) -> str:
    if estimated.value is None:
        return "the figure is undefined for these items"
    if estimated.is_exact:
        return "counted"
    if estimated.interval is None:
        return "there are too few items for an interval"
    return {
        Passed.HELD: "the whole interval lies within the bound",
        Passed.FAILED: "the whole interval lies beyond the bound",
    }.get(outcome, "the interval lies on both sides of the bound")
