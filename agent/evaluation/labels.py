"""Who rated how much, and how often two raters agree on what both rated."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import combinations
from pathlib import Path
from typing import NamedTuple

from agent.errors import InputError
from agent.evaluation.about import read_about
from agent.evaluation.ratings import Rating, read_ratings

HALF_STEPS = range(2, 11)
"""The levels 1 to 5 in halves, doubled. Kappa with squared distances is the same on them as on whole levels."""

_Cell = tuple[str, str, int | None]
_Values = dict[_Cell, float | None]


class Sheet(NamedTuple):
    """What one rater gave. `kind` is person or model, or empty where nothing tells which."""

    rater: str
    kind: str
    values: _Values

    @property
    def items(self) -> int:
        """How many items have a rating."""
        return len({item for item, _, _ in self.values})

    @property
    def competencies(self) -> int:
        """How many competencies have a rating."""
        return len({competency for _, competency, _ in self.values})

    @property
    def levels(self) -> int:
        """How many ratings are levels; the others are not observed."""
        return sum(value is not None for value in self.values.values())


class Pair(NamedTuple):
    """Two raters on what both rated. Shares are 0 to 1; None where there is nothing to count.

    `seen_alike`: both or neither gave a level. `exact`, `adjacent` (at most one apart) and `kappa` are of the `both` that have two.
    """

    one: str
    other: str
    common: int
    seen_alike: float
    both: int
    exact: float | None
    adjacent: float | None
    kappa: float | None


def read_sheets(files: Iterable[Path]) -> list[Sheet]:
    """The raters of all files, in the order in which they are met.

    Raises:
        InputError: a file cannot be read, a value is no level, or two files rate the same thing for the same rater.
    """
    sheets: dict[str, Sheet] = {}
    for file in files:
        about = read_about(file)
        for one in read_ratings(file):
            kind = about.kind if about and about.rater == one.rater else ""
            values = sheets.setdefault(one.rater, Sheet(one.rater, kind, {})).values
            cell = (one.item, one.competency, one.repeat)
            if cell in values:
                raise InputError(f"{file}: {one.rater!r} rated {one.competency!r} of {one.item!r} in another file as well; leave one out")
            values[cell] = _level(one, file)
    return list(sheets.values())


def pairs(sheets: Sequence[Sheet]) -> list[Pair]:
    """Every two raters who have rated something in common."""
    return [_pair(one, other) for one, other in combinations(sheets, 2) if one.values.keys() & other.values.keys()]


def _pair(one: Sheet, other: Sheet) -> Pair:
    common = [(one.values[cell], other.values[cell]) for cell in one.values if cell in other.values]
    both = [(first, second) for first, second in common if first is not None and second is not None]
    apart = [abs(first - second) for first, second in both]
    return Pair(
        one.rater,
        other.rater,
        len(common),
        sum((first is None) == (second is None) for first, second in common) / len(common),
        len(both),
        _share(each == 0 for each in apart),
        _share(each <= 1 for each in apart),
        _kappa(both),
    )


def _share(hits: Iterable[bool]) -> float | None:
    counted = list(hits)
    return sum(counted) / len(counted) if counted else None


def _kappa(both: Sequence[tuple[float, float]]) -> float | None:
    from agent.evaluation.statistics import quadratic_kappa

    if not both:
        return None
    doubled = [(round(2 * first), round(2 * second)) for first, second in both]
    kappa = quadratic_kappa([first for first, _ in doubled], [second for _, second in doubled], HALF_STEPS)
    return kappa if kappa == kappa else None


def _level(rating: Rating, file: Path) -> float | None:
    if rating.value is not None and not (1 <= rating.value <= 5 and (2 * rating.value).is_integer()):
        raise InputError(f"{file}: {rating.value:g} for {rating.competency!r} of {rating.item!r} is no level; levels are 1 to 5, or null")
    return rating.value
