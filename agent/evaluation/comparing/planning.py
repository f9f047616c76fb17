"""How many judges and repeats a wanted reliability takes, from what judges answered before."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Literal

from pydantic import Field

from agent.counted import counted
from agent.document import Document
from agent.evaluation.comparing.reach import KINDS, Answer, Asked, Cell, answer
from agent.evaluation.comparing.table import Table, tables
from agent.evaluation.ratings import Rating
from agent.evaluation.statistics.generalizability import Components, Reliability, components, reliability
from agent.version import __version__

JUDGES, REPEATS = (1, 2, 3, 4), (1, 2, 3, 5, 7, 9)
FEWEST_ITEMS = 10
DRAWS = 400


class Source(Document):
    """What one competency's components come from, and how reliable one judge asked once is."""

    items: int
    left_out: int = Field(description="Items that not every one of the judges gave a level.")
    judges: tuple[str, ...]
    repeats: int = Field(description="The most answers that a judge gave about an item.")
    components: Components | None
    once: Reliability | None


class RepeatPlan(Document):
    """What was found. `format` is the version of this shape."""

    format: Literal[1] = 1
    version: str = __version__
    wanted: float
    cost_per_grading: float | None
    sources: dict[str, Source]
    components: Components | None = Field(description="Means over competencies, each by its number of items.")
    cells: tuple[Cell, ...]
    answers: tuple[Answer, ...]
    notes: tuple[str, ...]

    @property
    def exit_code(self) -> int:
        """2 if the data cannot tell, else 0; also where nothing reaches what is wanted, for that is an answer."""
        return 2 if self.components is None else 0


def plan(
    ratings: Sequence[Rating], *, wanted: float = 0.8, cost: float | None = None, seed: int = 0, damage: Sequence[str] = ()
) -> RepeatPlan:
    """The plan for the mean of the levels of so many judges and repeats; `damage` is what of the ratings could not be read."""
    by_competency = tables(ratings)
    sources = {name: _source(table) for name, table in by_competency.items()}
    found = _pooled([(table, components(table.values)) for table in by_competency.values()])
    cells = tuple(_cells(found, cost)) if found else ()
    drawn = _drawn(list(by_competency.values()), seed) if found else []
    return RepeatPlan(
        wanted=wanted,
        cost_per_grading=cost,
        sources=sources,
        components=found,
        cells=cells,
        answers=tuple(answer(kind, Asked(wanted, found, cells, drawn)) for kind in KINDS) if found else (),
        notes=(*damage, *_notes(list(by_competency.values()), found)),
    )


def _source(table: Table) -> Source:
    found = components(table.values)
    return Source(
        items=len(table.values),
        left_out=table.left_out,
        judges=table.judges,
        repeats=table.repeats,
        components=found,
        once=reliability(found, 1, 1) if found else None,
    )


def _pooled(parts: Sequence[tuple[Table, Components | None]]) -> Components | None:
    """The mean components over competencies, by their items; of those that tell most apart, for others would make it none."""
    known = [(len(table.values), found) for table, found in parts if found]
    most = max((_told_apart(found) for _, found in known), default=0)
    known = [(items, found) for items, found in known if _told_apart(found) == most]
    total = sum(items for items, _ in known)
    if not known:
        return None

    def mean(of: Callable[[Components], float | None]) -> float | None:
        values = [of(found) for _, found in known]
        return None if None in values else sum(items * (of(found) or 0.0) for items, found in known) / total

    return Components(
        item=mean(lambda each: each.item) or 0.0,
        judge=mean(lambda each: each.judge),
        interaction=mean(lambda each: each.interaction),
        repeat=mean(lambda each: each.repeat),
    )


def _told_apart(found: Components) -> int:
    return sum(each is not None for each in (found.judge, found.interaction, found.repeat))


def _cells(found: Components, cost: float | None) -> Iterator[Cell]:
    for judges in JUDGES:
        for repeats in REPEATS:
            gradings = judges * repeats
            price = None if cost is None else round(cost * gradings, 6)
            yield Cell(judges=judges, repeats=repeats, reliability=reliability(found, judges, repeats), gradings=gradings, cost=price)


def _drawn(by_competency: Sequence[Table], seed: int) -> list[Components]:
    """The pooled components of draws of items, all competencies of an item together."""
    import numpy as np

    items = list(dict.fromkeys(item for table in by_competency for item in table.items))
    if len(items) < FEWEST_ITEMS:
        return []
    chance, found = np.random.default_rng(seed), []
    for _ in range(DRAWS):
        counts = dict(zip(items, np.bincount(chance.integers(len(items), size=len(items)), minlength=len(items)), strict=True))
        again = [table.drawn(counts) for table in by_competency]
        pooled = _pooled([(table, components(table.values)) for table in again])
        found += [pooled] if pooled else []
    return found


def _notes(by_competency: Sequence[Table], found: Components | None) -> Iterator[str]:
    if found is None:
        yield "The data cannot tell: it takes two items, and for each two judges, or one judge asked twice."
        return
    if found.judge is None:
        yield "One judge: its reliability is that of its own order of items, with whatever it gets wrong each time in the same way."
    if found.repeat is None:
        yield "No judge was asked twice, so what repeats would bring cannot be told; ask with --repeats 3 once."
    items = {item for table in by_competency for item in table.items}
    if len(items) < FEWEST_ITEMS:
        yield f"There {'is' if len(items) == 1 else 'are'} only {counted(len(items), 'item')}: take every figure as a guess."
    left_out = sum(table.left_out for table in by_competency)
    if left_out:
        times = counted(left_out, "time")
        yield f"{times} an item was left out of a competency, for not all judges gave it a level; the rest are easier to agree on."
    yield "Reliability is of the mean of all levels; a report gives the median of one judge's, which is a little less reliable."
