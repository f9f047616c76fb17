"""Faults planted in a log by hand are found, and a log without them has none."""

from __future__ import annotations

import pytest

from agent.events import (
    CandidateSaid,
    Event,
    FactRevealed,
    Interrupted,
    Line,
    Mode,
    PositionMoved,
    Quote,
    Retracted,
    SessionStarted,
    TwistFired,
    TwistSettled,
)
from agent.interview.stage import Stage
from agent.scene import effective, fold
from agent.simulation.checks import Findings, check

START = SessionStarted(at=0, session="s", scenario="debug-the-leak", mode=Mode.PRACTICE, seed=1, minutes=20, pins={}, package="0")
FACT = FactRevealed(at=0, fact="score-time", by="hurried-lead", question=Quote(turn=2, text="When?"))
TOLD = "It comes out at five in the morning."


def line(text: str) -> Line:
    return Line(at=0, speaker="hurried-lead", text=text, move="react", beat="opening")


def said(text: str) -> CandidateSaid:
    return CandidateSaid(at=0, text=text)


def moved(condition: str | None, to: str = "moved", position: str = "plant-changed") -> PositionMoved:
    quote = Quote(turn=2, text="Look.")
    return PositionMoved.model_validate(
        {"at": 0, "persona": "interrupter", "position": position, "to": to, "condition": condition, "by": quote}
    )


@pytest.fixture
def found(stage: Stage):
    """What is found in a log of these events."""

    def look(*events: Event) -> Findings:
        log = [START, *events]
        return check(log, fold(effective(log)), stage)

    return look


def test_a_log_without_faults_has_no_problems(found, stage: Stage) -> None:
    news = [TwistFired(at=0, twist=slug, by="interrupter", reason="turn", seed=1) for slug in stage.uses]
    settled = [TwistSettled(at=0, twist=slug, outcome="answered") for slug in stage.uses]
    moves = [moved("saw-the-future", "softened"), moved("replay-cut")]
    findings = found(line("Hello."), said("When does it run?"), FACT, line(TOLD), *news, *settled, *moves, line("Goodbye."))
    assert findings.problems == []
    assert (findings.facts, findings.turns, set(findings.twists.values())) == (("score-time",), 1, {"answered"})


def test_a_line_said_twice_is_found(found) -> None:
    findings = found(line("Go on."), said("Well."), line("And?"), line("Go on."))
    assert findings.repeated == ("Go on.",)
    assert "said twice: 'Go on.'" in findings.problems


def test_a_line_said_again_after_a_retry_counts_once(found) -> None:
    assert found(line("Begin."), said("Well."), line("Go on."), Retracted(at=0, since=3), said("So."), line("Go on.")).repeated == ()


def test_a_fact_given_away_before_it_was_asked_for_is_found(found) -> None:
    findings = found(line(TOLD), said("When does it run?"), FACT, line("As I said."))
    assert findings.leaks == ("score-time",)
    assert "fact 'score-time' was given away unasked" in findings.problems


def test_words_that_the_candidate_brought_up_give_nothing_away(found) -> None:
    assert found(said("I guess it runs at Five in the morning."), line(TOLD)).leaks == ()


@pytest.mark.parametrize(("text", "leaks"), [("It cost $38,000.", ("stop-cost",)), ("It cost $38,000,000.", ()), ("It is $38,0001.", ())])
def test_a_figure_inside_a_larger_one_gives_nothing_away(found, text: str, leaks: tuple[str, ...]) -> None:
    assert found(line(text)).leaks == leaks


@pytest.mark.parametrize("conditions", [(), ("saw-the-future",), ("replay-cut",)])
def test_a_position_that_moved_without_all_of_its_conditions_is_found(found, conditions: tuple[str, ...]) -> None:
    findings = found(*(moved(one, "softened") for one in conditions), moved(None))
    assert findings.moved_without_cause == ("interrupter/plant-changed",)
    assert "position 'interrupter/plant-changed' moved without all of its conditions" in findings.problems


def test_a_position_that_moved_by_a_condition_of_another_is_found(found) -> None:
    assert found(moved("no-such-condition")).moved_without_cause == ("interrupter/plant-changed",)


def test_a_position_that_came_closer_or_dug_in_needs_no_condition(found) -> None:
    assert found(moved("replay-cut", "softened"), moved(None, "hardened")).moved_without_cause == ()


def test_a_twist_that_never_came_is_found(found, stage: Stage) -> None:
    first, *others = stage.uses
    findings = found(TwistFired(at=0, twist=first, by="interrupter", reason="turn", seed=1))
    assert findings.unmet == tuple(others)
    assert {f"twist {slug!r} never came" for slug in others} <= set(findings.problems)


def test_cut_ins_are_counted(found) -> None:
    cut = Interrupted(at=0, speaker="interrupter", trigger="buzzword", words=9, about="leverage")
    assert found(line("Go on."), cut, line("Stop."), cut).cuts == 2
