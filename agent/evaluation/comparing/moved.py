"""The items whose level or state changed, with what both gradings rest on."""

from __future__ import annotations

from collections.abc import Iterable

from agent.document import Document
from agent.evaluation.comparing.shift import Pair, competencies_of
from agent.verdict import Verdict


class Moved(Document):
    """One competency of one item. `shift` is None where one of the two carries no score."""

    item: str
    competency: str
    shift: float | None
    before: Verdict
    after: Verdict


def moved(pairs: Iterable[Pair]) -> tuple[Moved, ...]:
    """Every competency with another level or state: first what is not scored on one side, then by the size of the shift."""
    found = [_moved(pair, name) for pair in pairs for name in competencies_of([pair]) if _has_moved(pair, name)]
    return tuple(sorted(found, key=_size, reverse=True))


def _has_moved(pair: Pair, name: str) -> bool:
    before, after = pair.before.verdicts[name], pair.after.verdicts[name]
    return (before.state, before.level) != (after.state, after.level)


def _moved(pair: Pair, name: str) -> Moved:
    before, after = pair.before.verdicts[name], pair.after.verdicts[name]
    shift = None if before.score is None or after.score is None else round(after.score - before.score, 4)
    return Moved(item=pair.item, competency=name, shift=shift, before=before, after=after)


def _size(one: Moved) -> float:
    return float("inf") if one.shift is None else abs(one.shift)
