"""A judge whose noise is known, watched by a canary of its own."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from agent.evaluation.comparing.baseline import Baseline, Cell, Reading
from agent.verdict import State

PINS = {
    "judge": ("model:openai/judge-1",),
    "model": ("judge-1-0801",),
    "prompts judge/group@1.0.0": ("a" * 64,),
    "rubric": ("core@1.1.0 07e7",),
}
ITEMS, COMPETENCIES = 12, 12
SPREAD = 0.35
"""Of an answer around what the judge means, in levels, before it is rounded to one."""
NONE, WAVERS = 0.3, 0.02
"""Verdicts without a level, and those of which one answer in ten goes the other way."""


class Noisy:
    """Means something of each of 144 verdicts, and says it with noise."""

    def __init__(self, seed: int) -> None:
        self.chance = np.random.default_rng(seed)
        self.means = self.chance.uniform(1.5, 4.8, (ITEMS, COMPETENCIES))
        kind = self.chance.random((ITEMS, COMPETENCIES))
        self.none = np.where(kind < NONE, 1.0, np.where(kind < NONE + WAVERS, 0.1, 0.0))

    def reading(self, repeats: int, *, shift: float = 0.0, pins: Mapping[str, tuple[str, ...]] = PINS) -> Reading:
        items = {
            f"talk-{item}": {f"c{name}": self._cell(item, name, repeats, shift) for name in range(COMPETENCIES)} for item in range(ITEMS)
        }
        return Reading(pins=dict(pins), items=items)

    def baseline(self, runs: int, repeats: int) -> Baseline:
        return Baseline(judge="model:openai/judge-1", canary="c" * 64, runs=tuple(self.reading(repeats) for _ in range(runs)))

    def _cell(self, item: int, name: int, repeats: int, shift: float) -> Cell:
        said = np.clip(np.round(self.means[item, name] + shift + self.chance.normal(0, SPREAD, repeats)), 1, 5)
        levels = tuple(None if self.chance.random() < self.none[item, name] else float(level) for level in said)
        scored = 2 * levels.count(None) < len(levels)
        return Cell(state=State.SCORED if scored else State.NOT_OBSERVED, answers=levels)
