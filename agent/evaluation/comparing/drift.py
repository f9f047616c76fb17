"""Whether a judge still says of the canary what it said, and whose doing it is if not.

Three families of figures are watched, each with a third of the false alarms that are allowed to all: the mean of each competency, the
level of each item, and how many verdicts are scored that were not or the other way round. A judge that promises the same answer to the
same words is held to that instead.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from enum import StrEnum
from typing import Literal

from pydantic import Field

from agent.document import Document
from agent.evaluation.comparing.baseline import Baseline, Reading
from agent.evaluation.comparing.history import Answers, History, Numbers
from agent.evaluation.comparing.pins import PinChange, changes
from agent.evaluation.statistics.control import Limits, Noise, day_to_day, from_answers, noise
from agent.evaluation.statistics.quantiles import each_of, normal, poisson
from agent.version import __version__

ALPHA = 0.01
"""The share of runs in which anything is out though nothing has changed."""
FAMILIES = 3
LEAST_LEVEL = 1.0
"""An item that wavers between two neighbouring levels is never out by itself."""


class Cause(StrEnum):
    """What a run of the canary comes to."""

    HELD = "held"
    PROVIDER = "provider"
    OURS = "ours"
    BOTH = "both"
    UNKNOWN = "unknown"


class Chart(Document):
    """The mean of one competency over the items that were scored each time."""

    competency: str
    items: int
    now: float
    limits: Limits
    is_out: bool


class Out(Document):
    """An item whose level, the mean over its answers, has left its limits; of a repeatable judge any verdict that is not the same."""

    item: str
    competency: str
    before: float | None
    now: float | None


class Flips(Document):
    """Verdicts that are scored and mostly were not, or the other way round."""

    count: int
    most: int = Field(description="So many happen by chance.")
    verdicts: tuple[Out, ...]

    @property
    def is_out(self) -> bool:
        """Whether there are more than chance makes."""
        return self.count > self.most


class Drift(Document):
    """What one run of the canary found. `format` is the version of this shape."""

    format: Literal[1] = 1
    version: str = __version__
    judge: str
    canary: str
    is_repeatable: bool = Field(description="Whether the judge promises the same answer to the same words.")
    runs: int = Field(description="Runs of the baseline.")
    pins: tuple[PinChange, ...] = Field(description="What differs from the last run of the baseline.")
    charts: tuple[Chart, ...]
    items: tuple[Out, ...]
    flips: Flips
    cause: Cause

    @property
    def continues(self) -> bool:
        """Whether this run is one more of the baseline's kind, from which its noise is learnt."""
        is_ours = any(not pin.is_provider_s for pin in self.pins)
        return self.cause in (Cause.HELD, Cause.UNKNOWN) and not is_ours and not self.is_repeatable

    @property
    def exit_code(self) -> int:
        """0 if it held, 2 if it cannot be told, else 1."""
        return {Cause.HELD: 0, Cause.UNKNOWN: 2}.get(self.cause, 1)


def drift(baseline: Baseline, reading: Reading, *, is_repeatable: bool) -> Drift:
    """Holds a run against the baseline of the same canary."""
    pins, history = changes(baseline.runs[-1].pins, reading.pins), History(baseline, reading)
    charts, items, flips = _identical(history) if is_repeatable else _within_limits(history)
    is_out = any(chart.is_out for chart in charts) or bool(items) or flips.is_out
    cannot_tell = not is_repeatable and not history.is_repeated and bool(flips.verdicts or list(_different(history)))
    return Drift(
        judge=baseline.judge,
        canary=baseline.canary,
        is_repeatable=is_repeatable,
        runs=len(baseline.runs),
        pins=pins,
        charts=charts,
        items=items,
        flips=flips,
        cause=Cause.UNKNOWN if cannot_tell else _cause(pins, is_out, is_repeatable),
    )


def _cause(pins: tuple[PinChange, ...], is_out: bool, is_repeatable: bool) -> Cause:
    """Ours where anything of ours changed, or there is no provider; the provider's where nothing of ours did."""
    if not is_out:
        return Cause.HELD
    ours = is_repeatable or any(not pin.is_provider_s for pin in pins)
    theirs = any(pin.is_provider_s for pin in pins)
    return Cause.BOTH if ours and theirs else Cause.OURS if ours else Cause.PROVIDER


def _identical(history: History) -> tuple[tuple[Chart, ...], tuple[Out, ...], Flips]:
    """Of a judge that promises the same each time."""
    different = tuple(_different(history))
    charts = tuple(_chart(numbers, Limits(centre=numbers.centre, low=numbers.centre, high=numbers.centre)) for numbers in history.numbers)
    flipped = tuple(out for out in different if (out.before is None) != (out.now is None))
    return charts, different, Flips(count=len(flipped), most=0, verdicts=flipped)


def _within_limits(history: History) -> tuple[tuple[Chart, ...], tuple[Out, ...], Flips]:
    """Of a judge whose answers vary; nothing can be out while it is not known by how much they do."""
    alpha, flips = ALPHA / FAMILIES, _flips(history)
    pooled = noise(cell for numbers in history.numbers for cell in numbers.before)
    if pooled is None:
        return (), (), flips
    each = each_of(alpha, max(1, len(history.numbers)))
    wider = day_to_day(_standardised(numbers, pooled) for numbers in history.numbers)
    charts = tuple(_chart(numbers, _limits(numbers, pooled, wider, each)) for numbers in history.numbers)
    items = sum(len(numbers.items) for numbers in history.numbers)
    far = normal(1 - each_of(alpha, max(1, items)) / 2) * pooled.variance**0.5
    return charts, tuple(out for numbers in history.numbers for out in _far(numbers, far)), flips


def _limits(numbers: Numbers, pooled: Noise, wider: float, alpha: float) -> Limits:
    """By the noise of all competencies, or by this one's own where it is noisier."""
    own = noise(numbers.before)
    used = own if own and own.variance > pooled.variance else pooled
    spread = (_spread(numbers.now) ** 2 + _spread(numbers.before) ** 2) ** 0.5
    return from_answers(numbers.centre, wider * used.variance**0.5 * spread, used, alpha)


def _standardised(numbers: Numbers, found: Noise) -> list[float]:
    """The means of the runs before, divided by how far chance takes that of one run."""
    return [mean / (found.variance**0.5 * _spread(numbers.now)) for mean in numbers.means]


def _spread(answers: Sequence[Answers]) -> float:
    """The deviation of the mean over items, where that of one answer is 1."""
    return float(sum(1 / len(cell) for cell in answers) ** 0.5 / len(answers))


def _chart(numbers: Numbers, limits: Limits) -> Chart:
    is_out = not limits.hold(numbers.mean_now)
    return Chart(competency=numbers.competency, items=len(numbers.items), now=numbers.mean_now, limits=limits, is_out=is_out)


def _far(numbers: Numbers, far: float) -> Iterator[Out]:
    """The items whose level moved by more than one, and by more than so many spreads of an answer."""
    for item, before, now in zip(numbers.items, numbers.before, numbers.now, strict=True):
        was, is_ = sum(before) / len(before), sum(now) / len(now)
        if abs(is_ - was) > max(LEAST_LEVEL, far * (1 / len(before) + 1 / len(now)) ** 0.5):
            yield Out(item=item, competency=numbers.competency, before=was, now=is_)


def _flips(history: History) -> Flips:
    found = tuple(Out(item=item, competency=name, before=before, now=now) for item, name, before, now in history.flipped())
    rate = (history.flips_before + 1) / max(1, history.answers_before)
    return Flips(count=len(found), most=poisson(1 - ALPHA / FAMILIES, rate * history.cells), verdicts=found)


def _different(history: History) -> Iterator[Out]:
    """Every verdict that is not that of the last accepted run."""
    for item, name, before, now in history.last():
        if before != now:
            yield Out(item=item, competency=name, before=_mean(before.answers), now=_mean(now.answers))


def _mean(answers: tuple[float | None, ...]) -> float | None:
    known = [answer for answer in answers if answer is not None]
    return sum(known) / len(known) if known else None
