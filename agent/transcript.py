"""A transcript: who said what, in order, and where the scene changed. The judge gets this and a rubric, no more."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from agent.document import Document, Pattern

Role = Literal["candidate", "interviewer"]


class Turn(Document):
    """One thing said. `number` counts all turns of the transcript from 1."""

    number: int = Field(ge=1)
    role: Role
    speaker: str
    title: str = Field(default="", description="What an interviewer is there, where it is known: product manager, client.")
    text: str
    seconds: float | None = Field(default=None, description="How long the answer took, where it is known.")
    aside: str | None = Field(default=None, description="The only other person who heard it, where it was private.")
    asks_story: bool = Field(default=False, description="The turn asks for a past event.")


class Mark(Document):
    """Where the scene changed: the turn in which a twist was broken."""

    turn: int
    kind: Literal["twist", "interruption"]
    label: str
    text: str = Field(description="What changed, in a neutral voice.")
    expected: tuple[str, ...] = Field(default=(), description="What a good response contains, in words.")
    patterns: tuple[Pattern, ...] = Field(
        default=(), description="How each of `expected` is recognised, in its order; empty where unknown."
    )


class Transcript(Document):
    """A talk between one candidate and one or more interviewers."""

    title: str = "Transcript"
    format: str = Field(default="", description="The interview format, where it is known; a rubric may weigh by it.")
    turns: tuple[Turn, ...]
    marks: tuple[Mark, ...] = ()
    competencies: tuple[str, ...] = Field(default=(), description="What the scene lets the candidate show; empty: all of the rubric.")
    jargon: tuple[str, ...] = Field(default=(), description="Terms that are jargon to these listeners, in lower case.")
    source: str = Field(default="", description="Where it came from: a session id, a file name.")

    @property
    def candidate_turns(self) -> tuple[Turn, ...]:
        """The candidate's turns, in order."""
        return tuple(turn for turn in self.turns if turn.role == "candidate")
