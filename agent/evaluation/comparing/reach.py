"""Which number of judges and repeats reaches a wanted reliability, the cheapest way; or in words why none does."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Literal, NamedTuple, get_args

from pydantic import Field

from agent.counted import counted
from agent.document import Document
from agent.evaluation.statistics.bootstrap import LEVEL
from agent.evaluation.statistics.generalizability import Components, Reliability, reliability

MOST_JUDGES = 50
"""Of so many it is said how many it would take."""
LEAST_DRAWN = 0.9
"""A reliability that is undefined in more than one draw of ten has no interval."""

Kind = Literal["relative", "absolute"]
KINDS: tuple[Kind, ...] = get_args(Kind)


class Cell(Document):
    """So many judges asked so often; `cost` of one item in US dollars, None where a grading's is not known."""

    judges: int
    repeats: int
    reliability: Reliability
    gradings: int
    cost: float | None


class Answer(Document):
    """The cheapest cell that reaches what is wanted, or in words why there is none."""

    kind: Kind
    cell: Cell | None
    interval: tuple[float, float] | None = Field(description="95% of that cell's reliability, by drawing items again.")
    told: str


class Asked(NamedTuple):
    """What is wanted, of what, in which cells; `drawn` are the components of draws of items, none where there are too few."""

    wanted: float
    found: Components
    cells: Sequence[Cell]
    drawn: Sequence[Components]


def answer(kind: Kind, asked: Asked) -> Answer:
    """The cheapest cell that reaches what is wanted."""
    known = [(cell, value) for cell in asked.cells if (value := getattr(cell.reliability, kind)) is not None]
    if not known:
        return Answer(kind=kind, cell=None, interval=None, told=_unknown(kind, asked.found))
    reaching = [cell for cell, value in known if value >= asked.wanted]
    if not reaching:
        return Answer(kind=kind, cell=None, interval=None, told=_out_of_reach(kind, asked))
    cell = min(reaching, key=lambda each: (each.gradings, each.judges))
    interval = _interval(kind, cell, asked.drawn)
    return Answer(kind=kind, cell=cell, interval=interval, told=_reached(kind, cell, interval, asked))


def _interval(kind: Kind, cell: Cell, drawn: Sequence[Components]) -> tuple[float, float] | None:
    import numpy as np

    values = [getattr(reliability(each, cell.judges, cell.repeats), kind) for each in drawn]
    known = [value for value in values if value is not None]
    if len(known) < max(1, LEAST_DRAWN * len(drawn)):
        return None
    low, high = np.quantile(known, [(1 - LEVEL) / 2, (1 + LEVEL) / 2])
    return float(low), float(high)


def _reached(kind: Kind, cell: Cell, interval: tuple[float, float] | None, asked: Asked) -> str:
    value = getattr(cell.reliability, kind)
    price = "" if cell.cost is None else f", ${cell.cost:g} an item"
    asking = f"{counted(cell.judges, 'judge')} asked {_times(cell.repeats)}"
    told = f"{asking} {'reaches' if cell.judges == 1 else 'reach'} {value:.2f} ({counted(cell.gradings, 'grading')} an item{price})"
    alone = _alone(kind, asked) if cell.judges > 1 else ""
    if interval is None:
        return f"{told}; there are too few items to say how sure that is.{alone}"
    within = f"the 95% interval is {interval[0]:.2f} to {interval[1]:.2f}"
    return f"{told}; {within}{', so it may fall short: more items would tell' if interval[0] < asked.wanted else ''}.{alone}"


def _alone(kind: Kind, asked: Asked) -> str:
    """That one judge cannot reach it however often it is asked, where that is so."""
    end = getattr(reliability(asked.found, 1, math.inf), kind)
    if end is None or end >= asked.wanted:
        return ""
    return f" One judge alone cannot, however often it is asked: at most {end:.2f}, for judges differ and repeats do not mend that."


def _out_of_reach(kind: Kind, asked: Asked) -> str:
    if asked.found.item == 0:
        return "Nothing can be reached: no difference between items is left beside the noise. Grade items that differ more."
    judges, repeats = (max(getattr(cell, side) for cell in asked.cells) for side in ("judges", "repeats"))
    best = max(value for cell in asked.cells if (value := getattr(cell.reliability, kind)) is not None)
    ends = {count: getattr(reliability(asked.found, count, math.inf), kind) for count in range(1, MOST_JUDGES + 1)}
    told = f"No cell reaches {asked.wanted:g}; the best is {best:.2f}."
    if ends[1] is not None and ends[1] < asked.wanted:
        told += f" One judge cannot, however often it is asked: at most {ends[1]:.2f}, for judges differ and repeats do not mend that."
    enough = next((count for count, end in ends.items() if end is not None and end >= asked.wanted), None)
    if enough is not None and enough > judges:
        return f"{told} It would take {enough} judges."
    if enough is not None and asked.found.repeat:
        return f"{told} More than {repeats} repeats would be needed; a better prompt or model is cheaper."
    return told


def _unknown(kind: Kind, found: Components) -> str:
    if kind == "absolute" and found.judge is None:
        return "The data cannot tell: only one judge was asked, so how strict others are was never seen. Add a run of another judge."
    return "The data cannot tell."


def _times(count: int) -> str:
    return {1: "once", 2: "twice"}.get(count, f"{count} times")
