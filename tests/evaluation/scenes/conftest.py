"""One scene, played once by a weak and a strong candidate at two seeds."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from agent.evaluation.scenes.session import SimulatedSession
from agent.evaluation.scenes.suite import SceneSuite
from agent.evaluation.scenes.unit import Unit, units_of
from agent.evaluation.scenes.work import Workshop, workshop

SCENE = "night-shift-eta"


@pytest.fixture(scope="session")
def place() -> Workshop:
    return workshop(None)


@pytest.fixture(scope="session")
def suite() -> SceneSuite:
    return SceneSuite(id="two", about="One scene.", scenarios=(SCENE,), candidates=("weak", "strong"), seeds=2)


@pytest.fixture(scope="session")
def units(suite: SceneSuite, place: Workshop) -> list[Unit]:
    return units_of(suite, place.engine, None)


@pytest.fixture(scope="session")
def sessions(units: Sequence[Unit], place: Workshop) -> list[SimulatedSession]:
    return [place.do(unit) for unit in units]
