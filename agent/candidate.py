"""A simulated candidate: somebody who plays any scene, to try the scene out."""

from __future__ import annotations

from typing import Literal

from pydantic import Field, model_validator

from agent.document import Document, SemVer, Slug, Text

Asked = Literal["question", "twist", "pushback", "first", "questions", "close"]
"""What a candidate answers: a question or follow-up, the news of a twist, an argument against them, the first line of the scene, being
asked for questions of their own, the last word."""


class Partly(Document):
    """How one who knows brings out a part only: the first clause of an example, without its reason, and not of every one."""

    share: float = Field(
        gt=0, lt=1, description="The share of points, conditions and facts that is drawn on; which ones, the seed decides."
    )
    hedges: tuple[Text, ...] = Field(min_length=1, description="Said before every other thing known, so that it sounds unsure.")


class SimulatedCandidate(Document):
    """What this kind of candidate says, whatever the scene is.

    One that `knows` draws on the scene's own examples: asks for its facts, touches its points, meets its conditions. It shows
    what the scene does for a good candidate; as evidence about the observer or the judge it is worth nothing.
    """

    slug: Slug
    version: SemVer
    about: Text
    knows: bool = False
    partly: Partly | None = Field(default=None, description="For one who knows: what is left out; without it nothing is.")
    lines: dict[Asked, tuple[Text, ...]] = Field(description="What is said, by what is answered; 'question' for all else.")
    sentences: int = Field(default=1, ge=1, le=30, description="Lines that make one answer.")
    silent_every: int = Field(default=0, ge=0, description="Says nothing at all in every so-manieth turn; 0 for never.")
    words_per_minute: int = Field(default=45, ge=10, le=200)

    @model_validator(mode="after")
    def _only_who_knows_leaves_out(self) -> SimulatedCandidate:
        if self.partly and not self.knows:
            raise ValueError("'partly' is for a candidate who knows: add 'knows: true'")
        if self.partly and (self.silent_every or self.sentences > 1):
            raise ValueError(
                "'partly' is for one who says one thing at a time and is never silent: leave out 'sentences' and 'silent_every'"
            )
        return self
