"""How far a judge agrees with the raters of goldens: one row for each competency and one for all."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from agent.document import Document
from agent.evaluation.ratings import Levels
from agent.evaluation.statistics import balanced_accuracy, quadratic_kappa
from agent.rubric import LEVELS
from agent.verdict import GradeReport, State, Verdict


class Agreement(Document):
    """Of so many items `both` have a level from the raters and the judge; figures that are undefined are None.

    `qwk`, `mae` and `bias` are over those: the kappa of rounded levels, the mean absolute and the mean difference of score and
    reference, in levels. `observed` is the balanced accuracy of scored against not. `covered` is the share of references that lie
    within the judge's interval.
    """

    items: int
    both: int
    qwk: float | None
    mae: float | None
    bias: float | None
    observed: float | None
    covered: float | None


class Pair(NamedTuple):
    """A reference level, None where the raters saw nothing, and the verdict on it."""

    reference: float | None
    verdict: Verdict


def agreement(reports: Mapping[str, GradeReport], levels: Levels) -> dict[str, Agreement]:
    """By competency, and as `all`: how the reports of items agree with their reference levels."""
    pairs: dict[str, list[Pair]] = {"all": []}
    for item, report in reports.items():
        for name, verdict in report.verdicts.items():
            if (item, name) in levels:
                pair = Pair(levels[item, name], verdict)
                pairs["all"].append(pair)
                pairs.setdefault(name, []).append(pair)
    return {name: of_pairs(own) for name, own in pairs.items()}


def of_pairs(pairs: Sequence[Pair]) -> Agreement:
    """The agreement of verdicts with their reference levels, None where the raters saw nothing."""
    both = [(pair.reference, pair.verdict.score, pair.verdict.interval) for pair in pairs if pair.reference and pair.verdict.score]
    wanted, said = [one[0] or 0.0 for one in both], [one[1] or 0.0 for one in both]
    off = [score - level for score, level in zip(said, wanted, strict=True)]
    within = [held[0] <= level <= held[1] for level, (_, _, held) in zip(wanted, both, strict=True) if held]
    there, found = [pair.reference is not None for pair in pairs], [pair.verdict.state is State.SCORED for pair in pairs]
    return Agreement(
        items=len(pairs),
        both=len(both),
        qwk=_figure(quadratic_kappa(_levels(wanted), _levels(said), LEVELS)) if both else None,
        mae=_mean([abs(each) for each in off]),
        bias=_mean(off),
        observed=_figure(balanced_accuracy(there, found)) if pairs else None,
        covered=_mean([float(each) for each in within]),
    )


def _levels(scores: Sequence[float]) -> list[int]:
    return [int(score + 0.5) for score in scores]


def _mean(values: Sequence[float]) -> float | None:
    return _figure(sum(values) / len(values)) if values else None


def _figure(value: float) -> float | None:
    return round(value, 3) if value == value else None
