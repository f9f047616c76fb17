"""The real judge, the real embedder, the released rubric."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
import yaml

from agent.judge import EmbeddedJudge
from agent.memory.embedder import default_embedder
from agent.rubric import Rubric
from agent.transcript import Mark, Transcript, Turn
from agent.verdict import GradeReport

RUBRIC = Path(__file__).parents[2] / "rubrics" / "core" / "1.0.0.yaml"

Grade = Callable[..., GradeReport]


@pytest.fixture(scope="session")
def rubric() -> Rubric:
    return Rubric.model_validate(yaml.safe_load(RUBRIC.read_text(encoding="utf-8")))


@pytest.fixture(scope="session")
def judge() -> EmbeddedJudge:
    return EmbeddedJudge(default_embedder())


@pytest.fixture(scope="session")
def talk() -> Callable[..., Transcript]:
    """A transcript in which every answer follows a plain prompt; interviewer turns are the odd ones."""

    def build(*answers: str, prompt: str = "Go on.", marks: tuple[Mark, ...] = (), **rest: object) -> Transcript:
        turns: list[Turn] = []
        for answer in answers:
            turns.append(Turn(number=len(turns) + 1, role="interviewer", speaker="Mara", text=prompt))
            turns.append(Turn(number=len(turns) + 1, role="candidate", speaker="Candidate", text=answer))
        return Transcript.model_validate({"turns": tuple(turns), "marks": marks, **rest})

    return build


@pytest.fixture(scope="session")
def grade(judge: EmbeddedJudge, rubric: Rubric, talk: Callable[..., Transcript]) -> Grade:
    """Grades answers against the released rubric."""

    def graded(*answers: str, **rest: object) -> GradeReport:
        return judge.grade_now(talk(*answers, **rest), rubric)

    return graded
