"""What a reader of a comparison has to know before trusting it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from agent.counted import counted
from agent.evaluation.comparing.pins import pins_of
from agent.evaluation.comparing.shift import Pair, Shift
from agent.evaluation.comparing.sides import Side
from agent.evaluation.statistics.paired import FEWEST
from agent.verdict import GradeReport


def warnings(before: Side, after: Side, pairs: Sequence[Pair], rows: Sequence[Shift]) -> tuple[str, ...]:
    """The warnings, each a sentence."""
    damage = tuple(dict.fromkeys(side.damage for side in (before, after) if side.damage))
    return (*damage, *_rubrics(pairs), *_mixed(before), *_mixed(after), *_talks(before, after, pairs), *_errors(rows), *_few(pairs))


def _rubrics(pairs: Sequence[Pair]) -> Iterator[str]:
    one, other = _texts(pair.before for pair in pairs), _texts(pair.after for pair in pairs)
    if one.keys() != other.keys():
        told = f"{' and '.join(one)} before, {' and '.join(other)} after"
        yield f"The rubrics differ ({told}): a shift may be the rubric's, not the judge's. See hotseat evals diff-rubric."
    elif one != other:
        yield f"Both say {' and '.join(one)}, but its text differs: a version was changed without a new number."


def _texts(reports: Iterable[GradeReport]) -> dict[str, str]:
    """By name and version, the fingerprint of each rubric."""
    return {f"{report.rubric.id}@{report.rubric.version}": report.rubric.sha256 for report in reports}


def _mixed(side: Side) -> Iterator[str]:
    mixed = [name for name, values in pins_of(side.reports.values()).items() if len(values) > 1]
    if mixed:
        yield f"The reports of {side.name} are not all of one kind: {', '.join(mixed)} differ among them."


def _talks(before: Side, after: Side, pairs: Sequence[Pair]) -> Iterator[str]:
    """Items of one name that are not the same talk; where there are no fingerprints, what is measured of the delivery tells."""
    changed = [pair.item for pair in pairs if not _is_same_talk(before, after, pair)]
    if changed:
        more = f" and {len(changed) - 3} more" if len(changed) > 3 else ""
        yield f"{', '.join(changed[:3])}{more}: the talks themselves differ, so their grades may differ for that reason."


def _is_same_talk(before: Side, after: Side, pair: Pair) -> bool:
    one, other = before.talks.get(pair.item), after.talks.get(pair.item)
    return one == other if one and other else pair.before.delivery == pair.after.delivery


def _errors(rows: Sequence[Shift]) -> Iterator[str]:
    broken = {row.name: row.counts.errors for row in rows[1:] if row.counts.errors}
    if broken:
        told = ", ".join(f"{name} {count}" for name, count in broken.items())
        yield f"Instrument errors are in no figure: {told}."


def _few(pairs: Sequence[Pair]) -> Iterator[str]:
    if len(pairs) < FEWEST:
        yield f"With {counted(len(pairs), 'item')} there is no interval, which takes {FEWEST}: nothing here can be told from noise."
