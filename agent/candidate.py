"""A simulated candidate: somebody who plays any scene, to try the scene out."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from agent.document import Document, SemVer, Slug, Text

Asked = Literal["question", "twist", "pushback", "first"]
"""What a candidate answers: a question or follow-up, the news of a twist, an argument against them, the first line of the scene."""


class SimulatedCandidate(Document):
    """What this kind of candidate says, whatever the scene is.

    One that `knows` draws on the scene's own examples: asks for its facts, touches its points, meets its conditions. It shows
    what the scene does for a good candidate; as evidence about the observer or the judge it is worth nothing.
    """

    slug: Slug
    version: SemVer
    about: Text
    knows: bool = False
    lines: dict[Asked, tuple[Text, ...]] = Field(description="What is said, by what is answered; 'question' for all else.")
    sentences: int = Field(default=1, ge=1, le=30, description="Lines that make one answer.")
    silent_every: int = Field(default=0, ge=0, description="Says nothing at all in every so-manieth turn; 0 for never.")
    words_per_minute: int = Field(default=45, ge=10, le=200)
