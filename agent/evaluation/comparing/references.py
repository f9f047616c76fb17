"""Both gradings against what raters said: which of the two is nearer, and whether that is noise."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from statistics import fmean

from pydantic import Field

from agent.document import Document
from agent.evaluation.comparing.shift import Pair, competencies_of
from agent.evaluation.held_out import Agreement, agreement
from agent.evaluation.ratings import Levels
from agent.evaluation.statistics.paired import Paired, paired

ALL = "all"


class Against(Document):
    """Agreement with the raters on both sides, over the same items."""

    before: Agreement
    after: Agreement
    error: Paired = Field(description="Differences of the distance to the raters' level, where both are scored; below 0 is nearer.")


def against(pairs: Sequence[Pair], levels: Levels, *, seed: int = 0) -> dict[str, Against]:
    """By competency, and as `all`; only what raters rated, and what both sides have."""
    names = set(competencies_of(pairs))
    known = {(item, name): level for (item, name), level in levels.items() if name in names}
    before, after = (
        agreement({pair.item: pair.before for pair in pairs}, known),
        agreement({pair.item: pair.after for pair in pairs}, known),
    )
    errors = {pair.item: dict(_errors(pair, known)) for pair in pairs}
    return {
        name: Against(before=before[name], after=after[name], error=paired(_by_item(errors.values(), name), seed=seed))
        for name in (ALL, *competencies_of(pairs))
        if name in before and before[name].items and name in after
    }


def _errors(pair: Pair, levels: Levels) -> Iterator[tuple[str, float]]:
    """By competency, how much farther from the raters the later score is."""
    for name in competencies_of([pair]):
        level, before, after = levels.get((pair.item, name)), pair.before.verdicts[name].score, pair.after.verdicts[name].score
        if level is not None and before is not None and after is not None:
            yield name, round(abs(after - level) - abs(before - level), 4)


def _by_item(errors: Iterable[Mapping[str, float]], name: str) -> list[float]:
    """One value for each item that has any: of one competency, or the mean over all."""
    chosen = [[value for each, value in of.items() if name in (ALL, each)] for of in errors]
    return [fmean(values) for values in chosen if values]
