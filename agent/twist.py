"""A twist: something changes in the middle of the scene, as pure data."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from agent.document import CompetencyId, Document, Pattern, SemVer, Slug, Text

TwistKind = Literal[
    "data_lost",
    "leakage",
    "priority_shift",
    "deadline_cut",
    "scale_change",
    "fairness_law",
    "stakeholder_conflict",
    "no_uplift",
    "production_drop",
    "label_noise",
    "wrong_claim",
    "escalation",
    "vague_ask",
    "ownership_gap",
    "privacy_objection",
]


class Behaviour(Document):
    """One thing a good response to the twist contains."""

    id: Slug
    text: Text
    heard: Pattern


class Twist(Document):
    """What changes, how it is said, what a good response is and when it counts as missed.

    Lines may carry the twist's own slots in braces; the scenario fills them.
    """

    slug: Slug
    version: SemVer
    kind: TwistKind
    title: Text
    brief: Text = Field(description="What is different from now on, in a neutral voice; for the report.")
    slots: dict[str, Text] = Field(default_factory=dict, description="Names used in braces in the lines, with their default wording.")
    lines: tuple[Text, ...] = Field(min_length=2, description="The news, as a person would break it.")
    force: tuple[Text, ...] = Field(min_length=2, description="Said when the candidate carries on as if nothing had happened.")
    answered: tuple[Text, ...] = Field(min_length=2, description="Said when the candidate has dealt with it; leads on.")
    missed: tuple[Text, ...] = Field(min_length=2, description="Said when it was ignored to the end; leads on.")
    behaviours: tuple[Behaviour, ...] = Field(min_length=2)
    missed_if: Text = Field(description="When the twist counts as missed, in words.")
    patience: int = Field(default=1, ge=1, le=4, description="Candidate turns after the news, or after being forced, before the next step.")
    competencies: tuple[CompetencyId, ...] = Field(min_length=1)
