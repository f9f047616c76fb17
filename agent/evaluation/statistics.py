"""Figures of agreement, each with its formula and source."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np


def quadratic_kappa(one: Sequence[int], other: Sequence[int], levels: Sequence[int]) -> float:
    """Cohen's kappa weighted by the squared distance of two levels, 1 for perfect agreement and 0 for that of chance.

    1 − Σ w_ij O_ij / Σ w_ij E_ij with w_ij = (i − j)² (Cohen 1968, Weighted kappa, Psychological Bulletin 70, 213-220). NaN where
    both always give one and the same level.
    """
    place = {level: index for index, level in enumerate(levels)}
    seen = np.zeros((len(levels), len(levels)))
    np.add.at(seen, ([place[each] for each in one], [place[each] for each in other]), 1)
    expected = np.outer(seen.sum(1), seen.sum(0)) / max(1.0, seen.sum())
    distance = np.subtract.outer(np.arange(len(levels)), np.arange(len(levels))) ** 2
    chance = float((distance * expected).sum())
    return 1 - float((distance * seen).sum()) / chance if chance else float("nan")


def balanced_accuracy(truth: Sequence[bool], said: Sequence[bool]) -> float:
    """The mean of the shares of true and of false cases that were told right; NaN where one of them does not occur."""
    right = {is_true: [is_said == is_true for was, is_said in zip(truth, said, strict=True) if was == is_true] for is_true in (True, False)}
    if not all(right.values()):
        return float("nan")
    return float(sum(sum(each) / len(each) for each in right.values()) / 2)
