"""Every shipped walkthrough, played as it stands: the arc, the twists, the ledger, no line twice, no fact unasked, and the order."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest

from agent.engine import Engine
from agent.grading import grade
from agent.library import Library
from agent.library.library import shipped
from agent.session import Interview
from agent.simulation.checks import Findings, check
from agent.simulation.clock import SimulatedClock
from agent.simulation.play import ReadingPlayer, play
from agent.simulation.walkthroughs import read_walkthrough

FOLDER = Path(__file__).parents[1] / "evals" / "walkthroughs"
FILES = sorted(FOLDER.glob("*/*.yaml"))
MOST_UNORDERED = 3
SCENES = sorted({file.parent.name for file in FILES})


class Played(NamedTuple):
    """What came of a walkthrough, and the judge's mean level."""

    findings: Findings
    level: float | None


Play = Callable[[Path], Played]


@pytest.fixture(scope="session")
def played() -> Play:
    clock = SimulatedClock()
    engine = Engine(library=Library((shipped(),)), clock=clock)
    kept: dict[Path, Played] = {}

    def once(file: Path) -> Played:
        if file not in kept:
            kept[file] = _played(file, engine, clock)
        return kept[file]

    return once


def _played(file: Path, engine: Engine, clock: SimulatedClock) -> Played:
    walkthrough = read_walkthrough(file)
    interview = Interview(walkthrough.scenario, seed=walkthrough.seed, engine=engine)
    asyncio.run(play(interview, ReadingPlayer(walkthrough), clock))
    return Played(check(interview.events, interview.scene, interview.stage), grade(interview).overall.score)


def test_every_scene_has_three() -> None:
    library = Library((shipped(),))
    assert list(library.names("scenario")) == SCENES
    assert all({file.stem for file in FOLDER.glob(f"{scene}/*.yaml")} >= {"strong", "middling", "weak"} for scene in SCENES)


@pytest.mark.parametrize("file", FILES, ids=lambda file: f"{file.parent.name}-{file.stem}")
def test_what_holds_in_every_session_holds(file: Path, played: Play) -> None:
    findings = played(file).findings
    assert findings.problems == []
    assert findings.ended == "arc_finished"
    assert set(findings.twists.values()) <= {"answered", "missed"}


@pytest.mark.parametrize("scene", SCENES)
def test_the_judge_puts_the_strong_candidate_above_the_weak_one(scene: str, played: Play) -> None:
    strong, weak = (played(FOLDER / scene / f"{name}.yaml").level or 0 for name in ("strong", "weak"))
    assert strong > weak > 0


def test_the_judge_orders_nearly_all_scenes_from_end_to_end(played: Play) -> None:
    """What the embedded judge can do; one scene or another stays level at the top."""
    levels = {scene: [played(FOLDER / scene / f"{name}.yaml").level or 0 for name in ("strong", "middling", "weak")] for scene in SCENES}
    unordered = {scene: found for scene, found in levels.items() if not found[0] > found[1] > found[2]}
    assert len(unordered) <= MOST_UNORDERED, unordered
