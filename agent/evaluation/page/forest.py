"""The plot of probes: each estimate with its interval, over the bound that it is held to."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from agent.evaluation.page.axis import Axis, around
from agent.evaluation.page.words import bound, figure, interval, outcome
from agent.evaluation.probes.finding import Bound, Finding

HEIGHT = 46


class Row(NamedTuple):
    """A probe: where its bound begins and ends, its interval and its estimate lie, in percent. None: not there."""

    finding: Finding
    zone: float
    width: float
    is_exact: bool
    low: float | None
    high: float | None
    x: float | None
    ends: tuple[tuple[str, float], ...]
    summary: str


def forest(findings: Sequence[Finding]) -> tuple[Row, ...]:
    """Probes whose bound has two ends share one scale; each other one has its own."""
    shifts = [finding for finding in findings if _is_between(finding.bound)]
    shared = around(value for finding in shifts for value in _values(finding)) if shifts else None
    return tuple(_row(finding, shared) for finding in findings)


def _row(finding: Finding, shared: Axis | None) -> Row:
    axis = shared if shared and _is_between(finding.bound) else around(_values(finding))
    ends = [axis.low if finding.bound.low is None else finding.bound.low, axis.high if finding.bound.high is None else finding.bound.high]
    left, right = (axis.at(end) for end in ends)
    low, high = (axis.at(finding.interval[0]), axis.at(finding.interval[1])) if finding.interval else (None, None)
    return Row(
        finding,
        left,
        round(right - left, 2),
        finding.bound.is_exact,
        low,
        high,
        None if finding.estimate is None else axis.at(finding.estimate),
        tuple(
            dict.fromkeys(
                (f"{end:g}".replace("-", "−"), axis.at(end)) for end in (finding.bound.low, finding.bound.high) if end is not None
            )
        ),
        _summary(finding),
    )


def _is_between(of: Bound) -> bool:
    return of.low is not None and of.high is not None and not of.is_exact


def _values(finding: Finding) -> list[float]:
    values = (finding.bound.low, finding.bound.high, finding.estimate, *(finding.interval or ()))
    return [value for value in values if value is not None] or [0.0]


def _summary(finding: Finding) -> str:
    spread = f" ({interval(finding.interval)})" if finding.interval else ""
    return f"{figure(finding.estimate)}{spread}, has to be {bound(finding.bound)}: {outcome(finding.outcome)}"
