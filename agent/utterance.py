"""Something said in the room, ready to be shown."""

from __future__ import annotations

from typing import NamedTuple


class Utterance(NamedTuple):
    """Something a persona said: who, and what."""

    name: str
    text: str
    persona: str
    move: str
    private: bool = False
