"""The answers of a baseline beside those of today, cell by cell."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from statistics import fmean
from typing import NamedTuple

from agent.evaluation.comparing.baseline import Baseline, Cell, Reading

Answers = tuple[float, ...]


class Numbers(NamedTuple):
    """One competency: the items that were scored in every run and now, and their answers."""

    competency: str
    items: tuple[str, ...]
    before: tuple[Answers, ...]
    now: tuple[Answers, ...]
    means: tuple[float, ...]
    """Of each run of the baseline."""

    @property
    def centre(self) -> float:
        """The mean over items before."""
        return fmean(map(fmean, self.before))

    @property
    def mean_now(self) -> float:
        """The mean over items now."""
        return fmean(map(fmean, self.now))


class History:
    """A baseline and a reading of the same canary."""

    def __init__(self, baseline: Baseline, reading: Reading) -> None:
        self.baseline = baseline
        self.reading = reading

    @property
    def is_repeated(self) -> bool:
        """Whether anything was answered several times, so that it is known how much answers vary."""
        return any(len(answers) > 1 for answers in self._before.values())

    @cached_property
    def numbers(self) -> tuple[Numbers, ...]:
        """Each competency that has an item with a level each time."""
        names = dict.fromkeys(name for cells in self.reading.items.values() for name in cells)
        return tuple(found for name in names if (found := self._numbers(name)).items)

    @property
    def cells(self) -> int:
        """How many verdicts are compared."""
        return sum(1 for _ in self.last())

    @cached_property
    def answers_before(self) -> int:
        """How many answers the baseline has."""
        return sum(map(len, self._before.values()))

    @cached_property
    def flips_before(self) -> int:
        """Answers with a level where most have none, or the other way round."""
        return sum(min(answers.count(None), len(answers) - answers.count(None)) for answers in self._before.values())

    def last(self) -> Iterator[tuple[str, str, Cell, Cell]]:
        """Item, competency, the last accepted verdict and the one of now."""
        for item, cells in self.baseline.runs[-1].items.items():
            for name, before in cells.items():
                now = self.reading.items.get(item, {}).get(name)
                if now is not None:
                    yield item, name, before, now

    def flipped(self) -> Iterator[tuple[str, str, float | None, float | None]]:
        """Item, competency, and both mean levels of verdicts that mostly had a level and mostly have none, or the other way round."""
        for item, name, _, now in self.last():
            before = self._before[item, name]
            if _mostly(before) != _mostly(now.answers):
                yield item, name, _mean(before), _mean(now.answers)

    @cached_property
    def _before(self) -> dict[tuple[str, str], tuple[float | None, ...]]:
        """All answers of all runs."""
        found: dict[tuple[str, str], tuple[float | None, ...]] = {}
        for run in self.baseline.runs:
            for item, cells in run.items.items():
                for name, cell in cells.items():
                    found[item, name] = (*found.get((item, name), ()), *cell.answers)
        return found

    def _numbers(self, name: str) -> Numbers:
        runs = [*self.baseline.runs, self.reading]
        items = tuple(item for item in self.reading.items if all(_known(run, item, name) for run in runs))
        return Numbers(
            name,
            items,
            tuple(tuple(value for run in self.baseline.runs for value in _known(run, item, name)) for item in items),
            tuple(_known(self.reading, item, name) for item in items),
            tuple(fmean(fmean(_known(run, item, name)) for item in items) for run in self.baseline.runs) if items else (),
        )


def _known(run: Reading, item: str, name: str) -> Answers:
    cell = run.items.get(item, {}).get(name)
    return tuple(answer for answer in cell.answers if answer is not None) if cell else ()


def _mostly(answers: tuple[float | None, ...]) -> bool:
    return 2 * answers.count(None) < len(answers)


def _mean(answers: tuple[float | None, ...]) -> float | None:
    known = [answer for answer in answers if answer is not None]
    return fmean(known) if known else None
