from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from agent.events import BeatStarted, CandidateSaid, Event, Line, Mode, Observed, SessionStarted
from agent.store.sqlite import LogStore

Start = Callable[..., SessionStarted]
Turn = Callable[[int], list[Event]]


@pytest.fixture(scope="session")
def start() -> Start:
    """Makes the first event of a session."""

    def make(session: str = "one", *, at: float = 100.0, mode: Mode = Mode.PRACTICE) -> SessionStarted:
        pins = {"scenarios/fraud": "a" * 64}
        return SessionStarted(at=at, session=session, scenario="fraud", mode=mode, seed=7, minutes=20, pins=pins, package="0.1.0")

    return make


@pytest.fixture(scope="session")
def turn() -> Turn:
    """Makes the events of a turn of usual size."""

    def make(number: int) -> list[Event]:
        at = 100.0 + number
        return [
            CandidateSaid(at=at, text=f"{number:06} I would start with recall, since a missed fraud costs us more. " * 3, seconds=12.5),
            Observed(at=at, observer="embedded", seen={"words": 36, "acts": [{"act": "choice", "quote": "I would start with recall"}]}),
            BeatStarted(at=at, beat="core"),
            Line(at=at, speaker="maya", text=f"{number:06} And for whom does that matter most? ", move="probe", beat="core"),
        ]

    return make


@pytest.fixture
def database(tmp_path: Path) -> Path:
    """Where a store may be made."""
    return tmp_path / "data" / "sessions.db"


@pytest.fixture
def store(database: Path) -> Iterator[LogStore]:
    """An empty store."""
    with LogStore.open(database) as store:
        yield store
