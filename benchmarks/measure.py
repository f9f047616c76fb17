"""A measure: a figure, what it has to be, and how it was obtained."""

from __future__ import annotations

import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from rich.console import Console
from rich.table import Table


@dataclass(frozen=True)
class Measure:
    """One row of the table. `target` is the largest value that is good enough (the smallest if `least`); None: no promise."""

    name: str
    value: float
    unit: str
    target: float | None = None
    note: str = ""
    least: bool = False

    @property
    def verdict(self) -> str:
        """`ok`, `over`, `under`, or nothing where there is no promise."""
        if self.target is None:
            return ""
        if self.least:
            return "ok" if self.value >= self.target else "under"
        return "ok" if self.value <= self.target else "over"


def percentile(values: list[float], share: float) -> float:
    """The value below which `share` of the values lie (nearest rank)."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]


async def timed(call: Callable[[], Awaitable[object]], times: int, warm: int = 10) -> list[float]:
    """Milliseconds of each of `times` awaited calls, after `warm` that do not count."""
    taken = []
    for turn in range(warm + times):
        began = time.perf_counter()
        await call()
        if turn >= warm:
            taken.append(1000 * (time.perf_counter() - began))
    return taken


def show(measures: list[Measure]) -> None:
    """Prints the table."""
    table = Table("measure", "value", "target", "", "how")
    for one in measures:
        target = "" if one.target is None else f"{'≥' if one.least else '≤'} {one.target:g}"
        table.add_row(one.name, f"{one.value:.3g} {one.unit}", target, one.verdict, one.note)
    Console(width=150).print(table)
