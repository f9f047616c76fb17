from __future__ import annotations

from collections.abc import Callable, Sequence

import pytest

from agent.engine import Engine
from agent.library import Library
from agent.library.library import shipped
from agent.session import Interview

Play = Callable[..., Interview]


class FakeClock:
    """A clock that stands still until it is moved."""

    def __init__(self) -> None:
        self.now = 1_000_000.0

    def __call__(self) -> float:
        return self.now

    def forward(self, seconds: float) -> None:
        self.now += seconds


@pytest.fixture(scope="session")
def clock() -> FakeClock:
    return FakeClock()


@pytest.fixture(scope="session")
def library() -> Library:
    return Library((shipped(),))


@pytest.fixture(scope="session")
def engine(library: Library) -> Engine:
    """One engine for all tests: its sentences are embedded once."""
    return Engine(library=library, clock=lambda: 1_000_000.0)


@pytest.fixture(scope="session")
def play(engine: Engine) -> Play:
    """Plays a scenario with answers in turn, starting over when they run out, until it is over or `turns` are played."""

    def played(scenario: str, answers: Sequence[str], *, seed: int = 1, turns: int = 60) -> Interview:
        interview = Interview(scenario, seed=seed, engine=engine)
        interview.start()
        for turn in range(turns):
            if interview.is_over:
                break
            interview.say(answers[turn % len(answers)])
        return interview

    return played
