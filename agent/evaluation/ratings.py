"""Ratings in long format: one line for what one rater said about one competency of one item."""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from statistics import median
from typing import Annotated

from pydantic import Field, ValidationError, field_validator

from agent.document import Document
from agent.errors import InputError
from agent.evaluation.why import why

Levels = Mapping[tuple[str, str], float | None]
"""By item and competency: the reference level 1 to 5, or None where it was not observed."""

LARGEST = 1e12
"""The largest value; squares of larger ones would soon have no digits left for differences."""

Name = Annotated[str, Field(min_length=1, coerce_numbers_to_str=True)]


class Rating(Document):
    """`value` is a number, or None where the rater saw nothing to rate. A rater who never rated an item has no line.

    Names may be numbers in a file; a value that is a text or a truth is none.
    """

    item: Name
    competency: Name
    rater: Name
    value: float | None = Field(strict=True)
    repeat: int | None = None
    best: str | None = Field(default=None, description="The candidate's words that spoke most for it.")
    worst: str | None = Field(default=None, description="The candidate's words that spoke most against it.")

    @field_validator("value")
    @classmethod
    def _is_finite(cls, value: float | None) -> float | None:
        if value is not None and not math.isfinite(value):
            raise ValueError("a value is a number or null; leave out what is missing")
        if value is not None and abs(value) > LARGEST:
            raise ValueError(f"a value lies between −{LARGEST:g} and {LARGEST:g}")
        return value


def read_ratings(file: Path) -> list[Rating]:
    """The ratings of a JSON Lines file, in its order; blank lines are skipped.

    Raises:
        InputError: the file cannot be read, a line is no rating, or one rater rated the same thing twice.
    """
    try:
        lines = file.read_text(encoding="utf-8-sig").split("\n")
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"cannot read {file}: {why(error)}") from error
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
    return {key: together(values) for key, values in by.items()}


def together(values: Sequence[float | None]) -> float | None:
    """The median of values, None where at least half of them are None."""
    levels = [value for value in values if value is not None]
    return median(levels) if 2 * len(levels) > len(values) else None


def _rating(file: Path, number: int, line: str) -> Rating:
    try:
        found = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise InputError(f"{file}, line {number} is no JSON object: {why(error)}") from error
    if not isinstance(found, dict):
        raise InputError(f"{file}, line {number} is no JSON object, which starts with {{ and ends with }}")
    try:
        return Rating.model_validate(found)
    except ValidationError as error:
        raise InputError(f"{file}, line {number}: {why(error)}") from error
