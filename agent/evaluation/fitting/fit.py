"""Fits the model of the embedded judge and says how it does on families of goldens that it has not seen.

Two stages, stacked: heads on sentences, then levels on measures. The measures of a golden come from heads that were fitted
without its family (Wolpert 1992, Stacked generalization, Neural Networks 5, 241-259), and every figure of the report from a
level model that was fitted without it as well.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from agent.evaluation.fitting.cases import Case, Material, exchanges
from agent.evaluation.fitting.heads import Sample, fit_asks, fit_heads, fit_news, of_fillers, of_goldens, of_sentences
from agent.evaluation.fitting.monotone import Groups, fit_groups
from agent.evaluation.statistics import balanced_accuracy, quadratic_kappa
from agent.judge.learned.measures import AGAINST, LEVEL_MEASURES, OBSERVED_MEASURES, level_measures, observed_measures, whole
from agent.judge.learned.model import NEAR, UNIT, CompetencyModel, JudgeModel, Scale, fingerprint_of
from agent.judge.learned.talk import Room, counting, room_of, suspicion_of, worths_of
from agent.rubric import LEVELS, Rubric

VERSION = "1"
FOLDS = 7
TO_SHARED, TO_ZERO = 10.0, 5.0
OF_EXCHANGES, OF_ANSWERS = 0.5, 0.5
STRETCHES = tuple(round(1 + 0.05 * step, 2) for step in range(13))
THRESHOLDS = (0.35, 0.4, 0.45, 0.5, 0.55, 0.6)
MISSED = 1.5
COVERAGE = 0.8
DIGITS = 4

Array = NDArray[np.float64]
_Row = tuple[int, int, int, list[float], list[float], float]
GOLDEN, EXCHANGE, ANSWER = 0, 1, 2
"""What a row is of: a whole golden, one exchange of it, or a short answer to one question."""
SIGN = np.array([-1.0 if name in AGAINST else 1.0 for name in LEVEL_MEASURES])


class Rows(NamedTuple):
    """One row for each golden, or exchange of one, and competency: its fold, its competency's place, what it is of, its
    measures, its reference (NaN: not observed)."""

    fold: NDArray[np.int_]
    competency: NDArray[np.int_]
    kind: NDArray[np.int_]
    level: Array
    observed: Array
    wanted: Array

    @property
    def is_rated(self) -> NDArray[np.bool_]:
        """Where there is a level of a whole golden."""
        return self.whole & ~np.isnan(self.wanted)

    @property
    def whole(self) -> NDArray[np.bool_]:
        """Where it is of a whole golden."""
        return np.equal(self.kind, GOLDEN)


class Unseen(NamedTuple):
    """What is said to rows that the fit has not seen."""

    latent: Array
    observed: Array


def fit(material: Material, rubric: Rubric, embedder: str, provenance: str) -> JudgeModel:
    """The model, fitted to all of `material`; its report is about families left out."""
    names = [each.id for each in rubric.competencies]
    folds = _folds(material.cases) | _folds(material.answers)
    asks, news = _line_heads(material, names)
    rows = _rows(material, names, folds)
    unseen = _unseen(rows, len(names))
    centre = float(np.mean(rows.wanted[rows.is_rated]))
    stretch = _stretch(rows, unseen, centre)
    threshold, threshold_of_one = (_threshold(rows, unseen, kind) for kind in (GOLDEN, ANSWER))
    levels, observed = _fitted(rows, np.ones(len(rows.fold), dtype=bool), len(names))
    heads = {name: _heads(material, name, material.cases) for name in names}
    scores = np.clip(centre + stretch * (unseen.latent - centre), LEVELS[0], LEVELS[-1])
    return JudgeModel(
        version=VERSION,
        embedder=embedder,
        provenance=provenance,
        data_sha256=material.sha256,
        competencies={
            each.id: CompetencyModel(
                fingerprint=fingerprint_of(each),
                heads=tuple(_packed(row) for row in heads[each.id]),
                asks=_packed(asks[each.id]),
                intercept=_short(levels.intercepts[place]),
                weights={name: _short(weight) for name, weight in zip(LEVEL_MEASURES, levels.weights[place], strict=True)},
                observed_intercept=_short(observed.intercepts[place]),
                observed_weights={name: _short(weight) for name, weight in zip(OBSERVED_MEASURES, observed.weights[place], strict=True)},
            )
            for place, each in enumerate(rubric.competencies)
        },
        news=_packed(news),
        level_scales=dict(zip(LEVEL_MEASURES, _scales(rows.level[rows.whole]), strict=True)),
        observed_scales=dict(zip(OBSERVED_MEASURES, _scales(rows.observed[rows.whole]), strict=True)),
        centre=_short(centre),
        stretch=stretch,
        threshold=threshold,
        threshold_of_one=threshold_of_one,
        coverage=COVERAGE,
        interval=_interval(rows.wanted - scores, rows.is_rated),
        confidence=_confidence(rows, scores),
        report=_report(rows, scores, unseen.observed >= np.where(rows.kind == ANSWER, threshold_of_one, threshold), names, material),
    )


def _folds(cases: Sequence[Case]) -> dict[str, int]:
    return {family: place % FOLDS for place, family in enumerate(sorted({case.family for case in cases}))}


def _rows(material: Material, names: Sequence[str], folds: dict[str, int]) -> Rows:
    """The measures of every case and its exchanges, from heads that have not seen its family."""
    found: list[_Row] = []
    for fold in sorted(set(folds.values())):
        heads = {name: _heads(material, name, [case for case in material.cases if folds[case.family] != fold]) for name in names}
        asks, news = _line_heads(material, names, {family for family, its in folds.items() if its == fold})
        for kind, case in _all_of(material, folds, fold):
            found += _of_case(case, room_of(case.talk, case.line_inputs, asks, news), heads, fold, kind)
    return Rows(*(np.array(column) for column in zip(*found, strict=True)))


def _line_heads(material: Material, names: Sequence[str], without: Collection[str] = ()) -> tuple[dict[str, Array], Array]:
    """The heads for lines that ask for each competency, and for news; questions of the families `without` are not fitted to."""
    kept = [one for one in material.questions if one.family not in without]
    asking = [*material.asking, *(one.line for one in kept)]
    seen = np.vstack([material.asking_inputs, *(one.inputs for one in kept)])
    return {name: fit_asks(name, asking, seen) for name in names}, fit_news(material.news, material.news_inputs, asking, seen)


def _all_of(material: Material, folds: dict[str, int], fold: int) -> Iterator[tuple[int, Case]]:
    for case in material.cases:
        if folds[case.family] == fold:
            yield GOLDEN, case
            yield from ((EXCHANGE, exchange) for exchange in exchanges(case))
    yield from ((ANSWER, case) for case in material.answers if folds[case.family] == fold)


def _of_case(case: Case, room: Room, heads: dict[str, Array], fold: int, kind: int) -> list[_Row]:
    worths = worths_of(case.inputs, heads, suspicion_of(case.talk, case.inputs, case.line_inputs))
    shared = whole(worths)
    found: list[_Row] = []
    for place, name in enumerate(heads):
        if name not in case.levels:
            continue
        counts = counting(name, case.talk, room, worths[name])[1]
        level, observed = level_measures(counts, shared), observed_measures(counts, shared, room.asked[name], room.change)
        values = [level[one] for one in LEVEL_MEASURES], [observed[one] for one in OBSERVED_MEASURES]
        wanted = case.levels[name]
        found.append((fold, place, kind, *values, float("nan") if wanted is None else wanted))
    return found


def _heads(material: Material, competency: str, cases: Sequence[Case]) -> Array:
    samples: list[Sample] = [of_sentences(competency, material.sentences, material.sentence_inputs)]
    samples += [of_goldens(case.quotes[competency], case.inputs) for case in cases if len(case.inputs)]
    return fit_heads([*samples, of_fillers(material.filler_inputs)])


def _unseen(rows: Rows, groups: int) -> Unseen:
    latent, observed = np.zeros(len(rows.fold)), np.zeros(len(rows.fold))
    for fold in np.unique(rows.fold):
        out = rows.fold == fold
        by_level, by_observed = _fitted(rows, ~out, groups)
        latent[out] = by_level.predicted(_scaled(rows.level, rows.whole)[out], rows.competency[out])
        observed[out] = by_observed.predicted(_scaled(rows.observed, rows.whole)[out], rows.competency[out])
    return Unseen(latent, observed)


def _fitted(rows: Rows, among: NDArray[np.bool_], groups: int) -> tuple[Groups, Groups]:
    """The level model and the model of whether there is anything to rate. Both outcomes of the latter count the same in sum."""
    rated = among & (rows.kind != EXCHANGE) & ~np.isnan(rows.wanted)
    levels = fit_groups(
        _scaled(rows.level, rows.whole)[rated],
        rows.wanted[rated],
        rows.competency[rated],
        SIGN,
        groups=groups,
        to_shared=TO_SHARED,
        to_zero=TO_ZERO,
        counts=np.where(rows.whole[rated], 1.0, OF_ANSWERS),
    )
    is_rated = ~np.isnan(rows.wanted[among])
    observed = fit_groups(
        _scaled(rows.observed, rows.whole)[among],
        is_rated.astype(float),
        rows.competency[among],
        np.ones(len(OBSERVED_MEASURES)),
        groups=groups,
        to_shared=TO_SHARED,
        to_zero=TO_ZERO,
        counts=_counts(rows.kind[among], is_rated),
    )
    return levels, observed


def _counts(kind: NDArray[np.int_], is_rated: NDArray[np.bool_]) -> Array:
    """Both outcomes count the same in sum; exchanges and short answers each `OF_EXCHANGES` and `OF_ANSWERS` of what goldens count."""
    counts = np.zeros(len(kind))
    for one, share in ((GOLDEN, 1.0), (EXCHANGE, OF_EXCHANGES), (ANSWER, OF_ANSWERS)):
        for outcome in ((kind == one) & is_rated, (kind == one) & ~is_rated):
            counts[outcome] = share * 0.5 * (kind == GOLDEN).sum() / max(1, outcome.sum())
    return counts


def _scaled(values: Array, among: NDArray[np.bool_]) -> Array:
    scaled: Array = (values - values[among].mean(0)) / np.maximum(values[among].std(0), 1e-9)
    return scaled


def _scales(values: Array) -> list[Scale]:
    return [Scale(mean=_short(each.mean()), deviation=max(_short(each.std()), 10**-DIGITS)) for each in values.T]


def _stretch(rows: Rows, unseen: Unseen, centre: float) -> float:
    """A regression draws scores to the mean; a stretch undoes it. The best is the one with the highest QWK − 2 MAE."""
    wanted = _levels(rows.wanted[rows.is_rated])

    def agreement(stretch: float) -> float:
        said = np.clip(centre + stretch * (unseen.latent[rows.is_rated] - centre), LEVELS[0], LEVELS[-1])
        return quadratic_kappa(wanted, _levels(said), LEVELS) - 2 * float(np.abs(said - rows.wanted[rows.is_rated]).mean())

    return max(STRETCHES, key=agreement)


def _threshold(rows: Rows, unseen: Unseen, kind: int) -> float:
    """The threshold that tells best what is observed from what is not, over rows of a kind, to a hundredth; the lowest of equals.

    Of a single answer a level that is missed weighs `MISSED` times as much as one too many: who answers one question wants to know.
    """
    weight = MISSED if kind == ANSWER else 1.0
    among = rows.kind == kind
    there = ~np.isnan(rows.wanted[among])
    if there.all() or not there.any():
        return THRESHOLDS[0]

    def right(threshold: float) -> float:
        said = unseen.observed[among] >= threshold
        return round(float((weight * said[there].mean() + 1 - said[~there].mean()) / (1 + weight)), 2)

    return max(THRESHOLDS, key=right)


def _levels(scores: Array) -> list[int]:
    return [int(score + 0.5) for score in scores]


def _interval(errors: Array, rated: NDArray[np.bool_]) -> tuple[float, float]:
    """How far below and above a score the reference lies in `COVERAGE` of unseen cases (split conformal quantiles)."""
    low, high = np.quantile(errors[rated], [(1 - COVERAGE) / 2, (1 + COVERAGE) / 2])
    return round(float(-low), 2), round(float(high), 2)


def _confidence(rows: Rows, scores: Array) -> tuple[tuple[float, float], ...]:
    """By thirds of the evidence: from how much on, and the share of scores within `NEAR` of the reference."""
    touched = rows.observed[:, OBSERVED_MEASURES.index("touched")]
    rated, near = rows.is_rated, np.abs(scores - rows.wanted) <= NEAR
    cuts = [0.0, *(float(cut) for cut in np.quantile(touched[rated], [1 / 3, 2 / 3])), np.inf]
    return tuple(
        (_short(least), round(float(near[rated & (touched >= least) & (touched < most)].mean()), 2)) for least, most in pairwise(cuts)
    )


def _report(rows: Rows, scores: Array, observed: NDArray[np.bool_], names: Sequence[str], material: Material) -> dict[str, object]:
    return {
        "goldens": len(material.cases),
        "families": len({case.family for case in material.cases}),
        "sentences": len(material.sentences),
        "folds": FOLDS,
        "all": _figures(rows, scores, observed, rows.whole),
        "exchanges": _figures(rows, scores, observed, rows.kind == EXCHANGE),
        "short answers": _figures(rows, scores, observed, rows.kind == ANSWER),
        **{name: _figures(rows, scores, observed, rows.whole & (rows.competency == place)) for place, name in enumerate(names)},
    }


def _figures(rows: Rows, scores: Array, observed: NDArray[np.bool_], among: NDArray[np.bool_]) -> dict[str, float | int | None]:
    rated = among & (rows.kind != EXCHANGE) & ~np.isnan(rows.wanted)
    wanted, said = rows.wanted[rated], scores[rated]
    there = ~np.isnan(rows.wanted[among])
    return {
        "rated": int(rated.sum()),
        "qwk": _figure(quadratic_kappa(_levels(wanted), _levels(said), LEVELS)),
        "mae": _figure(float(np.abs(wanted - said).mean()) if len(said) else np.nan),
        "bias": _figure(float((said - wanted).mean()) if len(said) else np.nan),
        "observed_balanced_accuracy": _figure(balanced_accuracy(list(there), list(observed[among]))),
    }


def _figure(value: float) -> float | None:
    return round(float(value), 3) if np.isfinite(value) else None


def _short(value: float) -> float:
    return round(float(value), DIGITS)


def _packed(weights: Array) -> tuple[int, ...]:
    return tuple(round(UNIT * float(weight)) for weight in weights)
