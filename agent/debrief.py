"""What a session shows beside its grade: positions, cut-ins, who heard what, and the repair of a file. Counted, never graded."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from agent.document import Document


class Cause(Document):
    """Words of the candidate that met a condition, or made somebody dig in."""

    turn: int
    quote: str
    text: str = Field(description="The condition in words; empty where the words hardened the position.")


class PositionOutcome(Document):
    """Where somebody's position ended, and what got it there."""

    name: str
    statement: str
    state: Literal["held", "softened", "moved", "hardened"]
    met: tuple[Cause, ...] = ()
    open: tuple[str, ...] = Field(default=(), description="Conditions that were not met, in words.")
    hardened: tuple[Cause, ...] = ()


class CutIns(Document):
    """How often somebody cut in, and what became of it; `seconds` is the mean time from a cut-in to the next key."""

    count: int
    answered: int
    parked: int
    ignored: int
    resumed: int = Field(description="After how many the thread was picked up again.")
    seconds: float | None = None


class Heard(Document):
    """What one person in the room heard and told."""

    name: str
    title: str
    answers: int = Field(description="Answers of the candidate that this person heard.")
    missed: int = Field(description="Answers that were for somebody else alone.")
    told: tuple[str, ...] = Field(default=(), description="Facts this person told the candidate, in short.")
    kept: tuple[str, ...] = Field(default=(), description="Facts this person knew and was not asked for, in short.")


class Repair(Document):
    """Technical progress on a broken file, apart from composure."""

    title: str
    runs: int
    edits: int
    wrong_turns: int
    passed: bool
    answers: int | None = Field(default=None, description="Candidate answers until the test passed.")
    minutes: float | None = Field(default=None, description="Minutes on the clock until the test passed.")
    bug: str = ""
    diff: str = Field(default="", description="The edits as a unified diff.")


class RatedLevel(Document):
    """The user's level of a competency beside the judge's; None where it was not observed or not graded."""

    competency: str
    yours: int | None
    judge: int | None


class ModelUse(Document):
    """What one model took in one role. Times are medians per call in milliseconds; `cost` is in US dollars, None where unknown."""

    role: str
    model: str
    calls: int
    not_used: int = Field(default=0, description="Answers that were rejected, replaced, prepared in vain, or failed.")
    replayed: int = Field(default=0, description="Calls that a cassette or a script answered.")
    input_tokens: int = 0
    cached_tokens: int = 0
    output_tokens: int = 0
    cost: float | None = None
    first_token_ms: float | None = None
    total_ms: float = 0.0


class Debrief(Document):
    """All of it."""

    positions: tuple[PositionOutcome, ...] = ()
    cut_ins: CutIns | None = None
    heard: tuple[Heard, ...] = ()
    repairs: tuple[Repair, ...] = ()
    ratings: tuple[RatedLevel, ...] = ()
    models: tuple[ModelUse, ...] = ()
    taken_over: tuple[str, ...] = Field(default=(), description="Why the embedded parts took over from a model, once for each time.")
