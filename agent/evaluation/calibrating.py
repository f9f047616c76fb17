"""Fits a model judge's calibration to reference levels: how far it is off, and how sure one can be of what is left.

Over all pairs of a median m and a reference r, with k the competency,

    slope, intercept = least squares of r on m, slope at least 0
    shift of k       = Σ (r − intercept − slope × m) / (pairs of k + PRIOR)

so that a competency with few pairs stays near what holds for all: the posterior mean of a shift whose prior is worth `PRIOR` pairs at
zero. Where that brings unseen levels no nearer to the references, in mean absolute error, levels stay as they are. Intervals are split
conformal quantiles of what is left on unseen families (Vovk, Gammerman and Shafer 2005, Algorithmic learning in a random world,
chapter 4): families of talks are the folds, so what is reported was not seen by the fit that it is reported of.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from statistics import fmean, median
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from agent.errors import InputError
from agent.evaluation.ratings import Levels
from agent.evaluation.statistics import quadratic_kappa
from agent.judge.calibration import Calibration, Shift
from agent.judge.learned.model import fingerprint_of
from agent.rubric import LEVELS, Rubric
from agent.verdict import GradeReport, State, Verdict

PRIOR = 12
FOLDS = 8
COVERAGE = 0.8
FEWEST = 40
"""With fewer pairs nothing is fitted."""


class Pair(NamedTuple):
    """What a model said about a competency of an item, answer by answer, and what raters said."""

    item: str
    family: str
    competency: str
    levels: tuple[int, ...]
    reference: float

    def after(self, answers: int) -> float:
        """The median of the first so many answers."""
        return float(median(self.levels[:answers]))


class Curve(NamedTuple):
    """Slope, intercept, and the shift of each competency."""

    slope: float
    intercept: float
    shifts: Mapping[str, float]

    def at(self, pair: Pair, answers: int) -> float:
        """Where it puts a pair."""
        raw = self.intercept + self.slope * pair.after(answers) + self.shifts.get(pair.competency, 0.0)
        return min(float(LEVELS[-1]), max(float(LEVELS[0]), raw))


class Source(NamedTuple):
    """What was graded by whom: names as a calibration holds them."""

    model: str
    prompt: str
    provenance: str


def pairs(reports: Mapping[str, GradeReport], families: Mapping[str, str], levels: Levels) -> list[Pair]:
    """Of every item and competency that both the model and the raters scored."""
    return [
        Pair(item, families[item], name, said, reference)
        for item, report in sorted(reports.items())
        for name, verdict in report.verdicts.items()
        if verdict.state is State.SCORED and (said := _said(verdict)) and (reference := levels.get((item, name))) is not None
    ]


def calibration(found: Sequence[Pair], rubric: Rubric, source: Source) -> Calibration:
    """The calibration, with a report on families it had not seen.

    Raises:
        InputError: there are too few pairs, or all are of one family.
    """
    families = sorted({pair.family for pair in found})
    if len(found) < FEWEST or len(families) < 2:
        raise InputError(
            f"{len(found)} levels of {len(families)} families of talks are too few to calibrate a judge; it takes {FEWEST} of two or more"
        )
    most, wanted = max(len(pair.levels) for pair in found), np.array([pair.reference for pair in found])
    raw, moved = ({n: put(found, families, n) for n in range(1, most + 1)} for put in (_raw, _unseen))
    helps = np.abs(moved[most] - wanted).mean() < np.abs(raw[most] - wanted).mean()
    whole, unseen = (curve(found), moved) if helps else (Curve(1.0, 0.0, {}), raw)
    return Calibration(
        rubric=rubric.name,
        model=source.model,
        prompt=source.prompt,
        provenance=source.provenance,
        data_sha256=hashlib.sha256(json.dumps(found).encode()).hexdigest(),
        slope=whole.slope,
        intercept=whole.intercept,
        competencies={
            each.id: Shift(
                fingerprint=fingerprint_of(each),
                shift=whole.shifts.get(each.id, 0.0),
                references=sum(pair.competency == each.id for pair in found),
            )
            for each in rubric.competencies
        },
        coverage=COVERAGE,
        intervals={answers: _interval(wanted - said) for answers, said in unseen.items()},
        report=_report(found, unseen[most], most),
    )


def curve(found: Sequence[Pair]) -> Curve:
    """The least squares, with shrunk shifts; over the medians of all answers."""
    said = np.array([pair.after(len(pair.levels)) for pair in found])
    wanted = np.array([pair.reference for pair in found])
    spread = float(said.var())
    slope = max(0.0, float(((said - said.mean()) * (wanted - wanted.mean())).mean()) / spread) if spread else 0.0
    intercept = float(wanted.mean()) - slope * float(said.mean())
    left = wanted - intercept - slope * said
    names = np.array([pair.competency for pair in found])
    shifts = {str(name): round(float(left[names == name].sum() / ((names == name).sum() + PRIOR)), 3) for name in np.unique(names)}
    return Curve(round(slope, 4), round(intercept, 4), shifts)


def _raw(found: Sequence[Pair], families: Sequence[str], answers: int) -> NDArray[np.float64]:
    """Where the model itself puts each pair."""
    return np.array([pair.after(answers) for pair in found])


def _unseen(found: Sequence[Pair], families: Sequence[str], answers: int) -> NDArray[np.float64]:
    """Where each pair is put by a curve that saw nothing of its family."""
    fold = {family: place % FOLDS for place, family in enumerate(families)}
    curves = {each: curve([pair for pair in found if fold[pair.family] != each]) for each in sorted(set(fold.values()))}
    return np.array([curves[fold[pair.family]].at(pair, answers) for pair in found])


def _interval(errors: NDArray[np.float64]) -> tuple[float, float]:
    low, high = np.quantile(errors, [(1 - COVERAGE) / 2, (1 + COVERAGE) / 2])
    return round(max(0.0, float(-low)), 2), round(max(0.0, float(high)), 2)


def _report(found: Sequence[Pair], said: NDArray[np.float64], answers: int) -> dict[str, object]:
    raw = [pair.after(answers) for pair in found]
    wanted = [pair.reference for pair in found]
    within = _held_out_coverage(found, said)
    return {
        "talks": len({pair.item for pair in found}),
        "families": len({pair.family for pair in found}),
        "references": len(found),
        "answers": answers,
        "folds": FOLDS,
        "moved": said.tolist() != raw,
        "before": _figures(wanted, raw),
        "after": _figures(wanted, list(said)),
        "covered": round(within, 3),
    }


def _held_out_coverage(found: Sequence[Pair], said: NDArray[np.float64]) -> float:
    """The share of references inside an interval that was taken from the other half of the families."""
    families = sorted({pair.family for pair in found})
    half = np.array([families.index(pair.family) % 2 for pair in found])
    errors = np.array([pair.reference for pair in found]) - said
    held: list[bool] = []
    for own in (0, 1):
        low, high = _interval(errors[half != own]) if (half != own).any() else (0.0, 0.0)
        held += [-low <= float(error) <= high for error in errors[half == own]]
    return fmean(held)


def _figures(wanted: Sequence[float], said: Sequence[float]) -> dict[str, float]:
    off = [one - other for one, other in zip(said, wanted, strict=True)]
    return {
        "qwk": round(quadratic_kappa([int(each + 0.5) for each in wanted], [int(each + 0.5) for each in said], LEVELS), 3),
        "mae": round(fmean(map(abs, off)), 3),
        "bias": round(fmean(off), 3),
    }


def _said(verdict: Verdict) -> tuple[int, ...]:
    """The model's own levels; those of a verdict without opinions are its level."""
    if not verdict.opinions:
        return (verdict.level,) if verdict.level else ()
    return tuple(level for level in verdict.opinions[0].levels if level is not None)
