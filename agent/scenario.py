"""A scenario: a scene with a goal, hidden facts, people in it, an arc of beats, and twists."""

from __future__ import annotations

from typing import Literal

from pydantic import Field, model_validator

from agent.document import CompetencyId, Cues, Document, Pattern, SemVer, Slug, Text
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
    by: Slug | None = Field(default=None, description="Who asks for it; the beat's person by default.")


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
    private: bool = Field(default=False, description="Said to the candidate alone; nobody else in the room hears it or the answer.")


class TwistUse(Document):
    """A twist in this scene: who brings it, when at the earliest, and by when at the latest."""

    twist: Slug
    by: Slug
    when: Literal["turn", "elapsed", "beat", "fact", "position", "heard", "run", "manual"] = Field(description="What sets it off.")
    value: str | int = Field(
        default="",
        description="The candidate turn, the minutes, the id of the beat, fact, position or point, or 'failed' or 'passed' for a test run.",
    )
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


class Exchange(Document):
    """Two people in the room contradict each other, and the candidate has to deal with both."""

    id: Slug
    when: Literal["beat", "heard", "fact", "position", "twist"] = Field(description="What sets it off.")
    value: Slug = Field(description="The id of the beat, point, fact, position or twist.")
    by: Slug
    lines: tuple[Text, ...] = Field(min_length=2, description="Said to the other one, by name.")
    reply_by: Slug
    reply: tuple[Text, ...] = Field(min_length=2, description="The other one's answer, which leaves the matter to the candidate.")
    ask: Text = Field(description="What the two disagree about, as a noun clause.")


class Contingency(Document):
    """What somebody does when the candidate makes a certain move, whenever that is."""

    id: Slug
    heard: Pattern
    by: Slug
    lines: tuple[Text, ...] = Field(min_length=2)
    ask: Text | None = Field(default=None, description="What the line leaves open, as a noun clause.")
    competency: CompetencyId


class WrongTurn(Document):
    """An edit that leads away from the bug, and what somebody says to it while it is made."""

    id: Slug
    code: Cues = Field(min_length=1, description="Regular expressions over the changed lines of the file.")
    by: Slug
    lines: tuple[Text, ...] = Field(min_length=2)


class Artifact(Document):
    """Something lying on the table: a memo, a table, a script with a failing test."""

    id: Slug
    title: Text
    kind: Literal["memo", "csv", "python", "job_post"]
    text: Text
    file: str | None = Field(default=None, pattern=r"^[a-z0-9_]+\.(py|csv|md)$", description="Its file name, where it is opened or run.")
    test: Text | None = Field(default=None, description="A unittest module that imports the file; it fails until the bug is mended.")
    bug: Text | None = Field(default=None, description="What is wrong, for the report.")
    fixed: Text | None = Field(default=None, description="The file with the bug mended; never shown, checks the test.")
    wrong_turns: tuple[WrongTurn, ...] = ()


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
    exchanges: tuple[Exchange, ...] = ()
    contingencies: tuple[Contingency, ...] = ()
    artifacts: tuple[Artifact, ...] = ()
    graded: Slug | None = Field(default=None, description="In a reversed scene: the persona whose turns are graded, by the user too.")
    hints: tuple[Hint, ...] = ()
    max_turns: int = Field(default=30, ge=4, description="Candidate turns after which the scene closes in any case.")

    @model_validator(mode="after")
    def _ids_are_unique(self) -> Scenario:
        _unique("fact", [fact.id for fact in self.facts])
        _unique("beat", [beat.id for beat in self.beats])
        _unique("point", [point.id for beat in self.beats for point in beat.points])
        _unique("cast member", [member.persona for member in self.cast])
        _unique("twist", [use.twist for use in self.twists])
        _unique("exchange", [exchange.id for exchange in self.exchanges])
        _unique("contingency", [contingency.id for contingency in self.contingencies])
        _unique("artifact", [artifact.id for artifact in self.artifacts])
        return self


def _unique(what: str, names: list[str]) -> None:
    for name in names:
        if names.count(name) > 1:
            raise ValueError(f"{what} {name!r} is there twice")
