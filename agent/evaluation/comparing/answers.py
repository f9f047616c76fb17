"""The single answers behind grades, as ratings: each judge a rater, each time it was asked a repeat."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from statistics import fmean
from typing import NamedTuple

from agent.errors import InputError
from agent.evaluation.comparing.pins import pins_of
from agent.evaluation.comparing.sides import Side, read_sides
from agent.evaluation.ratings import Rating, read_ratings
from agent.evaluation.why import why
from agent.verdict import GradeReport, State, Verdict


class Answers(NamedTuple):
    """What judges answered; `cost` is that of one answer about a whole talk in US dollars, None where it is not known.

    `damage`: what of the sources could not be read, a sentence each.
    """

    ratings: list[Rating]
    cost: float | None
    damage: tuple[str, ...] = ()


def read_answers(paths: Sequence[Path]) -> Answers:
    """The answers in runs, in saved reports, or in a file of ratings.

    Raises:
        InputError: one of them cannot be read, or holds neither.
    """
    if all(map(_holds_ratings, paths)):
        return Answers([rating for path in paths for rating in read_ratings(path)], None)
    sides = [side for path in paths for side in read_sides(path).values()]
    damage = tuple(dict.fromkeys(side.damage for side in sides if side.damage))
    return Answers(ratings_of(sides), _cost(sides), damage)


def ratings_of(sides: Iterable[Side]) -> list[Rating]:
    """Every answer as a rating, by competency in the order of the reports.

    Sides of one judge with the same pins are repeats of it; with other pins they are judges of their own.
    """
    names: dict[tuple[str, str], str] = {}
    counts: dict[tuple[str, str, str], int] = {}
    found: list[Rating] = []
    places: dict[str, int] = {}
    for side in sides:
        name = _name(side, names)
        for item, report in side.reports.items():
            for each in report.verdicts:
                places.setdefault(each, len(places))
            for competency, judge, value in _answers(report, name):
                number = counts[item, competency, judge] = counts.get((item, competency, judge), 0) + 1
                found.append(Rating(item=item, competency=competency, rater=judge, value=value, repeat=number))
    return sorted(found, key=lambda rating: places[rating.competency])


def _name(side: Side, names: dict[tuple[str, str], str]) -> str:
    """The judge's name, with its source where a judge of that name was another one."""
    key = (side.judge, json.dumps(pins_of(side.reports.values())))
    if key not in names:
        names[key] = f"{side.judge} of {side.source}" if side.judge in names.values() else side.judge
    return names[key]


def _answers(report: GradeReport, name: str) -> Iterator[tuple[str, str, float | None]]:
    for competency, verdict in report.verdicts.items():
        if verdict.state is not State.INSTRUMENT_ERROR:
            yield from ((competency, judge, value) for judge, value in _of(verdict, name))


def _of(verdict: Verdict, name: str) -> Iterator[tuple[str, float | None]]:
    """Each level that was given, and by whom: of a panel its models, otherwise the judge itself."""
    if not verdict.opinions:
        yield name, verdict.score
    for opinion in verdict.opinions:
        yield from ((opinion.judge if len(verdict.opinions) > 1 else name, level) for level in opinion.levels)


def _cost(sides: Iterable[Side]) -> float | None:
    costs = [_cost_of(report.judge.parameters) for side in sides for report in side.reports.values()]
    known = [cost for cost in costs if cost is not None]
    return fmean(known) if known and len(known) == len(costs) else None


def _cost_of(parameters: Mapping[str, object]) -> float | None:
    """Of one answer; 0 where no model was asked."""
    usage, repeats = parameters.get("usage"), parameters.get("repeats", 1)
    if not isinstance(usage, Mapping):
        return 0.0
    cost = usage.get("cost")
    return cost / repeats if isinstance(cost, int | float) and isinstance(repeats, int) else None


def _holds_ratings(path: Path) -> bool:
    """Whether the first line is a rating; what cannot be read is for others to say."""
    if path.is_dir():
        return False
    try:
        with path.open(encoding="utf-8-sig") as file:
            first = json.loads(next((line for line in file if line.strip()), "{}"))
    except (OSError, ValueError) as error:
        raise InputError(f"cannot read {path}: {why(error)}; name a run's folder, or JSON lines of ratings or reports") from error
    return isinstance(first, dict) and "rater" in first
