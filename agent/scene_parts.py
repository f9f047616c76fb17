"""What a scene is made of: claims, cut-ins, stances, twists, the talk and what it brought about."""

from __future__ import annotations

from typing import Literal, TypedDict

from agent.persona import CutTrigger


class Claim(TypedDict):
    """Words of the candidate worth coming back to."""

    turn: int
    quote: str
    to: str | None


class Cut(TypedDict):
    """Somebody cut into the answer that is being typed, `words` words into it."""

    speaker: str
    trigger: CutTrigger
    words: int
    at: float
    let_go: bool


class Stance(TypedDict):
    """Where a position stands, and which of its conditions are met."""

    state: Literal["held", "softened", "moved", "hardened"]
    met: list[str]


class TwistStatus(TypedDict):
    """Where a twist stands; `since` is the candidate turn of the last step."""

    state: Literal["fired", "forced", "answered", "missed"]
    since: int


class Said(TypedDict):
    """One turn of the talk. `speaker` is None for the candidate; `alone` is the only person of the room who took part in it."""

    turn: int
    speaker: str | None
    text: str
    move: str
    alone: str | None


class Mark(TypedDict):
    """Something that a turn of the talk brought about (a fact or a twist: the turn that comes next); `words` are the candidate's own."""

    what: Literal["told", "softened", "moved", "hardened", "fired", "answered", "missed", "exchange"]
    id: str
    turn: int
    condition: str | None
    words: str
