"""An action: what enters the state machine. One action is one turn."""

from __future__ import annotations

from typing import Literal, TypedDict


class Action(TypedDict, total=False):
    """What the candidate did.

    `start` carries the session's terms; `message` the text, the only person meant to hear it (`to`; 'room' for everybody, the
    channel of the last line without it), and the seconds from a cut-in to the next key; `draft` the text so far; `silence` the
    seconds; `edit` the artifact with its new text and the wrong turn in it, `run` the artifact with what the test did.
    """

    type: Literal["start", "message", "draft", "silence", "edit", "run", "leave"]
    text: str
    to: str | None
    seconds: float | None
    resumed_after: float | None
    artifact: str
    wrong_turn: str | None
    passed: bool
    output: str
    calm: bool
    session: str
    mode: str
    seed: int
    minutes: float
