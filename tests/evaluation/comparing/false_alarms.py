"""How often the canary and a comparison cry wolf, and what they see: python -m tests.evaluation.comparing.false_alarms

A judge that answers with noise grades 12 talks by 12 competencies (`watched.Noisy`); nothing about it changes, or all its levels do.
"""

from __future__ import annotations

from itertools import pairwise
from statistics import fmean

import numpy as np

from agent.evaluation.comparing.comparison import compare
from agent.evaluation.comparing.drift import Cause, drift
from agent.evaluation.comparing.history import History
from agent.evaluation.comparing.sides import Side
from agent.evaluation.statistics.control import D2
from agent.evaluation.statistics.paired import Change
from tests.evaluation.comparing.graded import NAMES, side
from tests.evaluation.comparing.watched import Noisy

SETTINGS = ((1, 3), (3, 1), (5, 1), (3, 3), (12, 1))
BASELINES, CHECKS = 50, 20
COMPARED = 100
SHIFTS = (0.2, 0.3, 0.4, 0.5)


def main() -> None:
    """Prints a row for each setting."""
    print("runs repeats  false alarms  2.66 moving ranges  seen:", *SHIFTS)  # noqa: T201
    for runs, repeats in SETTINGS:
        judges = [Noisy(1000 * runs + seed) for seed in range(BASELINES)]
        baselines = [judge.baseline(runs, repeats) for judge in judges]
        pairs = list(zip(judges, baselines, strict=True))
        false = [
            drift(known, judge.reading(repeats), is_repeatable=False).cause is not Cause.HELD
            for judge, known in pairs
            for _ in range(CHECKS)
        ]
        classic = [plain(History(known, judge.reading(repeats))) for judge, known in pairs for _ in range(CHECKS)] if runs > 2 else []
        seen = [
            fmean(drift(known, judge.reading(repeats, shift=shift), is_repeatable=False).cause is not Cause.HELD for judge, known in pairs)
            for shift in SHIFTS
        ]
        told = f"{fmean(classic):.3f}" if classic else "–"
        print(f"{runs:>4} {repeats:>7}  {fmean(false):>12.3f}  {told:>18}       ", *(f"{each:.2f}" for each in seen), flush=True)  # noqa: T201


def comparisons() -> None:
    """Prints how often two gradings by a judge that wavers by half a level are said to have moved beyond 0.1, by the true shift."""
    chance = np.random.default_rng(11)

    def noisy(items: int, shift: float) -> Side:
        means = np.random.default_rng(5).uniform(1.5, 4.5, (items, len(NAMES)))
        levels = np.clip(np.round(means + shift + chance.normal(0, 0.5, means.shape)), 1, 5)
        return side(
            {f"talk-{item}": {name: float(level) for name, level in zip(NAMES, row, strict=True)} for item, row in enumerate(levels)}
        )

    for items in (12, 24):
        for shift in (0.0, *SHIFTS):
            found = [compare(noisy(items, 0.0), noisy(items, shift)).change for _ in range(COMPARED)]
            told = {change.value: found.count(change) / COMPARED for change in Change}
            print(f"{items} talks, shift {shift}:", told, flush=True)  # noqa: T201


def plain(history: History) -> bool:
    """Whether any competency leaves mean ± 2.66 moving ranges, the chart as it is usually drawn."""
    for numbers in history.numbers:
        ranges = [abs(after - before) for before, after in pairwise(numbers.means)]
        if abs(numbers.mean_now - fmean(numbers.means)) > 3 / D2 * fmean(ranges):
            return True
    return False


if __name__ == "__main__":
    main()
    comparisons()
