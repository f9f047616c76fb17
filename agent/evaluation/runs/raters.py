"""The raters among themselves, a judge against each of them, and a judge's repeats: levels of several sides on the same items."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

import numpy as np

from agent.document import Document
from agent.evaluation.grid import grid
from agent.evaluation.measured import Measured, Question
from agent.evaluation.ratings import Rating
from agent.evaluation.runs.interval import FEWEST, Interval, rounded
from agent.verdict import State, Verdict

AMONG = ("exact", "adjacent", "mae", "qwk", "alpha_ordinal", "alpha_interval", "icc1", "icc3", "ceiling_qwk")
BETWEEN = ("exact", "adjacent", "mae", "bias", "qwk")
SIGN = {"bias": -1}
"""The pairs are of the judge and each rater, whose difference is the other's minus the judge's; in a run a bias is the judge's error."""
ALL = "all"
LEVELS = (1.0, 5.0)


class Among(Document):
    """How far several sides agree. Pairwise figures are means over pairs; undefined ones are None.

    `ceiling_qwk` is the noise ceiling: how well one of them agrees with the median of the others (`agent.evaluation.statistics.ceiling`).
    """

    items: int
    sides: int
    values: int
    figures: dict[str, float | None]
    ci: dict[str, Interval]


class Between(Document):
    """How far a judge agrees with one rater, over the units that both gave a level."""

    units: int
    figures: dict[str, float | None]


def among(ratings: Sequence[Rating], *, seed: int = 0) -> dict[str, Among]:
    """By competency, and as `all`: the agreement of everybody who rated; empty where fewer than two did."""
    if len({rating.rater for rating in ratings}) < 2:
        return {}
    groups: dict[str, list[Rating]] = {ALL: list(ratings)}
    for rating in ratings:
        groups.setdefault(rating.competency, []).append(rating)
    return {name: _among(group, seed) for name, group in groups.items() if len({one.rater for one in group}) > 1}


def against(judge: str, verdicts: Mapping[str, Mapping[str, Verdict]], ratings: Sequence[Rating]) -> dict[str, Between]:
    """By rater: how far a judge's levels agree with that rater's. `bias` is the judge's level minus the rater's."""
    own = [
        Rating(item=item, competency=name, rater=judge, value=verdict.level)
        for item, found in verdicts.items()
        for name, verdict in found.items()
        if verdict.state is not State.INSTRUMENT_ERROR
    ]
    if not own or not ratings:
        return {}
    order = [judge, *(rating.rater for rating in ratings)]
    measured = Measured(grid([*own, *ratings], order=order), Question(reference=judge, scale=LEVELS, draws=0))
    found = measured.compared
    raters = [measured.grid.raters[other] for _, other in found.pairs]
    figures = {name: [rounded(SIGN.get(name, 1) * float(value)) for value in measured.by_pair[name]] for name in BETWEEN}
    return {
        rater: Between(units=int(units), figures={name: values[place] for name, values in figures.items()})
        for place, (rater, units) in enumerate(zip(raters, found.common, strict=True))
    }


def repeated(verdicts: Mapping[str, Mapping[str, Verdict]], *, seed: int = 0) -> dict[str, Among]:
    """By competency, and as `all`: how far a judge's answers to the same questions agree; empty where each was asked once."""
    return among(list(_answers(verdicts)), seed=seed)


def _answers(verdicts: Mapping[str, Mapping[str, Verdict]]) -> Iterator[Rating]:
    """The level of each answer, as if each repeat were a rater."""
    for item, found in verdicts.items():
        for name, verdict in found.items():
            levels = verdict.opinions[0].levels if len(verdict.opinions) == 1 else ()
            for number, level in enumerate(levels, 1):
                yield Rating(item=item, competency=name, rater=f"answer {number}", value=level)


def _among(ratings: Iterable[Rating], seed: int) -> Among:
    listed = list(ratings)
    items = len({rating.item for rating in listed})
    draws = Question().draws if items >= FEWEST else 0
    with np.errstate(all="ignore"):
        measured = Measured(grid(listed, order=[one.rater for one in listed]), Question(scale=LEVELS, draws=draws, seed=seed))
        figures, ci = measured.figures, measured.intervals
    return Among(
        items=items,
        sides=len(measured.grid.raters),
        values=int(measured.panel.is_rated.sum()),
        figures={name: rounded(figures[name]) for name in AMONG},
        ci={name: (round(ci[name][0], 4) + 0.0, round(ci[name][1], 4) + 0.0) for name in AMONG if name in ci},
    )
