"""What a judge returns: one verdict per competency, with evidence, and what was measured beside it."""

from __future__ import annotations

from enum import StrEnum
from typing import Any, Literal

from pydantic import Field, model_validator

from agent.debrief import Debrief
from agent.document import Document
from agent.feedback import Feedback


class State(StrEnum):
    """The four outcomes. Only `scored` carries a number; the others carry a reason."""

    SCORED = "scored"
    NOT_OBSERVED = "not_observed"
    ABSTAINED = "abstained"
    INSTRUMENT_ERROR = "instrument_error"


class Evidence(Document):
    """The candidate's own words: `quote` stands in turn number `turn` of the transcript."""

    turn: int
    quote: str
    indicator: str = Field(default="", description="Id of the indicator it speaks for or against.")
    text: str = Field(default="", description="That indicator in words.")
    supports: bool = Field(default=True, description="False: it speaks against the competency.")


class Opinion(Document):
    """What one judge said about a competency, by itself: a level for each answer, None for an answer that gave none."""

    judge: str
    state: State
    levels: tuple[int | None, ...]
    score: float | None = Field(default=None, description="The median of the levels.")
    reasoning: str = ""


class Verdict(Document):
    """One competency's outcome.

    `level` is 1 to 5; `score` is continuous, 1.0 to 5.0; `confidence` is 0 to 1. All three are None unless
    `state` is scored.
    """

    state: State
    level: int | None = Field(default=None, ge=1, le=5)
    score: float | None = Field(default=None, ge=1.0, le=5.0)
    confidence: float | None = Field(default=None, ge=0.0, le=1.0)
    interval: tuple[float, float] | None = Field(
        default=None, description="Where independent raters' level lies in four of five cases; None where the judge is not calibrated."
    )
    evidence: tuple[Evidence, ...] = ()
    missing: tuple[str, ...] = Field(default=(), description="What the level above shows and was not heard.")
    reasoning: str
    opinions: tuple[Opinion, ...] = Field(
        default=(), description="What each judge said, where several were asked or one was asked several times."
    )

    @model_validator(mode="after")
    def _numbers_go_with_scored(self) -> Verdict:
        numbers = (self.level, self.score, self.confidence)
        if self.state is State.SCORED and (None in numbers or not self.evidence):
            raise ValueError("a scored verdict needs level, score, confidence and evidence")
        if self.state is not State.SCORED and any(number is not None for number in numbers):
            raise ValueError(f"a verdict that is {self.state} carries no number")
        return self


class TwistResponse(Document):
    """How the candidate answered a twist: their last words before it, their first after it, and what was heard."""

    label: str
    what_changed: str
    turn: int
    before: Evidence | None
    after: Evidence | None
    heard: tuple[str, ...] = Field(description="Expected behaviours that were heard, in words.")
    missing: tuple[str, ...]


class NextStep(Document):
    """Something to practise next, and the competency it serves."""

    competency: str
    text: str


class Overall(Document):
    """The weighted mean of what was scored, and how much of the rubric that covers."""

    score: float | None = Field(description="1.0 to 5.0, or None when nothing was scored.")
    coverage: float = Field(description="Share of the expected competencies that were scored, 0 to 1.")
    scored: int
    expected: int


class RubricPin(Document):
    """Which rubric was used, to the byte."""

    id: str
    version: str
    sha256: str


class JudgePin(Document):
    """Which judge graded, and with what."""

    id: str
    version: str
    package: str
    parameters: dict[str, Any] = Field(default_factory=dict)


class GradeReport(Document):
    """Everything a grading says. `format` is the version of this shape."""

    format: Literal[1] = 1
    title: str
    rubric: RubricPin
    judge: JudgePin
    verdicts: dict[str, Verdict]
    delivery: dict[str, Any]
    twists: tuple[TwistResponse, ...] = ()
    notes: tuple[str, ...] = Field(
        default=(), description="Things the reader should know: attempts to instruct the grader, another language."
    )
    next_steps: tuple[NextStep, ...] = ()
    overall: Overall
    debrief: Debrief | None = Field(default=None, description="What the session shows beside the grade, where there was a session.")
    feedback: Feedback | None = Field(default=None, description="Moments, mistakes, structure and drills, where something was scored.")
    context: dict[str, Any] = Field(default_factory=dict, description="Session, mode, seed and pins, where it came from one.")
