"""A walkthrough: a complete candidate's play of one scenario, as data."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from agent.document import Document, Slug, Text

ANY = "any"


class Reply(Document):
    """Something the candidate says, and what it answers."""

    to: str = Field(
        default=ANY,
        pattern=r"^(any|(beat|point|fact|position|twist|force|exchange|contingency|persona|cut)/[a-z0-9_/-]+)$",
        description="What it answers: 'beat/ID', 'point/ID', 'position/ID', 'twist/SLUG', 'force/SLUG', 'exchange/ID', "
        "'contingency/ID', 'persona/SLUG/KIND', or 'any'.",
    )
    say: Text
    aside: Slug | None = Field(default=None, description="Said to this persona alone.")
    edit: str | None = Field(
        default=None,
        description="Text that replaces the artifact's file before this is said, or 'fixed' for its mended form; the test is run.",
    )


class Walkthrough(Document):
    """What one candidate says: the first unused reply that answers the last line, or else the next 'any'."""

    scenario: Slug
    candidate: Literal["strong", "middling", "weak"]
    about: Text = Field(description="What is good and what is weak about this candidate, in a sentence.")
    provenance: Literal["author", "model", "human"] = "author"
    seed: int = 1
    replies: tuple[Reply, ...] = Field(min_length=6)
