"""A move: what the director decided should be said next, before anybody has found words for it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Literal, NamedTuple, NotRequired, TypedDict

MoveKind = Literal[
    "beat",  # the question or move that opens a beat
    "probe",  # asks for a point that was left out
    "pickup",  # asks on about a point that was touched
    "follow",  # a persona's own follow-up on the candidate's words
    "press",  # repeats a question that was not answered
    "tell",  # tells a fact
    "retell",
    "unknown",  # a question nobody here can answer
    "pushback",
    "softened",
    "moved",
    "hardened",
    "news",  # breaks a twist
    "force",
    "answered",
    "missed",
    "exchange",  # two people contradict each other
    "contingency",  # answers a typical move of a candidate
    "recall",  # holds earlier words against new ones
    "aside",  # takes note of something said in private
    "cut",  # cuts into an answer that is being typed
    "insist",  # comes back to a cut-in that was ignored
    "go_on",  # lets the candidate go on
    "code",  # reacts to an edit or a test run
    "conduct",  # answers what is no answer: silence, hostility, "I don't know"
    "hand_over",
    "time_up",
    "ending",
    "farewell",
]


class Move(TypedDict):
    """One thing to be said by one person.

    `pool` names the authored lines to choose from (see `agent.interview.lines`), `lead` a kind of reaction to say
    first. `ask` and `point` say what the line leaves open; `private`: to the candidate alone. `events` happen with it, before the line.
    """

    kind: MoveKind
    speaker: str
    pool: str
    lead: str | None
    slots: dict[str, str]
    ask: str | None
    point: str | None
    private: bool
    events: list[dict[str, Any]]


class Spoken(TypedDict):
    """A line in words, and the authored lines it is made of or stands for.

    `calls` are the models that were asked for it, each with the fields of `agent.events.ModelCalled` without `at`; `failed` those of
    `ModelFailed` without `at`, when authored words took over.
    """

    text: str
    templates: tuple[str, ...]
    calls: NotRequired[list[dict[str, Any]]]
    failed: NotRequired[dict[str, Any] | None]


class Streamed(NamedTuple):
    """A line while it is found: its text so far. `withdrawn`: what was shown of it does not count, other words come; `done`: it stands."""

    speaker: str
    text: str
    private: bool = False
    withdrawn: bool = False
    done: bool = False


Hear = Callable[[Streamed], None]
"""Is handed a line while it grows."""
