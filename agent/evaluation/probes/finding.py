"""What a probe found: an estimate with its interval, held against a bound, and counts that add up."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from pydantic import Field, model_validator

from agent.document import Document, Slug

Figure = int | float | None
"""A count, a share or a mean; None where it is undefined."""


class Outcome(StrEnum):
    """What a probe came to. `unsure`: too little was seen to tell; `not_run`: there was nothing to compare."""

    HELD = "held"
    FAILED = "failed"
    UNSURE = "unsure"
    NOT_RUN = "not_run"


class Bound(Document):
    """Where an estimate has to lie, None for an open end. Where both ends are the same, a single exception breaks it."""

    low: float | None = None
    high: float | None = None

    @property
    def is_exact(self) -> bool:
        """Whether no exception is allowed, so that what was seen decides and not the interval."""
        return self.low is not None and self.low == self.high

    def outcome(self, estimate: float | None, interval: tuple[float, float] | None) -> Outcome:
        """Held where the whole interval lies inside, failed where it lies outside, else unsure.

        With a 95% interval this is a test of equivalence at 2.5% for each side (Schuirmann 1987, Journal of Pharmacokinetics and
        Biopharmaceutics 15, 657-680).
        """
        if estimate is None:
            return Outcome.NOT_RUN
        low, high = (float("-inf") if self.low is None else self.low), (float("inf") if self.high is None else self.high)
        if self.is_exact:
            return Outcome.HELD if estimate == low else Outcome.FAILED
        if interval is None:
            return Outcome.UNSURE
        if low <= interval[0] and interval[1] <= high:
            return Outcome.HELD
        return Outcome.FAILED if interval[1] < low or interval[0] > high else Outcome.UNSURE


class Counts(Document):
    """What was compared. A competency of a pair is in exactly one of the last five counts; abstained is not scored."""

    items: int = Field(description="Transcripts, or questions, that were tried.")
    unchanged: int = Field(default=0, description="Of these, where there was nothing to change: left out of the estimate.")
    pairs: int = Field(description="Comparisons; one item may be in several. A probe without a twin compares a grade with itself.")
    competencies: int = Field(description="Competencies of all pairs.")
    both: int = Field(description="Scored before and after.")
    only_before: int
    only_after: int
    neither: int
    errors: int = Field(description="Instrument errors, before or after.")

    @model_validator(mode="after")
    def _adds_up(self) -> Counts:
        if self.both + self.only_before + self.only_after + self.neither + self.errors != self.competencies:
            raise ValueError(f"the counts do not add up to {self.competencies} competencies: {self!r}")
        return self


class Family(Document):
    """The figures of one kind of attack, or of what had one level before: of so many cases."""

    id: Slug
    cases: int
    figures: dict[str, Figure]


class Finding(Document):
    """One probe's result. `interval` is None where there are too few items for one."""

    probe: str
    asks: str
    estimate: float | None
    interval: tuple[float, float] | None
    bound: Bound
    outcome: Outcome
    counts: Counts
    also: Mapping[str, Figure] = Field(description="Other figures of the same pairs, each by its name; None where undefined.")
    families: tuple[Family, ...] = ()
    notes: tuple[str, ...] = ()
