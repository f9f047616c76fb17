from __future__ import annotations

from typing import cast

import pytest

from agent.engine import Engine
from agent.interview.contradiction import Recollection
from agent.protocols import Memory
from agent.scene import Claim, Scene, empty_scene
from agent.session import Interview

THINKING = "I would look at the list of cases with the people on the phone and write down what they tell me."


@pytest.fixture(scope="session")
def memory(engine: Engine) -> Memory:
    return engine.memory


def claimed(quote: str, **more: object) -> Scene:
    claims = [Claim(turn=2, quote=quote, to=None)]
    return cast("Scene", {**empty_scene(), "session": quote, "claims": claims, "answer_turn": 40, "last_speaker": "somebody", **more})


@pytest.mark.parametrize(
    ("earlier", "now"),
    [
        ("we should lower the threshold to 90%", "We should raise the threshold, that is the first thing."),
        ("it will cost us 40 thousand dollars", "It would cost about 90 thousand dollars."),
        ("I would never block a returning customer", "I would block returning customers when the amount is high."),
        ("speed matters more than accuracy here", "For this product accuracy matters more than speed."),
        ("I would not collect more data", "We need to collect more data first."),
    ],
)
def test_a_contradiction_is_found_with_the_earlier_words(memory: Memory, engine: Engine, earlier: str, now: str) -> None:
    found = Recollection(memory, engine._embedder).contradicted([now], claimed(earlier))
    assert found
    assert (found["turn"], found["earlier"]) == (2, earlier)
    assert found["quote"].lower() in now.lower()


@pytest.mark.parametrize(
    ("earlier", "now"),
    [
        ("we should measure false declines per week", "I'd measure complaints per week too."),
        ("the threshold should stay at 95%", "Keep the threshold at 95% for domestic cards."),
        ("I would roll back first", "First I'd look at the logs to see what changed."),
        ("we should lower the threshold to 90%", "I was wrong before, we should raise the threshold."),
    ],
)
def test_saying_more_or_correcting_oneself_is_no_contradiction(memory: Memory, engine: Engine, earlier: str, now: str) -> None:
    assert Recollection(memory, engine._embedder).contradicted([now], claimed(earlier)) is None


def test_after_news_a_changed_mind_is_none_either(memory: Memory, engine: Engine) -> None:
    scene = claimed("we should lower the threshold to 90%", twist_turn=20)
    assert Recollection(memory, engine._embedder).contradicted(["We should raise the threshold now."], scene) is None


def test_what_was_said_to_somebody_else_alone_is_not_held_against_one(memory: Memory, engine: Engine) -> None:
    scene = claimed("we should lower the threshold to 90%")
    scene["claims"][0]["to"] = "another"
    assert Recollection(memory, engine._embedder).contradicted(["We should raise the threshold now."], scene) is None


def test_words_of_twenty_turns_ago_come_back_in_a_session(engine: Engine) -> None:
    interview = Interview("fraud-trade-off", seed=3, engine=engine, minutes=0)
    interview.start()
    while any(use.twist not in interview.scene["twists"] for use in interview.stage.scenario.twists):
        interview.say(THINKING)
    interview.say("We should lower the threshold for every returning customer in the shop.")
    said_at = interview.scene["answer_turn"]
    while interview.scene["spoken"] < said_at + 20:
        interview.say(THINKING)
    said = interview.say("We should raise the threshold for every returning customer in the shop.")
    recalled = [line.text for line in said if line.move == "recall"]
    assert recalled
    assert "lower the threshold for every returning customer" in recalled[0]


def test_a_plan_from_before_a_twist_may_change_and_a_principle_may_not(memory: Memory, engine: Engine) -> None:
    recollection = Recollection(memory, engine._embedder)
    plan = claimed("I would never block a returning customer", twist_turn=20)
    principle = claimed("speed matters more than accuracy here", twist_turn=20)

    assert recollection.contradicted(["I would block returning customers when the amount is high."], plan) is None
    assert recollection.contradicted(["For this product accuracy matters more than speed."], principle)
