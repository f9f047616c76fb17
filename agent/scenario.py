"""A scenario: a scene with a goal, hidden facts, people in it, an arc of beats, and twists."""

from __future__ import annotations

from typing import Literal

from pydantic import Field, model_validator

from agent.document import CompetencyId, Document, Pattern, SemVer, Slug, Text
from agent.persona import Position

BeatKind = Literal["opening", "warmup", "core", "pressure", "questions", "close"]


class CastMember(Document):
    """A persona in this scene: their role here, what they alone know, what they will not give up."""

    persona: Slug
    role: Text = Field(description="Their part in this scene.")
    title: Text | None = Field(default=None, description="Replaces the persona's job title in this scene.")
    agenda: Text | None = Field(default=None, description="Replaces the persona's private agenda in this scene.")
    positions: tuple[Position, ...] = Field(default=(), description="Views held in this scene; replace the persona's standing ones.")


class Fact(Document):
    """Something that only the right question brings out."""

    id: Slug
    short: Text = Field(description="The fact as a clause, to be used inside a sentence.")
    known_by: tuple[Slug, ...] = Field(min_length=1, description="Personas in the cast who know it.")
    asked: Pattern = Field(description="Questions that bring it out.")
    told: tuple[Text, ...] = Field(min_length=1, description="The answer, as the person would give it. Contains the fact's numbers.")
    told_by: dict[Slug, tuple[Text, ...]] = Field(default_factory=dict, description="The answer in another person's wording.")
    key_terms: tuple[Text, ...] = Field(
        min_length=1, description="Words or figures that give the fact away; no other line may contain them before it is told."
    )


class Point(Document):
    """Something a good answer to a beat touches; asked about when it is left out."""

    id: Slug
    ask: Text = Field(description="What is wanted, as a noun clause: 'what a false decline costs us'.")
    heard: Pattern
    probe: tuple[Text, ...] = Field(min_length=1, description="Asked when the candidate has left it out.")
    pickup: tuple[Text, ...] = Field(default=(), description="Asked when the candidate touched it; should carry {quote} or {number}.")
    competency: CompetencyId


class Beat(Document):
    """One step of the arc: a question or a move by one person, and what a good answer touches."""

    id: Slug
    kind: BeatKind
    by: Slug
    ask: Text = Field(description="What the beat wants to hear, as a noun clause.")
    lines: tuple[Text, ...] = Field(min_length=2)
    points: tuple[Point, ...] = ()
    followups: int = Field(default=2, ge=0, le=5, description="At most so many follow-ups before the arc moves on.")
    skip_if_heard: bool = Field(default=False, description="Leave the beat out when all of its points came up before.")


class TwistUse(Document):
    """A twist in this scene: who brings it, when at the earliest, and by when at the latest."""

    twist: Slug
    by: Slug
    when: Literal["turn", "elapsed", "beat", "fact", "position"] = Field(description="What sets it off.")
    value: str | int = Field(description="The candidate turn, the minutes, or the id of the beat, fact or position.")
    deadline: int = Field(ge=1, description="The candidate turn after which it comes in any case.")
    slots: dict[str, Text] = Field(default_factory=dict)
    lines: tuple[Text, ...] = Field(default=(), description="Replace the twist's own lines; slots work here too.")
    voids: tuple[Slug, ...] = Field(default=(), description="Facts that are no longer true.")


class Ending(Document):
    """How the scene closes, by what was reached."""

    id: Slug
    when: Literal["positions_moved", "twists_answered", "twists_missed", "always"]
    by: Slug
    lines: tuple[Text, ...] = Field(min_length=2)


class Artifact(Document):
    """Something lying on the table: a memo, a table, a script."""

    id: Slug
    title: Text
    kind: Literal["memo", "csv", "python", "job_post"]
    text: Text


class Hint(Document):
    """Help in practice mode, for one beat; the next one says more."""

    beat: Slug
    lines: tuple[Text, ...] = Field(min_length=1)


class Scenario(Document):
    """A scene with a goal, hidden facts, people, an arc and twists."""

    slug: Slug
    version: SemVer
    title: Text
    format: Text = Field(description="The interview format this stages, as a style.")
    difficulty: Literal[1, 2, 3]
    minutes: int = Field(ge=2, le=90, description="The time box.")
    brief: Text = Field(description="What the candidate is told before it starts.")
    you: Text = Field(description="Who the candidate is in this scene.")
    goal: Text = Field(description="What the candidate has to reach.")
    cast: tuple[CastMember, ...] = Field(min_length=1)
    rubric: str = Field(pattern=r"^[a-z0-9-]+@\d+\.\d+\.\d+$", description="Rubric and version, 'core@1.0.0'.")
    competencies: tuple[CompetencyId, ...] = Field(min_length=1, description="What this scene lets the candidate show.")
    facts: tuple[Fact, ...] = ()
    beats: tuple[Beat, ...] = Field(min_length=3)
    twists: tuple[TwistUse, ...] = ()
    endings: tuple[Ending, ...] = Field(min_length=1, description="The first whose condition holds is played.")
    artifacts: tuple[Artifact, ...] = ()
    hints: tuple[Hint, ...] = ()
    max_turns: int = Field(default=30, ge=4, description="Candidate turns after which the scene closes in any case.")

    @model_validator(mode="after")
    def _ids_are_unique(self) -> Scenario:
        _unique("fact", [fact.id for fact in self.facts])
        _unique("beat", [beat.id for beat in self.beats])
        _unique("point", [point.id for beat in self.beats for point in beat.points])
        _unique("cast member", [member.persona for member in self.cast])
        _unique("twist", [use.twist for use in self.twists])
        return self


def _unique(what: str, names: list[str]) -> None:
    for name in names:
        if names.count(name) > 1:
            raise ValueError(f"{what} {name!r} is there twice")
