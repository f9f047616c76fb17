"""The terms of a session: what it is for, and how it may end."""

from __future__ import annotations

from enum import StrEnum


class EndReason(StrEnum):
    """Why a session ended."""

    ARC_FINISHED = "arc_finished"
    TIME_UP = "time_up"
    TURN_LIMIT = "turn_limit"
    LEFT = "left"


class Mode(StrEnum):
    """What a session is for."""

    PRACTICE = "practice"
    ASSESSED = "assessed"
