"""How far raters agree: every figure of a group of ratings, its interval, and why one is undefined."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from agent.errors import InputError, nearest
from agent.evaluation.explaining import notes, reason
from agent.evaluation.grid import grid
from agent.evaluation.measured import Measured, Question, Scale
from agent.evaluation.ratings import Rating

DIGITS = 12
"""Figures are rounded to so many decimals, so that what is 1 is not 0.9999999999999998."""


@dataclass(frozen=True)
class Agreement:
    """The figures of one group; None where undefined, with the reason.

    `n_items` counts units: items, each under one competency. `missing` are the cells of the grid of units and raters that hold no
    value, be it null or no line. `ci` has the 95% intervals of the figures that have one.
    """

    n_items: int
    n_raters: int
    n_values: int
    missing: int
    figures: Mapping[str, float | None]
    ci: Mapping[str, tuple[float, float]]
    reasons: Mapping[str, str]
    scale: Scale | None
    notes: tuple[str, ...]

    def as_json(self) -> dict[str, Any]:
        """One object, each figure a key of its own, strictly valid as JSON."""
        known = asdict(self)
        return {name: value for key, found in known.items() for name, value in (found if key == "figures" else {key: found}).items()}


def agreement(ratings: Sequence[Rating], question: Question | None = None) -> Agreement:
    """The agreement of all these ratings; an item under one competency is a unit.

    Raises:
        InputError: there is no rating, the reference rated nothing, or a value lies outside the scale.
    """
    question = question or Question()
    _check(ratings, question)
    return _agreement(ratings, question, [one.rater for one in ratings])


def agreement_by_competency(ratings: Sequence[Rating], question: Question | None = None) -> dict[str, Agreement]:
    """The agreement within each competency, in the order in which they first occur.

    Raises:
        InputError: as `agreement`.
    """
    question = question or Question()
    _check(ratings, question)
    groups: dict[str, list[Rating]] = {}
    for one in ratings:
        groups.setdefault(one.competency, []).append(one)
    return {name: _agreement(group, question, [one.rater for one in ratings]) for name, group in groups.items()}


def _check(ratings: Sequence[Rating], question: Question) -> None:
    if not ratings:
        raise InputError(
            'there are no ratings; a line is {"item": "…", "competency": "…", "rater": "…", "value": 3}, or null for the value'
        )
    raters = {one.rater for one in ratings}
    if question.reference is not None and question.reference not in raters:
        raise InputError(f"there is no rater {question.reference!r}{nearest(question.reference, raters)}; there are {_listed(raters)}")
    low, high = question.scale or (-math.inf, math.inf)
    for one in ratings:
        if one.value is not None and not low <= one.value <= high:
            told = f"{one.rater!r} gave {one.value:g} for {one.competency!r} of {one.item!r}"
            raise InputError(f"{told}, outside the scale {low:g} to {high:g}; mend the line, or choose another --scale")


def _listed(raters: Iterable[str]) -> str:
    names = sorted(raters)
    return ", ".join(names[:8]) + (f" and {len(names) - 8} more" if len(names) > 8 else "")


def _agreement(ratings: Sequence[Rating], question: Question, order: Iterable[str]) -> Agreement:
    measured = Measured(grid(ratings, order=order), question)
    figures = {name: None if math.isnan(value) else _round(value) for name, value in measured.figures.items()}
    return Agreement(
        n_items=len(measured.grid.units),
        n_raters=len(measured.grid.raters),
        n_values=int(measured.panel.is_rated.sum()),
        missing=int((~measured.panel.is_rated).sum()),
        figures=figures,
        ci={name: (_round(low), _round(high)) for name, (low, high) in measured.intervals.items()},
        reasons={name: reason(name, measured) for name, value in figures.items() if value is None},
        scale=measured.scale,
        notes=tuple(notes(measured)),
    )


def _round(value: float) -> float:
    return round(value, DIGITS) + 0.0
