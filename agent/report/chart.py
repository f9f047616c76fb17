"""Where everything goes in the chart of scores: rows in pixels, the scale from 1 to 5 in percent of the width."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from agent.report.view import CompetencyView

ROW_HEIGHT = 54
TOP = 28
_LOW, _HIGH = 0.5, 5.5


class ChartRow(NamedTuple):
    """One competency: `zone` is where its level begins, `dot` where its score lies; both None without a score."""

    competency: CompetencyView
    y: int
    zone: float | None
    dot: float | None
    summary: str


class Chart(NamedTuple):
    """The whole chart, and the same in words."""

    rows: tuple[ChartRow, ...]
    height: int
    ticks: tuple[tuple[int, float, float], ...]
    width_of_level: float
    description: str


def chart(competencies: Sequence[CompetencyView]) -> Chart:
    """The chart of `competencies`, in their order. Every level is a fifth of the width."""
    rows = tuple(_row(place, competency) for place, competency in enumerate(competencies))
    ticks = tuple((level, percent(level), percent(level - 0.5)) for level in range(1, 6))
    words = "; ".join(f"{row.competency.name}: {row.summary}" for row in rows)
    return Chart(rows, TOP + ROW_HEIGHT * len(rows) - 8, ticks, 100 / (_HIGH - _LOW), words)


def percent(score: float) -> float:
    """Where a score lies, in percent of the width."""
    return round((score - _LOW) / (_HIGH - _LOW) * 100, 2)


def _row(place: int, competency: CompetencyView) -> ChartRow:
    level, score = competency.level, competency.score
    return ChartRow(
        competency,
        TOP + ROW_HEIGHT * place,
        None if level is None else percent(level - 0.5),
        None if score is None else percent(score),
        competency.outcome if score is None else f"level {level}, score {score:.1f}",
    )
