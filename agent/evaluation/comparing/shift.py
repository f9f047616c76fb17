"""By how much the grades of the same items differ: overall, and for each competency."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from pydantic import Field, model_validator

from agent.document import Document
from agent.evaluation.statistics.multiple import holm
from agent.evaluation.statistics.paired import FEWEST, Change, Paired, paired
from agent.verdict import GradeReport, State, Verdict

OVERALL = "overall"


class Pair(NamedTuple):
    """Two reports on one item."""

    item: str
    before: GradeReport
    after: GradeReport


class Counts(Document):
    """What became of the level, item by item; each of `items` is in exactly one of the others. Abstained is not scored."""

    items: int
    up: int = 0
    down: int = 0
    same: int = 0
    newly: int = Field(default=0, description="Scored after only.")
    no_longer: int = Field(default=0, description="Scored before only.")
    neither: int = 0
    errors: int = Field(default=0, description="Instrument errors, before or after: in no figure.")

    @model_validator(mode="after")
    def _adds_up(self) -> Counts:
        kinds = self.up + self.down + self.same + self.newly + self.no_longer + self.neither + self.errors
        if kinds != self.items:
            raise ValueError(f"the counts do not add up to {self.items} items: {self!r}")
        return self


class Shift(Document):
    """One row: a competency, or the overall score.

    `score` are differences where both are scored, in levels. `observed` are differences of being scored, 1, 0 or −1; of the overall
    score, of its coverage. The two p are corrected for all rows (Holm).
    """

    name: str
    counts: Counts
    score: Paired
    observed: Paired
    score_p: float | None
    observed_p: float | None
    change: Change


class _Row(NamedTuple):
    name: str
    counts: Counts
    score: Paired
    observed: Paired


def shifts(pairs: Sequence[Pair], names: Sequence[str], margin: float, *, seed: int = 0) -> tuple[Shift, ...]:
    """A row for each name: a competency, or the overall score."""
    rows = [_overall(pairs, seed) if name == OVERALL else _competency(name, pairs, seed) for name in names]
    score_p = holm({row.name: row.score.p for row in rows if row.score.p is not None})
    observed_p = holm({row.name: row.observed.p for row in rows if row.observed.p is not None})
    return tuple(_shift(row, score_p.get(row.name), observed_p.get(row.name), margin) for row in rows)


def together(changes: Iterable[Change]) -> Change:
    """Moved if one has moved, the same if all are; else unsure."""
    seen = set(changes)
    if Change.MOVED in seen:
        return Change.MOVED
    return Change.SAME if seen == {Change.SAME} else Change.UNSURE


def competencies_of(pairs: Iterable[Pair]) -> tuple[str, ...]:
    """The competencies that any pair has on both sides, in their order."""
    return tuple(dict.fromkeys(name for pair in pairs for name in pair.before.verdicts if name in pair.after.verdicts))


def is_same(before: Verdict, after: Verdict) -> bool:
    """Whether state, level and score are the same."""
    return (before.state, before.level, before.score) == (after.state, after.level, after.score)


def _shift(row: _Row, score_p: float | None, observed_p: float | None, margin: float) -> Shift:
    counts = row.counts
    sound = counts.items - counts.errors
    has_stayed = counts.same + counts.neither == sound and not row.score.deviation and not row.score.mean
    if has_stayed and sound >= FEWEST:
        change = Change.SAME
    else:
        change = together([row.score.change(margin, score_p), row.observed.change(margin, observed_p)])
    return Shift(
        name=row.name, counts=counts, score=row.score, observed=row.observed, score_p=score_p, observed_p=observed_p, change=change
    )


def _overall(pairs: Sequence[Pair], seed: int) -> _Row:
    sound = [(pair.before.overall, pair.after.overall) for pair in pairs if not _has_error(pair)]
    scores = [(one.score, other.score) for one, other in sound]
    both = [after - before for before, after in scores if before is not None and after is not None]
    covered = [after.coverage - before.coverage for before, after in sound]
    kinds = ["errors" if _has_error(pair) else _kind(pair.before.overall.score, pair.after.overall.score) for pair in pairs]
    return _Row(OVERALL, _counts(kinds), paired(_rounded(both), seed=seed), paired(_rounded(covered), seed=seed))


def _competency(name: str, pairs: Sequence[Pair], seed: int) -> _Row:
    verdicts = [(pair.before.verdicts[name], pair.after.verdicts[name]) for pair in pairs if _has_both(pair, name)]
    sound = [(before, after) for before, after in verdicts if State.INSTRUMENT_ERROR not in (before.state, after.state)]
    both = [after.score - before.score for before, after in sound if before.score is not None and after.score is not None]
    seen = [float(after.score is not None) - float(before.score is not None) for before, after in sound]
    kinds = [_kind(before.level, after.level) for before, after in sound] + ["errors"] * (len(verdicts) - len(sound))
    return _Row(name, _counts(kinds), paired(_rounded(both), seed=seed), paired(seen, seed=seed))


def _kind(before: float | None, after: float | None) -> str:
    if before is None or after is None:
        return {(True, True): "neither", (True, False): "newly", (False, True): "no_longer"}[before is None, after is None]
    return "same" if after == before else "up" if after > before else "down"


def _counts(kinds: Sequence[str]) -> Counts:
    found: Mapping[str, int] = {kind: kinds.count(kind) for kind in dict.fromkeys(kinds)}
    return Counts(items=len(kinds), **found)


def _has_both(pair: Pair, name: str) -> bool:
    return name in pair.before.verdicts and name in pair.after.verdicts


def _has_error(pair: Pair) -> bool:
    return any(verdict.state is State.INSTRUMENT_ERROR for report in pair[1:] for verdict in report.verdicts.values())


def _rounded(values: Sequence[float]) -> list[float]:
    """Differences of scores, which have two decimals, without what binary fractions add."""
    return [round(value, 4) for value in values]
