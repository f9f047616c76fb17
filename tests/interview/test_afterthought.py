"""What a model adds late takes effect before the next answer, with the turn it was said in."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any, cast

import pytest

from agent.amendment import Amendment, nothing
from agent.background import Background
from agent.engine import Engine
from agent.events import Amended, CandidateSaid, FactRevealed, ModelCalled, ModelFailed, Observed, PositionMoved, TwistFired
from agent.interview.afterthought import catch_up
from agent.interview.model_observer import Beside, Late, ModelObserver
from agent.library import Library
from agent.prompting import Prompts
from agent.scene import effective, fold
from agent.session import Interview
from tests.interview.watching import TRIAL, Watcher, noted, notes

POSITION = "stubborn-teammate/keep-ninety-five"
QUESTION = "And those at the till, what did they do then?"
Begin = Callable[[str], tuple[Interview, Beside]]


@pytest.fixture
def begin(library: Library, engine: Engine) -> Iterator[Begin]:
    """A session in which a model that says the same notes every time watches beside the embedded observer."""
    background = Background()

    def begun(says: str) -> tuple[Interview, Beside]:
        own = Engine(library=library, clock=lambda: 1_000_000.0, embedder=engine._embedder)
        context = own.context("fraud-trade-off")
        beside = Beside(context.observer, ModelObserver(context.stage, Prompts(library), Watcher(says)), background)
        own.put(replace(context, observer=beside, late=beside.late))
        interview = Interview("fraud-trade-off", seed=1, engine=own)
        interview.start()
        return interview, beside

    yield begun
    background.close()


def play(interview: Interview, beside: Beside, *answers: str) -> None:
    for answer in answers:
        interview.say(answer)
        assert beside.wait(interview.session, 10)


def events(interview: Interview, kind: type) -> list[Any]:
    return [event for event in interview.events if isinstance(event, kind)]


def test_a_condition_softens_a_position_one_answer_later(begin: Begin) -> None:
    interview, beside = begin(notes(conditions=noted(f"{POSITION}/small-test")))
    play(interview, beside, TRIAL)
    assert not events(interview, PositionMoved)
    said = interview.scene["answer_turn"]
    play(interview, beside, "Let me look at the customers now.")
    (moved,) = events(interview, PositionMoved)
    assert (moved.by.turn, moved.by.text, moved.to) == (said, TRIAL, "softened")
    assert "softened" in [line.move for line in interview.utterances()]


def test_a_question_is_answered_one_answer_later(begin: Begin) -> None:
    interview, beside = begin(notes(facts=noted("customers-gone", QUESTION)))
    play(interview, beside, QUESTION)
    said = interview.scene["answer_turn"]
    assert "customers-gone" not in interview.scene["facts"]
    play(interview, beside, "And I would like to look at the bill of both.")
    (told,) = [event for event in events(interview, FactRevealed) if event.fact == "customers-gone"]
    assert (told.question.turn, told.question.text) == (said, QUESTION)


def test_a_point_that_was_not_said_is_open_again(begin: Begin) -> None:
    interview, beside = begin(notes(not_said=["customer-side"]))
    play(interview, beside, "Being refused at the till is embarrassing, and people remember it.")
    assert "customer-side" in interview.scene["points"]
    play(interview, beside, "I would like to see the numbers.")
    (amended,) = [event for event in events(interview, Amended) if event.withdrawn]
    assert amended.turn == 2
    assert "customer-side" not in interview.scene["points"]


def test_the_log_alone_gives_the_same_scene(begin: Begin) -> None:
    interview, beside = begin(notes(conditions=noted(f"{POSITION}/small-test"), points=noted("customer-side"), addressed="product-manager"))
    play(interview, beside, TRIAL, "Let me look at the customers now.", "Fine, then this.")
    assert fold(effective(interview.events)) == interview.scene
    assert Interview.resume(interview.session, interview._store, engine=interview.engine).scene == interview.scene


def test_calls_and_failures_are_in_the_log(begin: Begin) -> None:
    interview, beside = begin("no JSON")
    play(interview, beside, TRIAL, "Let me look at the customers now.")
    assert [event.outcome for event in events(interview, ModelCalled)] == ["asked again", "failed: unreadable"]
    assert [(event.role, event.instead) for event in events(interview, ModelFailed)] == [("observer", "embedded")]
    assert not events(interview, Amended)


def test_an_answer_taken_back_takes_its_amendment_along(begin: Begin) -> None:
    interview, beside = begin(notes(conditions=noted(f"{POSITION}/small-test")))
    play(interview, beside, TRIAL)
    interview.retry()
    play(interview, beside, "I would like to see the numbers.", "And then the rest.")
    assert not events(interview, PositionMoved)


@pytest.mark.parametrize(("state", "settled"), [("fired", True), ("missed", False)])
def test_a_twist_is_answered_late_but_never_after_it_was_missed(engine: Engine, state: str, settled: bool) -> None:
    stage = engine.stage("fraud-trade-off")
    news = [one.id for one in stage.twists["priority-shift"].behaviours[:2]]
    scene = fold(
        [
            TwistFired(at=0.0, twist="priority-shift", by="product-manager", reason="turn 5", seed=1),
            CandidateSaid(at=0.0, text=TRIAL),
            Observed(at=0.0, observer="embedded", seen=_seen(engine)),
        ]
    )
    scene["twists"]["priority-shift"]["state"] = state  # type: ignore[typeddict-item]
    added = {**nothing(), "behaviours": [heard for one in news for heard in noted(f"priority-shift/{one}")]}
    amendment = cast("Amendment", {"observer": "x", "turn": 1, "added": added, "withdrawn": [], "dropped": {}})
    events = catch_up(Late(amendment, []), scene, stage, 1.0)
    assert ("twist_settled" in [event.type for event in events]) is settled


def _seen(engine: Engine) -> dict[str, Any]:
    scene = fold([CandidateSaid(at=0.0, text=TRIAL)])
    return cast("dict[str, Any]", asyncio.run(engine.context("fraud-trade-off").observer.observe(TRIAL, scene)))
