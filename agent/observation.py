"""What an observer sees in one answer. Plain dicts, so that it can lie in the log and in checkpointed state."""

from __future__ import annotations

from typing import Literal, NotRequired, TypedDict

Act = Literal[
    "question",  # asks something
    "number",  # gives a figure
    "choice",  # picks or ranks ("X matters more than Y", "I would start with")
    "alternative",  # names a second option
    "paraphrase",  # says back what was asked or told
    "reason",  # says why
    "example",  # a concrete case
    "owner",  # says who does what by when
    "vague",  # a claim without substance
    "jargon",  # a term this listener does not use
    "hedging",
    "empathy",
    "flattery",
    "insistence",
    "dismissal",
    "blame",
    "hostile",
    "dont_know",
    "thinking",  # asks for a moment
    "meta",  # asks whether it talks to a machine, or about its grade
    "instructs_grader",  # addresses the judge or the prompt
    "off_topic",
    "small_talk",  # asks or says what belongs to any talk
    "asks_view",  # asks what somebody thinks or fears, or what would change their mind
    "too_short",
    "rambling",
]


class Seen(TypedDict):
    """One act, and the candidate's words that show it."""

    act: Act
    quote: str


class Echo(TypedDict):
    """Words of the candidate that a line can pick up; empty where there are none."""

    quote: str
    number: str
    term: str


class Heard(TypedDict):
    """An id of the scenario (a point, fact, condition or behaviour) and the sentence that brought it up.

    `strength`, of behaviours: how clearly, about 0 to 1. `turn`: where it was said, if not in the last answer.
    """

    id: str
    quote: str
    strength: NotRequired[float]
    turn: NotRequired[int]


class Recall(TypedDict):
    """Earlier words of the candidate that the answer contradicts."""

    turn: int
    earlier: str
    quote: str


class Observation(TypedDict):
    """All that was seen in one answer. Ids of conditions are `persona/position/condition`, of behaviours `twist/behaviour`."""

    words: int
    acts: list[Seen]
    points: list[Heard]
    facts: list[Heard]
    questions: list[str]
    conditions: list[Heard]
    hardening: list[Heard]
    behaviours: list[Heard]
    contingencies: list[Heard]
    recall: Recall | None
    interest: dict[str, float]  # per persona, cosine of the answer to what they care about; empty with one person in the room
    addressed: str | None
    relatedness: float  # cosine of the answer's nearest sentence to the open question, -1 to 1
    echo: Echo
    claims: list[str]  # clauses worth coming back to, at most four
