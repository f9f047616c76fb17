"""Two gradings of the same items: by how much they differ, whether that is noise, and what would have been seen.

    mean        Σ d / n, with one difference d for each item
    p           the share of ways to flip the signs of all d that bring the mean as far from 0 as it is: all 2ⁿ ways while they are few,
                else drawn at random, and then (1 + as far) / (1 + drawn)
    interval    percentile bootstrap over items (`agent.evaluation.statistics.bootstrap`)
    detectable  (t₀.₉₇₅ + t₀.₈) · s / √n with n − 1 degrees of freedom: the shift that a test at 5% sees in four of five cases

R. A. Fisher (1935), The design of experiments, section 21 (sign flips); B. Phipson and G. K. Smyth (2010), Permutation P-values should
never be zero, Statistical Applications in Genetics and Molecular Biology 9(1), 39 (the 1 that is added); H. S. Bloom (1995), Minimum
detectable effects, Evaluation Review 19, 547-556; D. J. Schuirmann (1987), Journal of Pharmacokinetics and Biopharmaceutics 15, 657-680
(an interval within a margin is a test of equivalence).
"""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum

import numpy as np
from pydantic import Field

from agent.document import Document
from agent.evaluation.statistics.bootstrap import DRAWS, Drawn, intervals
from agent.evaluation.statistics.panel import Array
from agent.evaluation.statistics.quantiles import student

MOST_EXACT = 16
"""So many differences that are not 0 have 65,536 ways to flip their signs, all of which are tried; of more some are drawn."""
FLIPS = 9_999
CELLS_AT_ONCE = 4_000_000
FEWEST = 10
"""With fewer items there is no interval: a bootstrap of so few is far too narrow."""
FEWEST_DETECTABLE = 5
ALPHA, POWER = 0.05, 0.8
ROUNDING = 1e-9


class Change(StrEnum):
    """What a difference comes to beside a margin."""

    MOVED = "moved"
    SAME = "same"
    UNSURE = "unsure"


class Paired(Document):
    """The differences of `n` items, in units of the scale."""

    n: int
    mean: float | None = Field(description="None without an item.")
    deviation: float | None = Field(description="Standard deviation of the differences; None with fewer than two items.")
    p: float | None = Field(description="Two-sided; None without an item.")
    interval: tuple[float, float] | None = Field(description="95%; None with fewer than ten items.")
    detectable: float | None = Field(description="Seen with 80% power at 5%; None with fewer than five items, or where all differ alike.")

    def change(self, margin: float, p: float | None = None) -> Change:
        """Moved where the whole interval lies beyond the margin and `p`, corrected where there are several tests, is at most 5%; the same
        where the whole interval lies within; else unsure."""
        p = self.p if p is None else p
        if self.interval is None or p is None:
            return Change.UNSURE
        low, high = self.interval
        if -margin <= low and high <= margin:
            return Change.SAME
        return Change.MOVED if p <= ALPHA and (low > margin or high < -margin) else Change.UNSURE


def paired(differences: Sequence[float], *, seed: int = 0) -> Paired:
    """Everything about differences, one for each item."""
    found = np.asarray(differences, dtype=float)
    count = len(found)
    deviation = float(found.std(ddof=1)) if count > 1 else None
    return Paired(
        n=count,
        mean=float(found.mean()) if count else None,
        deviation=deviation,
        p=sign_flip_p(found, seed=seed) if count else None,
        interval=_interval(found, seed),
        detectable=detectable(deviation, count) if deviation else None,
    )


def sign_flip_p(differences: Array, *, seed: int = 0) -> float:
    """How likely a mean so far from 0 is where each sign is a coin's."""
    moved = differences[differences != 0]
    seen = abs(moved.sum()) - ROUNDING * np.abs(moved).sum()
    if len(moved) <= MOST_EXACT:
        return float(np.mean(np.abs(_all_sums(moved)) >= seen))
    return (1 + _as_far(moved, float(seen), np.random.default_rng(seed))) / (1 + FLIPS)


def detectable(deviation: float, count: int) -> float | None:
    """The smallest shift that a test of so many differences of this deviation would see."""
    if count < FEWEST_DETECTABLE:
        return None
    freedom = count - 1
    return float((student(1 - ALPHA / 2, freedom) + student(POWER, freedom)) * deviation / np.sqrt(count))


def _all_sums(values: Array) -> Array:
    """The sum for every choice of signs."""
    sums = np.zeros(1)
    for value in values:
        sums = np.concatenate([sums - value, sums + value])
    return sums


def _as_far(values: Array, seen: float, chance: np.random.Generator) -> int:
    """In how many of the draws the sum is at least so far from 0."""
    found, size = 0, max(1, CELLS_AT_ONCE // len(values))
    for start in range(0, FLIPS, size):
        signs = chance.integers(2, size=(min(size, FLIPS - start), len(values)), dtype=np.int8) * 2 - 1
        found += int(np.sum(np.abs(signs @ values) >= seen))
    return found


def _interval(values: Array, seed: int) -> tuple[float, float] | None:
    if len(values) < FEWEST:
        return None

    def mean(weights: Array) -> dict[str, Array]:
        return {"mean": weights @ values / weights.sum(1)}

    return intervals([Drawn(mean, DRAWS)], np.arange(len(values)), seed=seed)["mean"]
