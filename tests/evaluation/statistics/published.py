"""Tables from the literature, with units as rows and raters as columns; None where there is no value."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from agent.evaluation.statistics.panel import Panel

N = None
Rows = Sequence[Sequence[float | None]]

SHROUT_FLEISS = ((9, 2, 5, 8), (6, 1, 3, 2), (8, 4, 6, 8), (7, 1, 2, 6), (10, 5, 6, 9), (6, 2, 4, 7))
"""Shrout and Fleiss 1979, table 2."""

KRIPPENDORFF = tuple(
    zip(
        (1, 2, 3, 3, 2, 1, 4, 1, 2, N, N, N),
        (1, 2, 3, 3, 2, 2, 4, 1, 2, 5, N, 3),
        (N, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, N),
        (1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, N),
        strict=True,
    )
)
"""Krippendorff 2011, section C."""

_FLEISS = """444444 222555 233335 555555 222444 113333 333355 113334 114444 555555 144444 124444 222333 144444 224445
333335 111455 111112 224444 133555 555555 244444 224555 114444 144445 222224 111155 224444 133333 555555"""
FLEISS = tuple(tuple(map(int, row)) for row in _FLEISS.split())
"""Fleiss 1971, table 1: 30 patients, 6 diagnoses each, in R's irr as `diagnoses`."""

_WIKIPEDIA = """0 0 0 0 14, 0 2 6 4 2, 0 0 3 5 6, 0 3 9 2 0, 2 2 8 1 1, 7 7 0 0 0, 3 2 6 3 0, 2 5 3 2 2, 6 5 2 1 0, 0 2 2 3 7"""
WIKIPEDIA = tuple(
    tuple(category for category, count in enumerate(map(int, row.split()), 1) for _ in range(count)) for row in _WIKIPEDIA.split(",")
)
"""The worked example of the article on Fleiss' kappa: 10 items, 14 raters."""

ANXIETY = tuple(
    zip(
        (3, 3, 3, 4, 5, 5, 2, 3, 5, 2, 2, 6, 1, 5, 2, 2, 1, 2, 4, 3),
        (3, 6, 4, 6, 2, 4, 2, 4, 3, 3, 2, 3, 3, 3, 2, 2, 1, 3, 3, 4),
        (2, 1, 4, 4, 3, 2, 1, 6, 1, 1, 1, 2, 3, 3, 1, 1, 3, 3, 2, 2),
        strict=True,
    )
)
"""The data `anxiety` of R's irr: 20 subjects, 3 raters."""

WINES = ((1, 2, 0, 1), (1, 3, 3, 2), (3, 8, 1, 4), (6, 4, 3, 3), (6, 5, 5, 6), (7, 5, 6, 2), (8, 7, 7, 9), (9, 9, 9, 8))
"""The data `icc` of pingouin: 8 wines, 4 judges."""


def panel(rows: Rows) -> Panel:
    """The table with gaps as NaN."""
    return Panel(np.array([[np.nan if value is None else value for value in row] for row in rows], dtype=float))
