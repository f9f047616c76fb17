"""The embedded voice: finds the words for a move among the authored lines, and never says the same line twice."""

from __future__ import annotations

import random

from agent.interview.lines import choose
from agent.interview.stage import Stage
from agent.move import Hear, Move, Spoken
from agent.scene import Scene


class EmbeddedVoice:
    """Speaks authored lines of a stage."""

    id = "embedded"

    def __init__(self, stage: Stage) -> None:
        self._stage = stage

    async def speak(self, move: Move, scene: Scene, hear: Hear | None = None) -> Spoken:
        """A reaction, where the move has one, and the line; what fills a slot in the line is not said twice."""
        rng = random.Random(f"{scene['seed']}/{scene['spoken']}/{move['pool']}")
        line = choose(self._stage, scene, move["pool"], move["slots"], rng)
        found = [part for part in (self._lead(move, line, scene, rng), line) if part]
        return Spoken(text=" ".join(text for text, _ in found), templates=tuple(template for _, template in found))

    def _lead(self, move: Move, line: tuple[str, str] | None, scene: Scene, rng: random.Random) -> tuple[str, str] | None:
        if move["lead"] is None:
            return None
        slots = {slot: "" if line and value and value in line[0] else value for slot, value in move["slots"].items()}
        return choose(self._stage, scene, f"persona/{move['speaker']}/{move['lead']}", slots, rng)
