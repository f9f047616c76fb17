"""The whole of it: quotes that stand there, the same every time, nothing where nothing was scored."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from agent.judge import EmbeddedJudge
from agent.judge.feedback import feedback
from agent.judge.own_words import own_words
from agent.judge.quotes import is_verified
from agent.memory.embedder import default_embedder
from agent.rubric import Rubric
from agent.verdict import Evidence, GradeReport

ANSWERS = (
    "I'd stop the noon run to be safe, because 4,800 customers stand at the till with a declined card.",
    "Last spring I rewrote the nightly job, and the failures went from 4 a month to 1.",
    "It was the platform team's fault. They should have told us before they changed the column.",
    "We could also set back the limits by hand from a backup, which costs about two hours.",
)


def test_every_judges_report_has_it(judge: EmbeddedJudge, rubric: Rubric, talk: Callable[..., Any]) -> None:
    report = judge.grade_now(talk(*ANSWERS), rubric)

    assert report.feedback
    assert len(report.feedback.drills) == 2
    assert [one.id for one in report.feedback.mistakes] == ["shifts-blame"]


def test_whatever_is_quoted_stands_there(judge: EmbeddedJudge, rubric: Rubric, talk: Callable[..., Any]) -> None:
    transcript = talk(*ANSWERS)
    found = judge.grade_now(transcript, rubric).feedback
    assert found
    quotes = [(one.turn, one.quote) for each in found.moments for one in (each.best, each.weakest) if one]
    quotes += [(one.turn, one.quote) for one in found.mistakes]
    quotes += [(part.turn or 0, part.quote) for one in found.structures for part in one.parts if part.quote]

    assert quotes
    assert all(is_verified(Evidence(turn=turn, quote=quote), transcript) for turn, quote in quotes)


def test_nothing_is_said_where_nothing_was_scored(rubric: Rubric, talk: Callable[..., Any], graded: Callable[..., Any]) -> None:
    assert feedback(talk(*ANSWERS), rubric, graded()) is None


def test_an_old_report_without_it_still_loads(judge: EmbeddedJudge, rubric: Rubric, talk: Callable[..., Any]) -> None:
    old = judge.grade_now(talk(*ANSWERS), rubric).model_dump(mode="json")
    del old["feedback"]

    assert GradeReport.model_validate(old).feedback is None


def test_it_takes_little_time(judge: EmbeddedJudge, rubric: Rubric, talk: Callable[..., Any]) -> None:
    transcript = talk(*ANSWERS * 3)
    verdicts, own = judge.grade_now(transcript, rubric).verdicts, own_words(transcript)
    times = []
    for _ in range(5):
        started = time.process_time()
        feedback(transcript, rubric, verdicts, own=own, embedder=default_embedder())
        times.append(time.process_time() - started)

    assert min(times) < 0.06


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(answers=st.lists(st.text(max_size=300), min_size=1, max_size=4))
def test_no_text_breaks_it(answers: list[str], judge: EmbeddedJudge, rubric: Rubric, talk: Callable[..., Any]) -> None:
    transcript = talk(*ANSWERS[:1], *answers)

    assert judge.grade_now(transcript, rubric) == judge.grade_now(transcript, rubric)
