"""How sure a score is, and which caps hold."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agent.judge.answer_shape import CompetencyAnswer
from agent.judge.proof import Proven
from agent.judge.repeats import ALONE, Answered, Failed, caps_in_force, confidence, verdict_of
from agent.rubric import Rubric
from agent.verdict import Evidence, State

LEVELS = st.lists(st.integers(1, 5), min_size=2, max_size=7)


def test_one_answer_is_never_very_sure() -> None:
    assert confidence([4], 1, stated=1.0) == ALONE
    assert confidence([4], 1, stated=0.3) == 0.3


@given(LEVELS, st.floats(0, 1))
def test_confidence_stays_within_its_bounds(levels: list[int], stated: float) -> None:
    assert 0.05 <= confidence(levels, len(levels), stated) <= 0.95


@given(st.integers(1, 5), st.integers(2, 7))
def test_more_answers_that_agree_are_surer(level: int, count: int) -> None:
    assert confidence([level] * (count + 1), count + 1, 1.0) > confidence([level] * count, count, 1.0) > ALONE


@given(LEVELS)
def test_answers_that_did_not_score_take_certainty_away(levels: list[int]) -> None:
    assert confidence(levels, 2 * len(levels), 1.0) <= confidence(levels, len(levels), 1.0)


def proven(indicator: str, turn: int, *, supports: bool) -> Proven:
    return Proven(Evidence(turn=turn, quote="x", indicator=indicator, supports=supports), (turn, 0))


@pytest.mark.parametrize(
    ("shown", "levels"),
    [
        ([], []),
        ([proven("no-event", 4, supports=False)], [2]),
        ([proven("no-event", 4, supports=False), proven("specific-action", 6, supports=True)], []),
        ([proven("specific-action", 2, supports=True), proven("no-event", 4, supports=False)], [2]),
    ],
)
def test_a_cap_holds_until_it_is_lifted(rubric: Rubric, shown: list[Proven], levels: list[int]) -> None:
    storytelling = next(each for each in rubric.competencies if each.id == "storytelling")
    assert [cap.level for cap in caps_in_force(storytelling, shown)] == levels


def test_an_answer_that_failed_is_left_out_unless_its_recording_is_gone(rubric: Rubric) -> None:
    (competency, *_) = rubric.competencies
    quoted = (proven(competency.indicators[0].id, 2, supports=True),)
    said = [
        Answered(CompetencyAnswer(evidence=(), missing=(), reasoning="Because.", state=State.SCORED, level=level, confidence=0.8), quoted)
        for level in (2, 4)
    ]
    assert verdict_of(competency, [*said, Failed("It timed out.")]).level == 3

    gone = verdict_of(competency, [*said, Failed("It timed out."), Failed("Nothing was recorded.", is_gone=True)])
    assert (gone.state, gone.level, gone.reasoning) == (State.INSTRUMENT_ERROR, None, "Nothing was recorded.")
