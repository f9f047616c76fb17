"""From evidence to a level: a pure function.

    weight    = (1.0 or, for an indicator of strength 2, 1.6) × (0.25 + 0.75 × certainty) × (1 + 1.5 × substance)
    points    = sum over sentences of (the highest weight in it + 1/2 × the next + 1/4 × the next + …)
    base      = 1.2 + 3.8 × (1 − exp(−points / 2.4)), at most 4.0 unless an indicator of strength 2 was heard
    penalty   = sum over distinct counter-indicators of (0.5 or, for strength 2, 1.0) × (0.5 + 0.5 × certainty)
    score     = base − penalty, within 1 and the lowest cap in force
    level     = score, rounded half up

The factor of substance (`agent.judge.substance`, 0 for an ordinary sentence) stays within 0.2 and 1.8.
One certain indicator gives 2.5, two 3.35, three 3.9; barely heard ones count a quarter, so that four of them stay at 2.5.
Repeating a thing adds nothing: an indicator counts once, by its best sentence. One sentence that touches everything counts
less than twice its best indicator. Another indicator never lowers the score; a counter-indicator or a cap never raises it.

    confidence = 0.25 + 0.35 × (1 − exp(−sentences / 3)) + 0.2 × mean certainty − 0.15 × conflict, within 0.05 and 0.8

`conflict` is the smaller count over the larger one, of indicators and counter-indicators. It never exceeds 0.8: these
constants were set by hand, not fitted.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Literal, NamedTuple

SUBSTANCE = 1.5
LEAST, MOST = 0.2, 1.8
"""How much less or more a sentence counts for saying something concrete or nothing; see `agent.judge.substance`."""
SURE = 0.55
"""The strength of a hit (similarity plus bonus) from which it is as certain as it can be."""


class Signal(NamedTuple):
    """One distinct indicator or counter-indicator that was heard, at its best: `certainty` is 0 to 1, `sentence` names where,
    `substance` is about -1 to 1."""

    strength: Literal[1, 2]
    certainty: float
    sentence: int
    substance: float = 0.0


class Rating(NamedTuple):
    """`level` 1 to 5, `score` 1.0 to 5.0, `confidence` 0 to 1."""

    level: int
    score: float
    confidence: float


def rate(support: Sequence[Signal], against: Sequence[Signal], caps: Sequence[int] = ()) -> Rating:
    """The rating that the evidence amounts to; `caps` are the levels of the caps in force."""
    score = max(1.0, _base(support) - _penalty(against))
    score = round(min([score, *map(float, caps)]), 2)
    return Rating(int(score + 0.5), score, _confidence(support, against))


def certainty(hit: float, threshold: float, sure: float = SURE) -> float:
    """How clear a hit of that strength is: 0 at the threshold, 1 from `sure` on."""
    return min(1.0, max(0.0, (hit - threshold) / (sure - threshold)))


def _base(support: Sequence[Signal]) -> float:
    points = sum(_points(sentence, support) for sentence in sorted({signal.sentence for signal in support}))
    base = 1.2 + 3.8 * (1 - math.exp(-points / 2.4))
    return base if any(signal.strength == 2 for signal in support) else min(base, 4.0)


def _points(sentence: int, support: Sequence[Signal]) -> float:
    weights = [
        (1.6 if signal.strength == 2 else 1.0) * (0.25 + 0.75 * signal.certainty) * _concrete(signal)
        for signal in support
        if signal.sentence == sentence
    ]
    return sum(weight * 0.5**place for place, weight in enumerate(sorted(weights, reverse=True)))


def _concrete(signal: Signal) -> float:
    return min(MOST, max(LEAST, 1 + SUBSTANCE * signal.substance))


def _penalty(against: Sequence[Signal]) -> float:
    return sum((1.0 if signal.strength == 2 else 0.5) * (0.5 + 0.5 * signal.certainty) for signal in against)


def _confidence(support: Sequence[Signal], against: Sequence[Signal]) -> float:
    signals = [*support, *against]
    if not signals:
        return 0.05
    sentences = len({signal.sentence for signal in signals})
    mean = sum(signal.certainty for signal in signals) / len(signals)
    conflict = min(len(support), len(against)) / max(len(support), len(against))
    raw = 0.25 + 0.35 * (1 - math.exp(-sentences / 3)) + 0.2 * mean - 0.15 * conflict
    return round(min(0.8, max(0.05, raw)), 2)
