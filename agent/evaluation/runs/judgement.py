"""One grading of a run, as it is kept: who graded what, under which key, and what came of it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from enum import StrEnum
from typing import Any

from agent.document import Document
from agent.evaluation.runs.lines import Kept
from agent.verdict import GradeReport


class Of(StrEnum):
    """What was graded: an item as it is, the twin that a probe made of it, or the same thing once more."""

    ITEM = "item"
    TWIN = "twin"
    AGAIN = "again"


class Calls(Document):
    """What a grading took of a model; all 0 where none was asked. `cost` is in US dollars, None where a price is unknown."""

    number: int = 0
    input_tokens: int = 0
    cached_tokens: int = 0
    output_tokens: int = 0
    cost: float | None = 0.0

    @classmethod
    def of(cls, report: GradeReport) -> Calls:
        """The account in a report."""
        usage = dict(report.judge.parameters.get("usage", {}))
        return cls(number=usage.pop("calls", 0), **usage)

    def __add__(self, other: Calls) -> Calls:
        """Both together."""
        cost = None if self.cost is None or other.cost is None else round(self.cost + other.cost, 6)
        return Calls(
            number=self.number + other.number,
            input_tokens=self.input_tokens + other.input_tokens,
            cached_tokens=self.cached_tokens + other.cached_tokens,
            output_tokens=self.output_tokens + other.output_tokens,
            cost=cost,
        )


class Judgement(Kept):
    """One line of `judgements.jsonl`. `judge` is its name in the suite."""

    judge: str
    item: str
    of: Of
    report: GradeReport
    calls: Calls


def key_of(inputs: Mapping[str, Any], rubric: str, transcript: str, again: int = 0) -> str:
    """The sha256 of everything that decides a grading: the judge's inputs, and the fingerprints of rubric and transcript.

    `again` tells apart gradings that are meant to be done more than once.
    """
    decides = {"judge": inputs, "rubric": rubric, "transcript": transcript, "again": again}
    return hashlib.sha256(json.dumps(decides, sort_keys=True, separators=(",", ":")).encode()).hexdigest()
