"""The session that a strong model played, observed and judged by hand: its tapes are whole, and the judgement replays to the letter."""

from __future__ import annotations

from pathlib import Path

import pytest

from agent.events import Event, Graded
from agent.interview.stage import Stage
from agent.judge import ModelJudge
from agent.library import Library
from agent.library.library import shipped
from agent.llm.cassette import Player
from agent.llm.cassette_file import read
from agent.prompting import Prompts
from agent.record import transcript_of
from agent.store import import_jsonl
from agent.store.memory import MemoryStore
from agent.sync import run_sync
from agent.verdict import GradeReport

CASSETTES = Path(__file__).parents[1] / "evals" / "cassettes"
FOLDER = CASSETTES / "fraud-trade-off-by-hand"


@pytest.fixture(scope="module")
def log() -> list[Event]:
    store = MemoryStore()
    return store.read(import_jsonl(store, FOLDER / "session.jsonl"))


@pytest.mark.parametrize(
    ("folder", "calls"),
    [("fraud-trade-off-by-hand", {"voice": 21, "observer": 7, "judge": 12}), ("release-or-not-by-hand", {"voice": 14})],
)
def test_every_tape_is_whole_and_says_where_it_comes_from(folder: str, calls: dict[str, int]) -> None:
    entries = [read(file) for file in sorted((CASSETTES / folder / "tape").glob("??/*.json"))]
    roles = [entry.request["role"] for entry in entries]
    assert {role: roles.count(role) for role in set(roles)} == calls
    assert all(entry.reply and entry.provenance.startswith("strong LLM, recorded by hand") for entry in entries)


def test_the_judgement_replays_to_the_letter(log: list[Event]) -> None:
    library = Library((shipped(),))
    (graded,) = [GradeReport.model_validate(event.report) for event in log if isinstance(event, Graded)]
    stage = Stage.load(library, "fraud-trade-off")
    judge = ModelJudge(Prompts(library), Player(FOLDER / "tape", "judge"), prompt="judge/competency@1.1.0")

    report = run_sync(judge.grade(transcript_of(log, stage), library.rubric(f"{graded.rubric.id}@{graded.rubric.version}")))

    assert report.verdicts == graded.verdicts
    assert report.overall == graded.overall
