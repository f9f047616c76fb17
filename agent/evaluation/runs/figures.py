"""How far a judge agrees with the raters' levels, each figure with its interval by drawing items again."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from agent.document import Document
from agent.evaluation import held_out
from agent.evaluation.ratings import Levels
from agent.evaluation.runs.interval import DIGITS, FEWEST, Interval
from agent.evaluation.statistics.bootstrap import Drawn, intervals
from agent.evaluation.statistics.pairs import Cells, figures
from agent.evaluation.statistics.panel import Array, Codes, ratio
from agent.rubric import LEVELS
from agent.verdict import State, Verdict

ALL = "all"
DRAWS = 2000


class Row(Document):
    """The figures of `agent.evaluation.held_out.Agreement`, and the 95% interval of each that has one; `bias` is judge minus reference."""

    items: int
    both: int
    qwk: float | None
    mae: float | None
    bias: float | None
    observed: float | None
    covered: float | None
    ci: dict[str, Interval]


def agreement(verdicts: Mapping[str, Mapping[str, Verdict]], levels: Levels, *, seed: int = 0) -> dict[str, Row]:
    """By competency, and as `all`: how verdicts (by item, then by competency) agree with reference levels.

    Instrument errors are no verdicts of the judge and are left out; the counts tell of them.
    """
    pairs: dict[str, list[_Pair]] = {ALL: []}
    for item, found in verdicts.items():
        for name, verdict in found.items():
            if (item, name) in levels and verdict.state is not State.INSTRUMENT_ERROR:
                pair = _Pair(item, levels[item, name], verdict)
                pairs[ALL].append(pair)
                pairs.setdefault(name, []).append(pair)
    return {name: _row(own, seed) for name, own in pairs.items()}


class _Pair(NamedTuple):
    item: str
    reference: float | None
    verdict: Verdict


def _row(pairs: Sequence[_Pair], seed: int) -> Row:
    known = held_out.of_pairs([held_out.Pair(pair.reference, pair.verdict) for pair in pairs])
    place: dict[str, int] = {}
    items = np.array([place.setdefault(pair.item, len(place)) for pair in pairs], dtype=int)
    drawn = intervals([Drawn(_Drawn.of(pairs), DRAWS)], items, seed=seed) if len(place) >= FEWEST else {}
    ci = {name: (round(low, DIGITS), round(high, DIGITS)) for name, (low, high) in drawn.items() if getattr(known, name) is not None}
    return Row(**known.model_dump(), ci=ci)


@dataclass(frozen=True, eq=False)
class _Drawn:
    """The figures as functions of how often each pair counts. Pairs without both levels weigh nothing in most of them."""

    both: Array
    cells: Codes
    off: Array
    has_interval: Array
    within: Array
    there: Array
    found: Array

    @classmethod
    def of(cls, pairs: Sequence[_Pair]) -> _Drawn:
        wanted = np.array([pair.reference or np.nan for pair in pairs], dtype=float)
        said = np.array([pair.verdict.score or np.nan for pair in pairs], dtype=float)
        held = [pair.verdict.interval for pair in pairs]
        off = said - wanted
        both = ~np.isnan(off)
        rounded = [np.where(both, side + 0.5, LEVELS[0]).astype(int) - LEVELS[0] for side in (wanted, said)]
        within = [bool(one and one[0] <= level <= one[1]) for one, level in zip(held, wanted, strict=True)]
        return cls(
            both=both.astype(float),
            cells=rounded[0] * len(LEVELS) + rounded[1],
            off=np.where(both, off, 0.0),
            has_interval=both * np.array([one is not None for one in held], dtype=float),
            within=both * np.array(within, dtype=float),
            there=(~np.isnan(wanted)).astype(float),
            found=np.array([pair.verdict.state is State.SCORED for pair in pairs], dtype=float),
        )

    def __call__(self, weights: Array) -> dict[str, Array]:
        """Each figure, one for each row of weights; NaN where undefined."""
        number = weights @ self.both
        absent = 1 - self.there
        seen, unseen = (
            ratio(weights @ (self.there * self.found), weights @ self.there),
            ratio(weights @ (absent * (1 - self.found)), weights @ absent),
        )
        return {
            "qwk": self._kappa(weights),
            "mae": ratio(weights @ abs(self.off), number),
            "bias": ratio(weights @ self.off, number),
            "observed": (seen + unseen) / 2,
            "covered": ratio(weights @ self.within, weights @ self.has_interval),
        }

    def _kappa(self, weights: Array) -> Array:
        levels = np.array(LEVELS, dtype=float)
        one, other = (side.ravel() for side in np.meshgrid(levels, levels, indexing="ij"))
        table = np.zeros((len(self.cells), len(one)))
        table[np.arange(len(self.cells)), self.cells] = self.both
        return figures(Cells(one, other, weights @ table))["qwk"]
