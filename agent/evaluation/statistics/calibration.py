"""Whether a judge that is sure is right: its confidence against what came out."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from agent.evaluation.statistics.panel import Array


class RiskCoverage(NamedTuple):
    """The share of cases kept, the mean loss of those kept, and the mean of that loss over all shares."""

    coverage: Array
    risk: Array
    area: float


def balanced_accuracy(truth: Sequence[bool], said: Sequence[bool]) -> float:
    """The mean of the shares of true and of false cases that were told right; NaN where one of them does not occur."""
    right = {is_true: [is_said == is_true for was, is_said in zip(truth, said, strict=True) if was == is_true] for is_true in (True, False)}
    if not all(right.values()):
        return float("nan")
    return float(sum(sum(each) / len(each) for each in right.values()) / 2)


def brier(confidence: Sequence[float], was_right: Sequence[bool]) -> float:
    """The mean squared difference of a confidence from 0 to 1 and what came out, 0 or 1; 0 is best, NaN without a case.

    G. W. Brier (1950), Verification of forecasts expressed in terms of probability, Monthly Weather Review 78, 1-3; the half of the
    original sum over both outcomes, as is usual for yes and no.
    """
    sure, right = _checked(confidence, was_right)
    return float(np.mean((sure - right) ** 2)) if len(sure) else float("nan")


def expected_calibration_error(confidence: Sequence[float], was_right: Sequence[bool], *, bins: int = 10) -> float:
    """The mean gap between confidence and share of right ones, over bins of equal width, by their number of cases; NaN without a case.

    Σ n_b / n · |right_b − confidence_b| (M. P. Naeini, G. F. Cooper and M. Hauskrecht 2015, Obtaining well calibrated probabilities
    using Bayesian binning, AAAI, 2901-2907; C. Guo and others 2017, On calibration of modern neural networks, ICML). Bins are open
    below and closed above, the lowest holds 0 too.
    """
    sure, right = _checked(confidence, was_right)
    if not len(sure):
        return float("nan")
    place = np.clip(np.ceil(sure * bins).astype(int) - 1, 0, bins - 1)
    gaps = np.bincount(place, right - sure, minlength=bins)
    return float(np.abs(gaps).sum() / len(sure))


def risk_coverage(confidence: Sequence[float], loss: Sequence[float]) -> RiskCoverage:
    """What is lost on average when only the surest cases are kept: for 1 case, 2 cases, … all of them.

    R. El-Yaniv and Y. Wiener (2010), On the foundations of noise-free selective classification, JMLR 11, 1605-1641; the area as
    Y. Geifman, G. Uziel and R. El-Yaniv (2019), Bias-reduced uncertainty estimation, ICLR. Cases of equal confidence come in no order:
    each counts with their mean loss. The area is NaN without a case.
    """
    sure, lost = _checked(confidence, loss)
    _, block = np.unique(-sure, return_inverse=True)
    mean = np.bincount(block, lost) / np.maximum(1, np.bincount(block))
    kept = np.arange(1, len(sure) + 1)
    risk = np.cumsum(mean[np.sort(block)]) / kept
    return RiskCoverage(kept / max(1, len(sure)), risk, float(risk.mean()) if len(risk) else float("nan"))


def _checked(confidence: Sequence[float], came_out: Sequence[float]) -> tuple[Array, Array]:
    sure, out = np.asarray(confidence, dtype=float), np.asarray(came_out, dtype=float)
    if sure.shape != out.shape:
        raise ValueError(f"{len(sure)} confidences and {len(out)} outcomes; there must be one for each case")
    if not ((sure >= 0) & (sure <= 1)).all():
        raise ValueError("a confidence lies between 0 and 1")
    return sure, out
