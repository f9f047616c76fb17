"""One scene for all tests of simulation, on a clock that only the simulation moves."""

from __future__ import annotations

import pytest

from agent.engine import Engine
from agent.interview.stage import Stage
from agent.library import Library
from agent.library.library import shipped
from agent.simulation.clock import SimulatedClock

SCENE = "debug-the-leak"


@pytest.fixture(scope="session")
def clock() -> SimulatedClock:
    return SimulatedClock()


@pytest.fixture(scope="session")
def engine(clock: SimulatedClock) -> Engine:
    return Engine(library=Library((shipped(),)), clock=clock)


@pytest.fixture(scope="session")
def stage(engine: Engine) -> Stage:
    return engine.stage(SCENE)
