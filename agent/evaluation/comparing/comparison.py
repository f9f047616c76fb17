"""Two gradings of the same items compared: what moved, by how much, whether that is noise, and against the raters."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Literal

from pydantic import Field

from agent.document import Document
from agent.errors import InputError
from agent.evaluation.comparing.moved import Moved, moved
from agent.evaluation.comparing.pins import PinChange, changes, pins_of
from agent.evaluation.comparing.references import Against, against
from agent.evaluation.comparing.shift import OVERALL, Pair, Shift, competencies_of, shifts, together
from agent.evaluation.comparing.sides import Side
from agent.evaluation.comparing.warning import warnings
from agent.evaluation.ratings import Levels
from agent.evaluation.statistics.paired import Change
from agent.verdict import State
from agent.version import __version__

MARGIN = 0.1


class About(Document):
    """One side: where it came from, who graded, by which rubrics, and how many items."""

    source: str
    judge: str
    rubrics: tuple[str, ...]
    items: int


class Comparison(Document):
    """Everything a comparison found. `format` is the version of this shape."""

    format: Literal[1] = 1
    version: str = __version__
    before: About
    after: About
    margin: float = Field(description="In levels for scores, a share for what is observed.")
    seed: int
    items: int = Field(description="Items that both graded; only these are compared.")
    only_before: int
    only_after: int
    pins: tuple[PinChange, ...] = Field(description="What of judge, prompts, rubric and package differs.")
    rows: tuple[Shift, ...]
    references: dict[str, Against] = Field(description="By competency and as `all`; empty where nobody rated the items.")
    moved: tuple[Moved, ...] = Field(description="Each competency of an item with another level or state, the largest shift first.")
    warnings: tuple[str, ...]
    change: Change

    @property
    def exit_code(self) -> int:
        """1 if something moved beyond the margin, else 0; unsure is no failure."""
        return int(self.change is Change.MOVED)


def compare(before: Side, after: Side, *, levels: Levels | None = None, margin: float = MARGIN, seed: int = 0) -> Comparison:
    """The comparison of what two sides say of the items that both graded; `levels` are what raters say together.

    Raises:
        InputError: they have no item, or no competency, in common, or nothing but instrument errors on one side.
    """
    pairs = _pairs(before, after)
    names = competencies_of(pairs)
    if not names:
        raise InputError(f"{before.name} and {after.name} grade no competency that both have; compare runs by rubrics with the same ids")
    _require_some(pairs, names, before, after)
    rows = shifts(pairs, (OVERALL, *names), margin, seed=seed)
    pins = changes(*(pins_of(side.reports[pair.item] for pair in pairs) for side in (before, after)))
    return Comparison(
        before=_about(before),
        after=_about(after),
        margin=margin,
        seed=seed,
        items=len(pairs),
        only_before=len(before.reports) - len(pairs),
        only_after=len(after.reports) - len(pairs),
        pins=pins,
        rows=rows,
        references=against(pairs, levels or {}, seed=seed),
        moved=moved(pairs),
        warnings=warnings(before, after, pairs, rows),
        change=together(row.change for row in rows),
    )


def _pairs(before: Side, after: Side) -> Sequence[Pair]:
    pairs = [Pair(item, report, after.reports[item]) for item, report in before.reports.items() if item in after.reports]
    if not pairs:
        told = f"{before.name} has {_some(before.reports)}, {after.name} has {_some(after.reports)}"
        raise InputError(f"nothing can be compared, for no item is on both sides: {told}; grade the same items twice")
    return pairs


def _require_some(pairs: Sequence[Pair], names: Sequence[str], before: Side, after: Side) -> None:
    for side, reports in ((before, [pair.before for pair in pairs]), (after, [pair.after for pair in pairs])):
        verdicts = [report.verdicts[name] for report in reports for name in names]
        if all(verdict.state is State.INSTRUMENT_ERROR for verdict in verdicts):
            raise InputError(f"nothing can be compared, for all grades of {side.name} are instrument errors: {verdicts[0].reasoning}")


def _some(reports: Mapping[str, object]) -> str:
    names = list(reports)
    return f"{', '.join(map(repr, names[:3]))}{f' and {len(names) - 3} more' if len(names) > 3 else ''}"


def _about(side: Side) -> About:
    rubrics = {f"{report.rubric.id}@{report.rubric.version}": None for report in side.reports.values()}
    return About(source=side.source, judge=side.judge, rubrics=tuple(rubrics), items=len(side.reports))
