"""The middling candidate brings out a part: what, the seed decides."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

import pytest
from pydantic import ValidationError

from agent.candidate import SimulatedCandidate
from agent.engine import Engine
from agent.events import CandidateSaid
from agent.session import Interview
from agent.simulation.answering import player_of
from agent.simulation.checks import check
from agent.simulation.clock import SimulatedClock
from agent.simulation.fragment import fragment
from agent.simulation.play import play

SCENE = "night-shift-eta"
Played = Callable[[str, int], Interview]


@pytest.fixture(scope="module")
def played(engine: Engine, clock: SimulatedClock) -> Played:
    """A scene that one of the shipped candidates has played at a seed."""
    kept: dict[tuple[str, int], Interview] = {}

    def once(name: str, seed: int) -> Interview:
        if (name, seed) not in kept:
            kept[name, seed] = Interview(SCENE, seed=seed, engine=engine)
            asyncio.run(play(kept[name, seed], player_of(engine.library.candidate(name), seed), clock))
        return kept[name, seed]

    return once


def answers(interview: Interview) -> list[str]:
    return [event.text for event in interview.events if isinstance(event, CandidateSaid)]


def test_some_facts_are_asked_for_and_others_at_another_seed(played: Played) -> None:
    asked = [set(played("middling", seed).scene["facts"]) for seed in (1, 2, 3, 4)]
    every = set(played("strong", 1).scene["facts"])
    assert all(asked_at_one < every for asked_at_one in asked)
    assert len({frozenset(each) for each in asked}) > 1
    assert set.union(*asked) == every


def test_fewer_points_are_touched_than_by_one_who_knows_all_and_more_than_by_one_who_knows_nothing(played: Played) -> None:
    touched = {name: sum(len(played(name, seed).scene["points"]) for seed in (1, 2, 3)) for name in ("weak", "middling", "strong")}
    assert touched["weak"] < touched["middling"] < touched["strong"]


def test_news_is_taken_up_with_a_word_of_ones_own_and_one_thing_that_changes(played: Played, engine: Engine) -> None:
    own = engine.library.candidate("middling").lines["twist"]
    behaviours = engine.library.twist("vague-ask").behaviours
    said = next(answer for answer in answers(played("middling", 1)) if answer.startswith(own))
    rest = next(said.removeprefix(line).strip() for line in own if said.startswith(line))
    assert rest in {fragment(example) for behaviour in behaviours for example in behaviour.heard.examples}


def test_nothing_that_must_not_be_happens(played: Played) -> None:
    for seed in (1, 2, 3):
        interview = played("middling", seed)
        assert check(interview.events, interview.scene, interview.stage).problems == []


def test_the_same_seed_gives_the_same_answers(played: Played, engine: Engine, clock: SimulatedClock) -> None:
    again = Interview(SCENE, seed=2, engine=engine)
    asyncio.run(play(again, player_of(engine.library.candidate("middling"), 2), clock))
    assert answers(again) == answers(played("middling", 2)) != answers(played("middling", 3))


def test_only_one_who_knows_can_leave_out() -> None:
    partly = {"share": 0.5, "hedges": ["Perhaps."]}
    with pytest.raises(ValidationError, match="add 'knows: true'"):
        SimulatedCandidate(slug="one", version="1.0.0", about="One.", lines={"question": ("Well.",)}, partly=partly)
    with pytest.raises(ValidationError, match="one thing at a time"):
        SimulatedCandidate(
            slug="one", version="1.0.0", about="One.", lines={"question": ("Well.",)}, knows=True, partly=partly, silent_every=3
        )
