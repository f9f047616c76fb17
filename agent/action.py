"""An action: what enters the state machine. One action is one turn."""

from __future__ import annotations

from typing import Literal, TypedDict


class Action(TypedDict, total=False):
    """What the candidate did. `start` carries the session's terms, `message` the text, `silence` the seconds."""

    type: Literal["start", "message", "silence", "leave"]
    text: str
    to: str | None
    seconds: float | None
    session: str
    mode: str
    seed: int
    minutes: float
