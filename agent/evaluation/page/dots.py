"""The plot of agreement: by competency a dot with its interval for each judge, the raters among themselves, and the noise ceiling."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from agent.evaluation.page.axis import Axis
from agent.evaluation.page.material import Material
from agent.evaluation.page.words import figure
from agent.evaluation.runs.interval import Interval
from agent.evaluation.runs.run_report import RunReport

HEAD, LANE = 20, 14
JUDGES = (
    "M-5 0a5 5 0 1 0 10 0a5 5 0 1 0-10 0",
    "M-4.5-4.5h9v9h-9z",
    "M0-5.5L5.5 4.5H-5.5z",
    "M-6-2h12v4h-12z",
)
"""Outlines of the marks of judges, around zero: circle, square, triangle, bar."""
DIAMOND, TICK = "M0-6L6 0 0 6-6 0z", "M-1.5-7h3v14h-3z"
AMONG, CEILING = "raters among themselves", "noise ceiling"


class Mark(NamedTuple):
    """One figure: whose it is, which shape and colour that has, and where it lies; `x` is None where it is undefined."""

    side: str
    shape: str
    place: int
    value: float | None
    ci: Interval | None
    x: float | None
    low: float | None
    high: float | None
    y: int


class Line(NamedTuple):
    """A competency with its marks, and the same in words."""

    name: str
    marks: tuple[Mark, ...]

    @property
    def told(self) -> str:
        """Every figure."""
        return f"{self.name}: " + ", ".join(f"{mark.side} {figure(mark.value, 2)}" for mark in self.marks)


class Dots(NamedTuple):
    """The plot; each line of it is `height` pixels high. `legend` are marks of every side."""

    lines: tuple[Line, ...]
    ticks: tuple[tuple[str, float], ...]
    height: int
    legend: tuple[Mark, ...]


class _Side(NamedTuple):
    name: str
    shape: str
    place: int


def dots(report: RunReport, material: Material) -> Dots:
    """The quadratic kappa of everybody, by competency."""
    names = _names(report)
    found = {name: dict(_figures(name, report)) for name in names}
    lowest = min(
        (part for row in found.values() for value, ci in row.values() for part in (value, *(ci or ())) if part is not None), default=0.0
    )
    axis = Axis(max(-1.0, min(0.0, math.floor(lowest * 5) / 5)), 1.0)
    sides = _sides(report)
    lines = tuple(Line(material.name(name), tuple(_marks(found[name], sides, axis))) for name in names)
    return Dots(
        lines, tuple(axis.ticks(0.2 if axis.high - axis.low <= 1.2 else 0.5)), HEAD + LANE * len(sides), lines[0].marks if lines else ()
    )


def _names(report: RunReport) -> list[str]:
    """`all`, then the competencies in the order of the rubric."""
    return list(dict.fromkeys((*(name for judge in report.judges.values() for name in judge.agreement), *report.raters)))


def _sides(report: RunReport) -> list[_Side]:
    judges = [_Side(name, JUDGES[number % len(JUDGES)], number % len(JUDGES)) for number, name in enumerate(report.judges)]
    raters = [_Side(AMONG, DIAMOND, 4), _Side(CEILING, TICK, 5)] if report.raters else []
    return [*judges, *raters]


def _figures(name: str, report: RunReport) -> Iterator[tuple[str, tuple[float | None, Interval | None]]]:
    for judge, result in report.judges.items():
        row = result.agreement.get(name)
        yield judge, (row.qwk, row.ci.get("qwk")) if row else (None, None)
    among = report.raters.get(name)
    for side, key in ((AMONG, "qwk"), (CEILING, "ceiling_qwk")):
        yield side, (among.figures.get(key), among.ci.get(key)) if among else (None, None)


def _marks(row: Mapping[str, tuple[float | None, Interval | None]], sides: list[_Side], axis: Axis) -> Iterator[Mark]:
    for number, side in enumerate(sides):
        value, ci = row[side.name]
        low, high = (axis.at(ci[0]), axis.at(ci[1])) if ci else (None, None)
        x = None if value is None else axis.at(value)
        yield Mark(side.name, side.shape, side.place, value, ci, x, low, high, HEAD + LANE * number + LANE // 2)
