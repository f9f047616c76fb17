"""The fitted model of the embedded judge, as shipped in `model.json`, and what it says to measures: pure functions.

    latent   = intercept + Σ weight × (measure − mean) / deviation
    score    = centre + stretch × (latent − centre), within 1 and 5, and at most the lowest cap in force
    level    = score, rounded half up
    observed = intercept + Σ weight × (measure − mean) / deviation ≥ threshold, or the one for a single exchange

Weights of measures `for` are never negative and of measures `against` never positive. `interval` holds the reference level in
the stated share of cases that the fit had not seen, `confidence` is the share of them in which a score was within `NEAR` of it.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from functools import cache, cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pydantic import Field

from agent.document import Document, fingerprint
from agent.judge.learned.measures import LevelMeasure, ObservedMeasure
from agent.rubric import Competency

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

FILE = Path(__file__).parent / "model.json"
UNIT = 1000
"""Weights of heads are stored as whole thousandths."""
NEAR = 0.75
KEPT = 1000

_fingerprints: dict[int, tuple[Competency, str]] = {}
"""By identity, with the competency itself, so that no other one gets its number while it is here."""


class Scale(Document):
    """Mean and standard deviation of a measure over the transcripts of the fit."""

    mean: float
    deviation: float


class CompetencyModel(Document):
    """What was fitted for one competency of the rubric whose fingerprint it has."""

    fingerprint: str
    heads: tuple[tuple[int, ...], ...] = Field(description="One row for each head, in thousandths.")
    asks: tuple[int, ...] = Field(description="The head that hears whether a line asks for it, in thousandths.")
    intercept: float
    weights: dict[LevelMeasure, float]
    observed_intercept: float
    observed_weights: dict[ObservedMeasure, float]


class JudgeModel(Document):
    """All that was fitted, and what it was fitted to."""

    version: str
    embedder: str
    provenance: str
    data_sha256: str = Field(description="Of every label and transcript it was fitted to.")
    competencies: dict[str, CompetencyModel]
    news: tuple[int, ...] = Field(description="The head that hears whether a line changes the scene, in thousandths.")
    level_scales: dict[LevelMeasure, Scale]
    observed_scales: dict[ObservedMeasure, Scale]
    centre: float
    stretch: float
    threshold: float
    threshold_of_one: float = Field(description="The threshold where the candidate spoke but once.")
    coverage: float = Field(description="The share of cases that `interval` is meant to hold.")
    interval: tuple[float, float] = Field(description="How far below and above a score the interval reaches.")
    confidence: tuple[tuple[float, float], ...] = Field(description="(evidence, confidence): from so much evidence on, so sure.")
    report: dict[str, object] = Field(description="How the fit did on what it had not seen.")

    def knows(self, competency: Competency) -> bool:
        """Whether it was fitted for this very competency: same anchors, same indicators."""
        known = self.competencies.get(competency.id)
        return known is not None and known.fingerprint == fingerprint_of(competency)

    def score(self, competency: str, measures: Mapping[LevelMeasure, float]) -> float:
        """The score, 1.0 to 5.0."""
        fitted = self.competencies[competency]
        latent = fitted.intercept + _weighed(measures, fitted.weights, self.level_scales)
        return min(5.0, max(1.0, self.centre + self.stretch * (latent - self.centre)))

    def observed(self, competency: str, measures: Mapping[ObservedMeasure, float], exchanges: int) -> bool:
        """Whether there is something to rate, where the candidate spoke so many times."""
        fitted = self.competencies[competency]
        latent = fitted.observed_intercept + _weighed(measures, fitted.observed_weights, self.observed_scales)
        return latent >= (self.threshold if exchanges > 1 else self.threshold_of_one)

    def interval_of(self, score: float) -> tuple[float, float]:
        """Where the reference level lies in `coverage` of unseen cases, within 1 and 5."""
        low, high = self.interval
        return round(max(1.0, score - low), 2), round(min(5.0, score + high), 2)

    def sure(self, evidence: float) -> float:
        """The confidence of a score that rests on so much evidence."""
        return next(sure for least, sure in reversed(self.confidence) if evidence >= least)

    def heads(self, competency: str) -> NDArray[np.float64]:
        """What a competency's sentences are worth: shape (heads, inputs)."""
        return _unpacked(self.competencies[competency].heads)

    @cached_property
    def asks(self) -> dict[str, NDArray[np.float64]]:
        """By competency, the head for lines that ask for it: shape (inputs,)."""
        return {name: _unpacked(fitted.asks) for name, fitted in self.competencies.items()}

    @cached_property
    def news_head(self) -> NDArray[np.float64]:
        """The head for lines that change the scene: shape (inputs,)."""
        return _unpacked(self.news)


def fingerprint_of(competency: Competency) -> str:
    """Of all that a level depends on: not of its weight in the overall score, nor of what to practise. Made once for each object."""
    if id(competency) not in _fingerprints:
        if len(_fingerprints) >= KEPT:
            _fingerprints.clear()
        made = fingerprint(competency.model_copy(update={"weight": 1.0, "next_steps": ()}))
        _fingerprints[id(competency)] = (competency, made)
    return _fingerprints[id(competency)][1]


@cache
def shipped_model() -> JudgeModel:
    """The model that comes with this version."""
    return JudgeModel.model_validate(json.loads(FILE.read_text(encoding="utf-8")))


def _weighed(measures: Mapping[Any, float], weights: Mapping[Any, float], scales: Mapping[Any, Scale]) -> float:
    return sum(weight * (measures[name] - scales[name].mean) / scales[name].deviation for name, weight in weights.items())


def _unpacked(thousandths: Sequence[Any]) -> NDArray[np.float64]:
    import numpy as np

    return np.array(thousandths, dtype=np.float64) / UNIT
