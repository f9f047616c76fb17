"""What a turn needs and does not change: the stage, who observes and speaks, the clock."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from agent.interview.interruption import Gate
from agent.interview.stage import Stage
from agent.protocols import Embedder, Observer, Voice

Clock = Callable[[], float]
"""Seconds since the epoch."""


@dataclass(frozen=True)
class Context:
    """Handed to every node, never stored."""

    stage: Stage
    observer: Observer
    voice: Voice
    clock: Clock
    gate: Gate | None = None
    embedder: Embedder | None = None
