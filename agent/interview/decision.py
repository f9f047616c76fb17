"""A decision of one strategy of the director."""

from __future__ import annotations

from typing import NamedTuple

from agent.move import Move


class Decision(NamedTuple):
    """Moves to make; `floor` when the last of them wants an answer and so ends the turn."""

    moves: list[Move]
    floor: bool
