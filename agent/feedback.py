"""Feedback for the candidate: moments, mistakes, the structure of stories, drills. Built by code from the talk and its verdicts."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from agent.document import Document

Frame = Literal["STAR", "CAR", "PEP"]


class Moment(Document):
    """Words of the candidate that show something: `quote` stands in turn number `turn`."""

    turn: int
    quote: str
    shows: str = Field(default="", description="What they show, in the rubric's words.")
    supports: bool = Field(default=True, description="False: they speak against the competency.")


class Higher(Document):
    """What a level higher would have sounded like.

    `text` is the candidate's sentence taken up and continued, with brackets around what only they can know. Where nothing
    could be taken up, `text` is empty and `adds` alone says what is missing.
    """

    adds: str = Field(description="What is added, in the rubric's words.")
    text: str = ""
    turn: int | None = Field(default=None, description="The turn whose words were taken up.")


class CompetencyMoments(Document):
    """The best and the weakest moment of one competency that was scored, and what would have lifted it."""

    competency: str
    best: Moment | None = None
    weakest: Moment | None = None
    higher: Higher | None = None


class Mistake(Document):
    """A mistake worth mending: where it happened, and the fix in one line."""

    id: str
    name: str
    turn: int
    quote: str
    fix: str
    also: tuple[int, ...] = Field(default=(), description="Later turns in which it happened again.")


class Part(Document):
    """One part of a told story or a proposal; without a quote it was not found."""

    name: str
    turn: int | None = None
    quote: str = ""
    hint: str = Field(default="", description="What to add, where it was not found.")


class Structure(Document):
    """Which parts of its frame an answer has. `has_number`: whether the result has a figure; None without a result."""

    turn: int
    frame: Frame
    parts: tuple[Part, ...]
    has_number: bool | None = None

    @property
    def missing(self) -> tuple[Part, ...]:
        """The parts that were not found."""
        return tuple(part for part in self.parts if not part.quote)


class Drill(Document):
    """A short exercise with this talk's material, and what it serves: a competency or a mistake."""

    id: str
    title: str
    minutes: int = Field(ge=5, le=15)
    text: str
    serves: str


class Feedback(Document):
    """All of it. Says nothing about the person, and nothing that the transcript does not bear out."""

    moments: tuple[CompetencyMoments, ...] = ()
    mistakes: tuple[Mistake, ...] = ()
    structures: tuple[Structure, ...] = ()
    drills: tuple[Drill, ...] = ()
