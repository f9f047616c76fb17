"""The events of a session. The log of them is the only truth; everything else is a fold over it.

An event never changes once appended. `at` is in seconds since the epoch, by the clock of the context.
"""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter

from agent.persona import CutTrigger
from agent.terms import EndReason as EndReason
from agent.terms import Mode as Mode

LOG_FORMAT = 1
"""Version of the event format, written into every export."""


class Quote(BaseModel):
    """The candidate's own words in a turn of the transcript (counted from 1)."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    turn: int
    text: str


class _Event(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")
    at: float


class SessionStarted(_Event):
    """Pins everything a grade depends on: versions and sha256 of every document, the seed, the package."""

    type: Literal["session_started"] = "session_started"
    session: str
    scenario: str
    mode: Mode
    seed: int
    minutes: float
    calm: bool = Field(default=False, description="No time pressure: no clock, no cutting in, no word at silence.")
    pins: dict[str, str] = Field(description="Document name to sha256.")
    package: str
    voice: str = "embedded"
    observer: str = "embedded"


class Line(_Event):
    """Something a persona said. `templates` name the authored lines in it, so that none is said twice."""

    type: Literal["line"] = "line"
    speaker: str
    text: str
    move: str
    beat: str
    templates: tuple[str, ...] = ()
    ask: str | None = Field(default=None, description="What the line leaves open, as a noun clause.")
    point: str | None = Field(default=None, description="The point of the beat that it asks for.")
    private: bool = Field(default=False, description="Said to the candidate alone.")
    latency_ms: float = 0.0
    tokens_in: int = 0
    tokens_out: int = 0
    cost: float = 0.0


class CandidateSaid(_Event):
    """An answer, whole and cleaned."""

    type: Literal["candidate_said"] = "candidate_said"
    text: str
    to: str | None = Field(default=None, description="The only person who hears it; everybody in the room by default.")
    seconds: float | None = Field(default=None, description="From the last line on screen to the answer sent.")


class Draft(_Event):
    """What is known of an answer while it is typed: its length, never its words."""

    type: Literal["draft"] = "draft"
    characters: int
    words: int


class Silence(_Event):
    """The candidate has said nothing for so many seconds."""

    type: Literal["silence"] = "silence"
    seconds: float


class Interrupted(_Event):
    """A persona cut into an answer, and why. Of the draft only `about` is kept: the word or figure that did it."""

    type: Literal["interrupted"] = "interrupted"
    speaker: str
    trigger: CutTrigger
    words: int = Field(description="How many words of the answer stood there.")
    about: str = ""


class CutSettled(_Event):
    """What the sent answer did with a cut-in."""

    type: Literal["cut_settled"] = "cut_settled"
    speaker: str
    trigger: str
    outcome: Literal["answered", "parked", "ignored"]
    resumed: bool = Field(description="Whether the thread was picked up again afterwards.")
    seconds: float | None = Field(default=None, description="From the cut-in to the next key, where it is known.")


class Observed(_Event):
    """What the observer saw in the last answer; the fields are those of `agent.observation.Observation`."""

    type: Literal["observed"] = "observed"
    observer: str
    seen: dict[str, Any]


class Amended(_Event):
    """What a second observer added to the observation of the answer in `turn`, and took back of it, after the scene had gone on.

    The fields are those of `agent.amendment.Amendment`.
    """

    type: Literal["amended"] = "amended"
    observer: str
    turn: int
    added: dict[str, Any]
    withdrawn: tuple[str, ...] = ()
    dropped: dict[str, int] = Field(default_factory=dict, description="Notes that were not taken over, by reason.")


class BeatStarted(_Event):
    """The arc moved on to a beat."""

    type: Literal["beat_started"] = "beat_started"
    beat: str


class FactRevealed(_Event):
    """A question brought a fact out."""

    type: Literal["fact_revealed"] = "fact_revealed"
    fact: str
    by: str
    question: Quote


class PositionMoved(_Event):
    """A position met a condition, moved, or hardened, and by which words."""

    type: Literal["position_moved"] = "position_moved"
    persona: str
    position: str
    to: Literal["softened", "moved", "hardened"]
    condition: str | None
    by: Quote


class ExchangeBegan(_Event):
    """Two people in the room began to contradict each other."""

    type: Literal["exchange_began"] = "exchange_began"
    exchange: str


class ContingencyMet(_Event):
    """The candidate made a move that somebody in this scene was waiting for."""

    type: Literal["contingency_met"] = "contingency_met"
    contingency: str
    by: Quote


class TwistFired(_Event):
    """A twist came into the scene, and what set it off."""

    type: Literal["twist_fired"] = "twist_fired"
    twist: str
    by: str
    reason: str
    seed: int


class TwistForced(_Event):
    """The twist was ignored, and somebody forced the point."""

    type: Literal["twist_forced"] = "twist_forced"
    twist: str


class TwistSettled(_Event):
    """The candidate dealt with the twist, or it was ignored to the end."""

    type: Literal["twist_settled"] = "twist_settled"
    twist: str
    outcome: Literal["answered", "missed"]
    behaviours: dict[str, Quote] = Field(default_factory=dict)


class ArtifactChanged(_Event):
    """The candidate edited an artifact."""

    type: Literal["artifact_changed"] = "artifact_changed"
    artifact: str
    sha256: str
    text: str
    wrong_turn: str | None = Field(default=None, description="The edit that leads away from the bug, if it is a known one.")


class TestRan(_Event):
    """A test of an artifact was run."""

    type: Literal["test_ran"] = "test_ran"
    artifact: str
    passed: bool
    output: str


class HintGiven(_Event):
    """The candidate asked for help and got it (practice mode)."""

    type: Literal["hint_given"] = "hint_given"
    beat: str
    text: str


class Noted(_Event):
    """A note of the candidate, for their own eyes."""

    type: Literal["noted"] = "noted"
    text: str


class Retracted(_Event):
    """The candidate took the last answer back (practice mode): events from `since` on no longer count."""

    type: Literal["retracted"] = "retracted"
    since: int


class ClockMoved(_Event):
    """The clock was stopped or started."""

    type: Literal["clock"] = "clock"
    to: Literal["paused", "resumed"]


class Ended(_Event):
    """The scene is over."""

    type: Literal["ended"] = "ended"
    reason: EndReason
    ending: str | None = None


class Graded(_Event):
    """A judge graded the transcript; the whole report, so that showing it again never re-scores."""

    type: Literal["graded"] = "graded"
    report: dict[str, Any]


class Rated(_Event):
    """The candidate's own levels, where somebody else in the scene is graded; None for what was not observed."""

    type: Literal["rated"] = "rated"
    levels: dict[str, int | None]


class ModelCalled(_Event):
    """A model was asked. `outcome` says what became of the answer; `cost` is in US dollars, None where the price is unknown."""

    type: Literal["model_called"] = "model_called"
    role: str
    model: str
    prompt: str = Field(description="The prompt, role/name@version.")
    outcome: str = Field(default="used", description="used, or why the answer was not.")
    input_tokens: int | None = None
    cached_tokens: int | None = None
    output_tokens: int | None = None
    cost: float | None = None
    first_token_ms: float | None = None
    total_ms: float = 0.0
    attempts: int = 1
    replayed: bool = Field(default=False, description="The answer came from a cassette or a script, and cost nothing.")


class ModelFailed(_Event):
    """A model did not deliver, and what took over."""

    type: Literal["model_failed"] = "model_failed"
    role: str
    model: str
    reason: str
    instead: str


Event = Annotated[
    SessionStarted
    | Line
    | CandidateSaid
    | Draft
    | Silence
    | Interrupted
    | CutSettled
    | Observed
    | Amended
    | BeatStarted
    | FactRevealed
    | PositionMoved
    | ExchangeBegan
    | ContingencyMet
    | TwistFired
    | TwistForced
    | TwistSettled
    | ArtifactChanged
    | TestRan
    | HintGiven
    | Noted
    | Retracted
    | ClockMoved
    | Ended
    | Graded
    | Rated
    | ModelCalled
    | ModelFailed,
    Field(discriminator="type"),
]

_ADAPTER: TypeAdapter[Event] = TypeAdapter(Event)


def parse_event(data: dict[str, Any]) -> Event:
    """The event that a plain dict stands for.

    Raises:
        pydantic.ValidationError: the type is unknown or a field is wrong.
    """
    return _ADAPTER.validate_python(data)
