"""A judge beside the raters."""

from __future__ import annotations

from typing import Any

import pytest

from agent.evaluation.held_out import agreement
from agent.judge.grade import report
from agent.library import Library
from agent.library.library import shipped
from agent.transcript import Transcript
from agent.verdict import Evidence, GradeReport, JudgePin, State, Verdict

RUBRIC = Library((shipped(),)).rubric("core")
NAME = RUBRIC.competencies[0].id


def said(score: float | None, interval: tuple[float, float] | None = None) -> GradeReport:
    """A report in which only the first competency is scored, if any."""
    unseen = Verdict(state=State.NOT_OBSERVED, reasoning="nothing")
    verdicts = {each.id: unseen for each in RUBRIC.competencies}
    if score is not None:
        numbers: dict[str, Any] = {"level": int(score + 0.5), "score": score, "confidence": 0.5, "interval": interval}
        verdicts[NAME] = Verdict(state=State.SCORED, evidence=(Evidence(turn=1, quote="x"),), reasoning="because", **numbers)
    return report(Transcript(turns=()), RUBRIC, JudgePin(id="j", version="1", package="1"), verdicts)


def test_scores_are_held_against_the_reference() -> None:
    reports = {"a": said(2.0, (1.0, 2.5)), "b": said(4.5, (4.0, 5.0)), "c": said(3.0, (2.5, 3.5)), "d": said(None)}
    found = agreement(reports, {("a", NAME): 3.0, ("b", NAME): 5.0, ("c", NAME): 3.0, ("d", NAME): None})[NAME]

    assert (found.items, found.both) == (4, 3)
    assert found.mae == pytest.approx(0.5)
    assert found.bias == pytest.approx(-0.5)
    assert found.covered == pytest.approx(2 / 3, abs=0.001)
    assert found.observed == 1.0
    assert found.qwk == pytest.approx(1 - 3 / 23, abs=0.001)


def test_a_level_that_is_missed_and_one_that_is_invented_lower_the_accuracy_alone() -> None:
    found = agreement({"a": said(None), "b": said(2.0)}, {("a", NAME): 3.0, ("b", NAME): None})[NAME]

    assert (found.both, found.observed, found.mae, found.qwk) == (0, 0.0, None, None)


def test_what_was_not_rated_is_left_out() -> None:
    assert agreement({"a": said(2.0)}, {("b", NAME): 2.0}).keys() == {"all"}
