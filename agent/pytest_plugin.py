"""The pytest plugin: `assert_grade` holds a transcript's grade against what a test expects.

pytest loads this file in every run where Hotseat is installed, so nothing but pytest is imported before a test asks for a grade.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from agent.engine import Engine
    from agent.grading import Gradable
    from agent.protocols import Judge
    from agent.verdict import GradeReport

Levels = Mapping[str, float]
Words = Mapping[str, str | Sequence[str]]


def assert_grade(
    transcript: Gradable,
    rubric: str = "core",
    *,
    judge: Judge | str | None = None,
    at_least: Levels | None = None,
    at_most: Levels | None = None,
    observed: Sequence[str] = (),
    not_observed: Sequence[str] = (),
    evidence_contains: Words | None = None,
    candidate: str | None = None,
    engine: Engine | None = None,
) -> GradeReport:
    """Grades a transcript and fails the test where the grade is not as expected; returns the report.

    Args:
        transcript: an `Interview`, a `Transcript`, chat messages, or the path of a transcript file.
        rubric: `slug` or `slug@version`. Name the version: a new one moves grades.
        judge: the embedded judge unless given; a model string such as 'cassette:DIR' or 'openai/gpt-5.5', or a judge.
        at_least: the lowest level, 1 to 5, by competency; what is not scored is below every level.
        at_most: the highest level by competency; what is not scored is above every level.
        observed: competencies that have to be scored.
        not_observed: competencies of which there has to be nothing to see.
        evidence_contains: words that a quote of the competency has to hold, whatever their capitals.
        candidate: the candidate's name in a file of `Name: text` lines.
        engine: the library and the embedder to use, with a judge of its own; not together with `judge` as a string.

    Raises:
        AssertionError: the grade is not as expected; the text shows level, interval and quotes.
        InputError: nothing is expected, a competency or a level is none, or the judge is no model string.
    """
    __tracebackhide__ = True
    from agent.grading import grade

    engine = _engine(judge) if isinstance(judge, str) else engine
    judging = None if isinstance(judge, str) else judge
    report = grade(transcript, rubric=rubric, judge=judging, candidate=candidate, engine=engine)
    assert_report(
        report,
        at_least=at_least,
        at_most=at_most,
        observed=observed,
        not_observed=not_observed,
        evidence_contains=evidence_contains,
    )
    return report


def assert_report(
    report: GradeReport,
    *,
    at_least: Levels | None = None,
    at_most: Levels | None = None,
    observed: Sequence[str] = (),
    not_observed: Sequence[str] = (),
    evidence_contains: Words | None = None,
) -> None:
    """Like `assert_grade`, for a report that is there already, as in a coroutine that awaits `agrade`."""
    __tracebackhide__ = True
    from agent.evaluation.expected import Expected, shortfall

    expected = Expected(at_least or {}, at_most or {}, observed, not_observed, evidence_contains or {})
    found = shortfall(report, expected)
    if found:
        raise AssertionError(found)


@pytest.fixture(name="assert_grade", scope="session")
def _assert_grade() -> Callable[..., GradeReport]:
    """Grades a transcript and fails the test where the grade is not as expected: see `agent.pytest_plugin.assert_grade`."""
    return assert_grade


def _engine(judge: str) -> Engine:
    from agent.engine import Engine
    from agent.models import Models

    return Engine(models=Models(judge=judge))
