"""The sentences that the embedded judge hears with: embedded once, they need not be embedded at the first grading."""

from __future__ import annotations

from collections.abc import Iterator

from agent.judge.feedback.ears import patterns
from agent.rubric import Rubric


def sentences(rubric: Rubric) -> Iterator[str]:
    """The examples and counter-examples of a rubric's indicators, and of the mistakes that feedback names."""
    heard = (one.heard for each in rubric.competencies for one in (*each.indicators, *each.counter_indicators))
    for pattern in (*heard, *patterns().values()):
        yield from (*pattern.examples, *pattern.not_examples)
