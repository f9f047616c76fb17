"""Runs a suite of simulated sessions: plays what is not there yet, keeps each session, and reports."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from agent.counted import counted
from agent.errors import InstrumentError
from agent.evaluation.runs.lines import Lines
from agent.evaluation.scenes.session import SimulatedSession
from agent.evaluation.scenes.unit import Unit

Done = Iterator[str]
Spread = Callable[[Sequence[str]], Done]
"""Hands orders to whoever does the work, and brings back what comes of each, in any order."""


class Progress(NamedTuple):
    """How far a run is; `kept` sessions were there before."""

    planned: int
    played: int
    kept: int
    last: str = ""


def play_all(
    units: Sequence[Unit], sessions: Lines[SimulatedSession], spread: Spread, tell: Callable[[Progress], None] = lambda progress: None
) -> Progress:
    """Plays what `sessions` do not hold, and adds it to them; each is on the disk before the next is looked at.

    Raises:
        InputError: a unit cannot be played where it was sent, or a session cannot be kept.
        InstrumentError: the work came back incomplete, or something that nobody asked for did.
    """
    wanted = {unit.key: unit for unit in units if unit.key not in sessions}
    progress = Progress(len(units), 0, len(units) - len(wanted))
    tell(progress)
    for text in spread([unit.model_dump_json() for unit in wanted.values()]) if wanted else ():
        session = SimulatedSession.model_validate_json(text)
        unit = wanted.pop(session.key, None)
        if unit is None:
            raise InstrumentError(f"a session came back that nobody waits for: {session.scenario}/{session.candidate}/{session.seed}")
        sessions.append(session)
        sessions.flush()
        progress = progress._replace(played=progress.played + 1, last=unit.name)
        tell(progress)
    if wanted:
        raise InstrumentError(
            f"{counted(len(wanted), 'session')} never came back, such as {next(iter(wanted.values())).name}; run it again"
        )
    return progress
