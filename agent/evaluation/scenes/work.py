"""Doing one unit: playing the scene and grading it. What comes out depends on the unit alone, wherever it is done."""

from __future__ import annotations

import threading
from functools import cache
from pathlib import Path

from agent.engine import Engine
from agent.errors import HotseatError, InputError
from agent.evaluation.scenes.session import SimulatedSession, session_of
from agent.evaluation.scenes.unit import Keys, Unit
from agent.grading import agrade
from agent.library import Library
from agent.session import Interview
from agent.simulation.answering import player_of
from agent.simulation.clock import SimulatedClock
from agent.simulation.play import play
from agent.sync import run_sync


class Workshop:
    """Plays and grades with one engine on a clock of its own, one session at a time."""

    def __init__(self, library: Path | None) -> None:
        self._clock = SimulatedClock()
        self.engine = Engine(library=Library.default(library), clock=self._clock)
        self._keys = Keys(self.engine)
        self._start = self._clock()
        self._lock = threading.Lock()

    def do(self, unit: Unit) -> SimulatedSession:
        """The session that a unit asks for.

        Raises:
            InputError: here the scene, the candidate, the judge or the package is another than where the unit was made.
        """
        if self._keys.key(unit.scenario, unit.candidate, unit.seed) != unit.key:
            raise InputError(
                f"{unit.name}: this worker has another version of the scene, the candidate or Hotseat than the one who asks; "
                "give all workers the same checkout, the same --library and the same settings"
            )
        with self._lock:
            return run_sync(self._played(unit))

    async def _played(self, unit: Unit) -> SimulatedSession:
        self._clock.now = self._start
        candidate = self.engine.library.candidate(unit.candidate)
        interview = Interview(unit.scenario, seed=unit.seed, engine=self.engine)
        await play(interview, player_of(candidate, unit.seed), self._clock, words_per_minute=candidate.words_per_minute)
        return session_of(interview, await agrade(interview), unit.candidate, unit.key)


def do(unit: str) -> str:
    """A unit as JSON in, its session as JSON out: what worker processes and clusters are handed.

    Raises:
        InputError: it cannot be done here; a plain sentence, so that it crosses to another process whole.
    """
    asked = Unit.model_validate_json(unit)
    try:
        return workshop(asked.library).do(asked).model_dump_json()
    except HotseatError as error:
        raise InputError(str(error)) from None


@cache
def workshop(library: str | None) -> Workshop:
    """The workshop of this process for a library."""
    return Workshop(Path(library) if library else None)
