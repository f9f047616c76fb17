"""A persona: somebody who sits across the table, and how they talk."""

from __future__ import annotations

from typing import Annotated, Literal, get_args

from pydantic import Field

from agent.document import Document, Pattern, SemVer, Slug, Text

LineKind = Literal[
    # a short first reaction; the main line follows
    "react_number",
    "react_choice",
    "react_empathy",
    "react_vague",
    "react_plain",
    "react_question",
    # a follow-up on the candidate's own words
    "probe_choice",
    "probe_why",
    "probe_vague",
    "probe_number",
    "probe_jargon",
    "probe_example",
    "probe_limits",
    "probe_owner",
    "probe_unanswered",
    # handling what is not an answer
    "unknown_question",
    "told_already",
    "enough_questions",
    "too_short",
    "dont_know",
    "take_your_time",
    "silence",
    "hostile",
    "flattery",
    "insistence",
    "blame",
    "off_topic",
    "meta",
    "rambling",
    # cutting in while the candidate types, and what comes of it
    "cut_monologue",
    "cut_vague",
    "cut_jargon",
    "cut_buzzword",
    "cut_number",
    "cut_promise",
    "cut_ignored",
    "go_on",
    # others in the room, and earlier words
    "take_over",
    "aside",
    "recall",
    # code on the table
    "edit_seen",
    "run_failed",
    "run_passed",
    # the arc
    "bridge",
    "hand_over",
    "twist_force",
    "time_up",
    "farewell",
]
LINE_KINDS: tuple[LineKind, ...] = get_args(LineKind)
CODE_KINDS: tuple[LineKind, ...] = ("edit_seen", "run_failed", "run_passed")
"""Kinds that only somebody in a scene with code to run needs."""

SLOTS: dict[str, str] = {
    "quote": "the candidate's own words, a clause of the last answer",
    "earlier": "the candidate's own words, a clause of an answer some turns ago",
    "number": "a figure the candidate just gave, with its unit",
    "term": "a technical word the candidate used that this listener does not",
    "ask": "what was asked and not answered, as a noun clause",
    "fact": "a fact that was told before, in short",
    "name": "the person who speaks next",
}
"""Slots that any authored line may carry in braces, with what fills them. A line whose slot is empty is not said."""

Share = Annotated[float, Field(ge=0, le=1)]


class SpeakingStyle(Document):
    """How the person talks."""

    formality: Literal["formal", "plain", "casual", "blunt"]
    sentence_length: Literal["short", "medium", "long"] = "medium"
    habits: tuple[Text, ...] = Field(default=(), description="Verbal habits, as instructions to an actor.")
    samples: tuple[Text, ...] = Field(min_length=2, description="Things this person might say, to hear the voice.")


class Temperament(Document):
    """Five dials between 0 and 1."""

    warmth: Share = 0.5
    patience: Share = Field(default=0.5, description="How long questions, silence and detours are borne.")
    directness: Share = 0.5
    agreeableness: Share = 0.3
    talkativeness: Share = 0.5


class Listener(Document):
    """What this person wants to hear, and which words they do not use."""

    interests: tuple[Text, ...] = ()
    jargon: tuple[Text, ...] = Field(default=(), description="Technical terms that are jargon to this listener, in lower case.")


class Condition(Document):
    """One thing the candidate has to bring before a position moves."""

    id: Slug
    kind: Literal["evidence", "empathy", "test", "number", "constraint"]
    text: Text = Field(description="The condition in words, for the report.")
    heard: Pattern


class Position(Document):
    """A view that is held until its conditions are met, and never given up for insistence or flattery."""

    id: Slug
    statement: Text = Field(description="The view in the person's own words.")
    pushback: tuple[Text, ...] = Field(min_length=3, description="Lines said while the view is held, each another argument.")
    moves_when: tuple[Condition, ...] = Field(
        min_length=1, description="All of these have to be met, in any order, over any number of turns."
    )
    softened: tuple[Text, ...] = Field(min_length=1, description="Lines said when a condition is met and others are open.")
    moved: tuple[Text, ...] = Field(min_length=2, description="Lines said the moment the last condition is met.")
    hardens_when: Pattern | None = Field(default=None, description="What makes the person dig in.")
    hardened: tuple[Text, ...] = Field(default=(), description="Lines said when it does.")


CutTrigger = Literal["monologue", "vague", "jargon", "buzzword", "number", "promise", "silence", "wrong_turn"]
"""What makes somebody cut in: content, never chance alone."""


class Interruption(Document):
    """When and how this person cuts in while the candidate types."""

    triggers: tuple[CutTrigger, ...] = ()
    frequency: Share = Field(default=0.7, description="Share of the occasions that are taken.")
    words: int = Field(default=150, ge=20, description="Words into an answer before it is a monologue to this person.")
    overlap: Literal["yield", "adaptive", "insist"] = Field(
        default="yield",
        description="After cutting in: says it once and lets go; comes back once when ignored; comes back until it is answered.",
    )
    min_gap_seconds: float = Field(default=20, ge=0)
    per_turn: int = Field(default=1, ge=0)
    per_session: int = Field(default=4, ge=0)


class Persona(Document):
    """Somebody with a public role, a private agenda, a way of talking, and lines for every occasion."""

    slug: Slug
    version: SemVer
    name: Text
    title: Text = Field(description="Their job, as on a name plate.")
    public: Text = Field(description="What the candidate is told about them.")
    agenda: Text = Field(description="What they want from the talk and do not say.")
    knowledge: tuple[Text, ...] = Field(default=(), description="What they know from their job, independent of the scene.")
    voice: SpeakingStyle
    temperament: Temperament = Temperament()
    listener: Listener = Listener()
    moved_by: tuple[Text, ...] = Field(default=(), description="What wins them over, in words.")
    hardened_by: tuple[Text, ...] = Field(default=(), description="What makes them dig in, in words.")
    positions: tuple[Position, ...] = Field(default=(), description="Views this person holds in every scene.")
    interruption: Interruption = Interruption()
    lines: dict[LineKind, tuple[Text, ...]] = Field(description="Authored lines by occasion; slots in braces.")
    reminder: Text = Field(description="Placed after the history in a model's prompt, against drift.")
    metadata: dict[str, str] = Field(default_factory=dict, description="Never reaches a prompt.")
