"""Figures, bounds and outcomes as a page prints them."""

from __future__ import annotations

from enum import StrEnum

from agent.evaluation.probes.finding import Bound
from agent.evaluation.runs.gates import GateResult
from agent.evaluation.runs.interval import Interval


def figure(value: float | None, digits: int = 3) -> str:
    """A figure, with a real minus; a dash where it is undefined."""
    return "–" if value is None else format(value, f",.{digits}f").replace("-", "−")


def interval(of: Interval | None, digits: int = 3) -> str:
    """Both ends, or nothing."""
    return f"{figure(of[0], digits)} to {figure(of[1], digits)}" if of else ""


def bound(of: Bound) -> str:
    """What an estimate has to be."""
    low, high = (None if end is None else f"{end:g}".replace("-", "−") for end in (of.low, of.high))
    if low is not None and low == high:
        return low
    if low is not None and high is not None:
        return f"{low} to {high}"
    return f"at least {low}" if high is None else f"at most {high}"


def gate_bound(result: GateResult) -> str:
    """What a gate's figure has to be."""
    gate = result.gate
    margin = f" (margin {gate.margin:g})" if gate.margin else ""
    return bound(Bound(low=gate.least, high=gate.most)) + margin


def outcome(of: StrEnum) -> str:
    """An outcome in words."""
    return of.value.replace("_", " ")
