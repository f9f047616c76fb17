"""What a turn needs and does not change: the stage, who observes and speaks, the clock."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from agent.interview.interruption import Gate
from agent.interview.model_observer import Late
from agent.interview.stage import Stage
from agent.move import Hear
from agent.protocols import Embedder, Observer, Voice
from agent.scene import Scene

Clock = Callable[[], float]
"""Seconds since the epoch."""


@dataclass(frozen=True)
class Context:
    """Handed to every node, never stored. `hear`, of one turn only, is handed lines while they grow.

    `late` is asked before every answer for what a slower observer made of the one before.
    """

    stage: Stage
    observer: Observer
    voice: Voice
    clock: Clock
    gate: Gate | None = None
    embedder: Embedder | None = None
    hear: Hear | None = None
    late: Callable[[Scene], Late | None] | None = None
