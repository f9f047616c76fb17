"""Ratings in long format: one line for what one rater said about one competency of one item."""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Mapping
from pathlib import Path
from statistics import median

from pydantic import Field, ValidationError, field_validator

from agent.document import Document
from agent.errors import InputError

Levels = Mapping[tuple[str, str], float | None]
"""By item and competency: the reference level 1 to 5, or None where it was not observed."""


class Rating(Document):
    """`value` is a level, or None where the rater saw nothing to rate. A rater who never rated an item has no line."""

    item: str = Field(min_length=1)
    competency: str = Field(min_length=1)
    rater: str = Field(min_length=1)
    value: float | None
    repeat: int | None = None
    best: str | None = Field(default=None, description="The candidate's words that spoke most for it.")
    worst: str | None = Field(default=None, description="The candidate's words that spoke most against it.")

    @field_validator("value")
    @classmethod
    def _is_finite(cls, value: float | None) -> float | None:
        if value is not None and not math.isfinite(value):
            raise ValueError("a value is a number or null; leave out what is missing")
        return value


def read_ratings(file: Path) -> list[Rating]:
    """The ratings of a JSON Lines file, in its order; blank lines are skipped.

    Raises:
        InputError: the file cannot be read, a line is no rating, or one rater rated the same thing twice.
    """
    try:
        lines = file.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"cannot read {file}: {error}") from error
    ratings = [_rating(file, number, line) for number, line in enumerate(lines, 1) if line.strip()]
    seen: set[tuple[str, str, str, int | None]] = set()
    for one in ratings:
        key = (one.item, one.competency, one.rater, one.repeat)
        if key in seen:
            raise InputError(f"{file}: {one.rater!r} rated {one.competency!r} of {one.item!r} twice; number the repeats")
        seen.add(key)
    return ratings


def reference(ratings: Iterable[Rating]) -> dict[tuple[str, str], float | None]:
    """What the raters say together: None where at least half of them saw nothing, else the median of the levels."""
    by: dict[tuple[str, str], list[float | None]] = {}
    for one in ratings:
        by.setdefault((one.item, one.competency), []).append(one.value)
    return {key: _together(values) for key, values in by.items()}


def _together(values: list[float | None]) -> float | None:
    levels = [value for value in values if value is not None]
    return median(levels) if 2 * len(levels) > len(values) else None


def _rating(file: Path, number: int, line: str) -> Rating:
    try:
        return Rating.model_validate(json.loads(line))
    except ValidationError as error:
        first = error.errors()[0]
        raise InputError(f"{file}, line {number}: {'.'.join(map(str, first['loc']))}: {first['msg']}") from error
    except ValueError as error:
        raise InputError(f"{file}, line {number} is no JSON object: {error}") from error
