"""Cut-ins that a policy does not allow are found; those that it allows are not."""

from __future__ import annotations

import pytest

from agent.evaluation.scenes.manners import broken_manners
from agent.evaluation.scenes.work import Workshop
from agent.events import CandidateSaid, CutSettled, Event, Interrupted, Line, Mode, SessionStarted
from agent.interview.stage import Stage

WHO = "interrupter"


@pytest.fixture(scope="session")
def stage(place: Workshop) -> Stage:
    return place.engine.stage("debug-the-leak")


def cut(at: float, *, speaker: str = WHO, trigger: str = "buzzword", words: int = 9) -> Interrupted:
    return Interrupted.model_validate({"at": at, "speaker": speaker, "trigger": trigger, "words": words, "about": "leverage"})


def said(at: float = 0) -> CandidateSaid:
    return CandidateSaid(at=at, text="Well.")


def settled(outcome: str) -> CutSettled:
    return CutSettled.model_validate({"at": 0, "speaker": WHO, "trigger": "buzzword", "outcome": outcome, "resumed": False})


def insists() -> Line:
    return Line(at=0, speaker=WHO, text="Again.", move="insist", beat="opening")


def found(stage: Stage, *events: Event) -> list[str]:
    return list(broken_manners(events, stage))


def test_cut_ins_within_the_policy_are_fine(stage: Stage) -> None:
    gap = max(stage.personas[WHO].interruption.min_gap_seconds, 5.0)
    assert found(stage, said(), cut(0), said(), cut(gap), said(), cut(2 * gap)) == []


@pytest.mark.parametrize(
    ("events", "says"),
    [
        ([cut(0, trigger="silence")], "none of their triggers"),
        ([cut(0, words=2)], "before the first 6"),
        ([cut(0), cut(1)], "within 5 seconds of somebody else"),
        ([cut(0), said(), cut(6)], "again within"),
        ([part for number in range(12) for part in (cut(100.0 * number), said())], "times in the session"),
        ([cut(0), cut(100), cut(200), cut(300)], "in a turn"),
    ],
)
def test_what_a_policy_does_not_allow_is_found(stage: Stage, events: list[Event], says: str) -> None:
    assert any(says in problem for problem in found(stage, *events))


def test_nobody_cuts_in_in_a_calm_session(stage: Stage) -> None:
    start = SessionStarted(
        at=0, session="s", scenario="debug-the-leak", mode=Mode.PRACTICE, seed=1, minutes=0, calm=True, pins={}, package="0"
    )
    assert "somebody cut in, and the session is calm" in found(stage, start, cut(0))


def test_coming_back_is_for_cut_ins_that_were_ignored(stage: Stage) -> None:
    most = {"yield": 0, "adaptive": 1, "insist": 3}[stage.personas[WHO].interruption.overlap]
    ignored = [part for _ in range(most) for part in (said(), settled("ignored"), insists())]
    assert found(stage, *ignored) == []
    assert found(stage, *ignored, said(), settled("ignored"), insists()) != []
    assert found(stage, said(), settled("answered"), insists()) != []
