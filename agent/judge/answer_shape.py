"""What a model answers about one competency. The order of the fields is the order of thought: evidence before the level."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

from agent.verdict import State


class Quoted(BaseModel):
    """Words that are meant to stand in a turn of the candidate, and the indicator they show."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    turn: int
    quote: str
    indicator: str
    supports: bool


class CompetencyAnswer(BaseModel):
    """One competency as a model sees it. `level` 1 to 5 and `confidence` 0 to 1 go with the state `scored`."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    evidence: tuple[Quoted, ...] = Field(max_length=40)
    missing: tuple[str, ...] = Field(max_length=20)
    reasoning: str
    state: State
    level: Literal[1, 2, 3, 4, 5] | None
    confidence: float | None = Field(ge=0, le=1)

    @model_validator(mode="after")
    def _scored_has_a_level(self) -> CompetencyAnswer:
        if self.state is State.SCORED and (self.level is None or self.confidence is None):
            raise ValueError("the state scored needs a level and a confidence")
        return self
