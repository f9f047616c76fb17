"""What became of every verdict that a run planned."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping

from pydantic import Field, model_validator

from agent.counted import counted as number_of
from agent.document import Document
from agent.verdict import State, Verdict


class Counts(Document):
    """Of one judge's grading of the items as they are. Every verdict that was planned is in exactly one of the last four counts."""

    items: int = Field(description="Items of the suite.")
    left_out: int = Field(description="Of these, items that the judge's cassette does not hold.")
    judged: int = Field(description="Items that were graded.")
    planned: int = Field(description="Verdicts: a competency of an item that is not left out.")
    scored: int
    not_observed: int
    abstained: int
    instrument_error: int

    @model_validator(mode="after")
    def _adds_up(self) -> Counts:
        if self.judged + self.left_out != self.items:
            raise ValueError(f"{self.items} items were planned, {self.judged} were judged and {self.left_out} left out")
        if self.scored + self.not_observed + self.abstained + self.instrument_error != self.planned:
            raise ValueError(f"the verdicts do not add up to {self.planned}: {self!r}")
        return self


def counted(verdicts: Mapping[str, Mapping[str, Verdict]], *, items: int, left_out: int, competencies: int) -> Counts:
    """The counts of verdicts, by item and competency.

    Raises:
        ValueError: a verdict is missing, or there is one too many.
    """
    states = Counter(_states(verdicts.values()))
    return Counts(
        items=items,
        left_out=left_out,
        judged=len(verdicts),
        planned=(items - left_out) * competencies,
        scored=states[State.SCORED],
        not_observed=states[State.NOT_OBSERVED],
        abstained=states[State.ABSTAINED],
        instrument_error=states[State.INSTRUMENT_ERROR],
    )


def told(counts: Counts, for_probes: int) -> str:
    """The counts in words that add up, and how many more gradings probes took."""
    left_out = f", {counts.left_out:,} left out because nothing of them is recorded" if counts.left_out else ""
    return (
        f"{number_of(counts.judged, 'item')}{left_out}; {number_of(counts.planned, 'verdict')}: {counts.scored:,} scored, "
        f"{counts.not_observed:,} not observed, {counts.abstained:,} abstained, {number_of(counts.instrument_error, 'instrument error')}; "
        f"{number_of(for_probes, 'more grading')} for probes"
    )


def _states(found: Iterable[Mapping[str, Verdict]]) -> Iterable[State]:
    return (verdict.state for each in found for verdict in each.values())
