from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from agent.evaluation.page import to_html
from agent.evaluation.runs.folder import opened
from agent.evaluation.runs.judges import Made
from agent.evaluation.runs.prepared import prepare_with
from agent.evaluation.runs.reading import Run, read_run
from agent.evaluation.runs.runner import Runner
from agent.evaluation.runs.suite import read_suite
from agent.rubric import Rubric
from agent.sync import run_sync
from agent.transcript import Transcript
from agent.verdict import Evidence, GradeReport, JudgePin, Overall, RubricPin, State, Verdict
from tests.evaluation.runs.world import World


@dataclass
class Saying:
    """A judge that says what a function makes of an item and a competency."""

    verdict: Callable[[Transcript, str], Verdict]
    id: str = "model:test"

    async def grade(self, transcript: Transcript, rubric: Rubric) -> GradeReport:
        verdicts = {each.id: self.verdict(transcript, each.id) for each in rubric.competencies}
        scored = sum(each.state is State.SCORED for each in verdicts.values())
        return GradeReport(
            title=transcript.title,
            rubric=RubricPin(id=rubric.slug, version=rubric.version, sha256="0"),
            judge=JudgePin(id=self.id, version="1", package="0"),
            verdicts=verdicts,
            delivery={},
            overall=Overall(score=None, coverage=0.0, scored=scored, expected=len(verdicts)),
        )


def level(transcript: Transcript, competency: str, higher: int = 0) -> Verdict:
    """A level that the item's number decides, with a quote; one item in six has none."""
    number = int(transcript.source.rpartition("-")[2])
    if number % 6 == 5:
        return Verdict(state=State.NOT_OBSERVED, reasoning="Nothing was said.")
    said = transcript.candidate_turns[0]
    value = min(5, 1 + (number + len(competency)) % 5 + higher)
    return Verdict(
        state=State.SCORED,
        level=value,
        score=value,
        confidence=0.35 + 0.05 * (number % 12),
        evidence=(Evidence(turn=said.number, quote=said.text, text="Says what it costs"),),
        reasoning=f"It is said in {transcript.source}.",
    )


def graded(world: World, judges: dict[str, Saying], out: str = "out", **more: object) -> Run:
    """A run of the world's items by these judges."""
    suite = read_suite(world.suite({name: {"model": f"openai/{name}"} for name in judges}, **more), world.evals)
    made = {name: Made(judge, {"id": judge.id, "version": "1"}) for name, judge in judges.items()}
    prepared = prepare_with(made, suite, world.evals, world.library.rubric(suite.rubric))
    with opened(world.root / out, prepared.plan) as folder:
        run_sync(Runner(prepared, folder).run())
    return read_run(world.root / out)


def page_of(run: Run, world: World, **more: object) -> str:
    return to_html(run, world.evals, world.library, **more)  # type: ignore[arg-type]


PROBES = {"names": ["repeat", "quotes", "pad"], "judges": ["strict"]}
GATES = [{"figure": "strict/counts/scored", "least": 99}, {"figure": "strict/agreement/all/mae", "most": 3, "margin": 0.1}]


@pytest.fixture(scope="session")
def world(tmp_path_factory: pytest.TempPathFactory) -> World:
    world = World(tmp_path_factory.mktemp("page"), items=18)
    padding = Path(__file__).parents[3] / "evals" / "padding"
    (world.evals / "padding").symlink_to(padding)
    return world


@pytest.fixture(scope="session")
def run(world: World) -> Run:
    """Two judges, gates that hold and fail, probes of one of them."""
    kind = Saying(lambda transcript, name: level(transcript, name, higher=1), "model:kind")
    return graded(world, {"strict": Saying(level), "kind": kind}, gates=GATES, probes=PROBES)


@pytest.fixture(scope="session")
def text(run: Run, world: World) -> str:
    return page_of(run, world)
