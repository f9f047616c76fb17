"""The folder of a run of simulated sessions: what was planned, and every session that was played."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Literal

from pydantic import ValidationError

from agent.document import Document
from agent.errors import InputError
from agent.evaluation.runs.folder import PLAN, REPORT, empty, locked, open_lines, write_whole
from agent.evaluation.runs.lines import Lines
from agent.evaluation.scenes.session import SimulatedSession
from agent.evaluation.scenes.suite import SceneSuite
from agent.evaluation.scenes.unit import Unit
from agent.version import __version__

SESSIONS = "sessions.jsonl"
FILES = (PLAN, SESSIONS, REPORT)


class ScenePlan(Document):
    """`plan.json`: the suite, and the key of each session by its name."""

    format: Literal[1] = 1
    package: str = __version__
    suite: SceneSuite
    keys: dict[str, str]


def plan_of(suite: SceneSuite, units: Sequence[Unit]) -> ScenePlan:
    """The plan for these units."""
    return ScenePlan(suite=suite, keys={unit.name: unit.key for unit in units})


@contextmanager
def opened(path: Path, plan: ScenePlan, *, anew: bool = False) -> Iterator[Lines[SimulatedSession]]:
    """The sessions in a folder, made where there is none, and nobody else's until the end; `anew` empties it first.

    A plan with more scenes, candidates or seeds goes on with what is there.

    Raises:
        InputError: another program runs in it, it holds something else, or it cannot be written.
    """
    with locked(path):
        if anew:
            empty(path, FILES)
        _keep_to(plan, path)
        with open_lines(path / SESSIONS) as file:
            yield Lines(path / SESSIONS, file, SimulatedSession)


def _keep_to(plan: ScenePlan, path: Path) -> None:
    """Sees that what the folder holds was played by the same scenes, candidates, rubric and judge, and writes the plan down."""
    if (path / PLAN).exists():
        before = _read(path / PLAN)
        changed = [name for name, key in before.keys.items() if plan.keys.get(name, key) != key]
        if before.suite.id != plan.suite.id or changed:
            why = f"the scene, the candidate, the rubric or the judge of {changed[0]} has changed" if changed else "another suite"
            raise InputError(f"{path} holds another run: {why}; name another folder with --out, or start over with --anew")
        plan = plan.model_copy(update={"keys": before.keys | plan.keys})
    elif (path / SESSIONS).exists():
        raise InputError(f"{path} holds sessions without a plan; name another folder with --out, or start over with --anew")
    write_whole(path / PLAN, plan.model_dump_json(indent=1) + "\n")


def _read(file: Path) -> ScenePlan:
    try:
        return ScenePlan.model_validate_json(file.read_bytes())
    except (OSError, ValidationError) as error:
        raise InputError(
            f"{file} is no plan of simulated sessions, or is damaged; name another folder with --out, or start over with --anew"
        ) from error
