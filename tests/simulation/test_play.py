"""Whole sessions of simulated candidates."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from itertools import pairwise

import pytest

from agent.engine import Engine
from agent.events import CandidateSaid, Interrupted, Line, Silence
from agent.session import Interview
from agent.simulation.answering import player_of
from agent.simulation.checks import check
from agent.simulation.clock import SimulatedClock
from agent.simulation.play import Player, play
from agent.walkthrough import Reply

SCENE = "debug-the-leak"
BUZZ = "We would leverage best practices and state of the art tools to solve it. Then we look at the rows of that night by hand."
Session = Callable[..., Interview]


class Says:
    """Says these things in turn, and then nothing more."""

    def __init__(self, *replies: Reply) -> None:
        self._left = list(replies)

    def next(self, interview: Interview) -> Reply | None:
        return self._left.pop(0) if self._left else None


@pytest.fixture(scope="session")
def session(engine: Engine, clock: SimulatedClock) -> Session:
    """Plays the scene with a player; `pace` in words per minute."""

    def played(player: Player, *, seed: int = 1, pace: int = 45, calm: bool = False) -> Interview:
        interview = Interview(SCENE, seed=seed, engine=engine, calm=calm)
        asyncio.run(play(interview, player, clock, words_per_minute=pace))
        return interview

    return played


@pytest.fixture(scope="session")
def simulated(engine: Engine, session: Session) -> Session:
    """Plays the scene with one of the shipped candidates."""

    def played(name: str, *, seed: int = 1) -> Interview:
        candidate = engine.library.candidate(name)
        return session(player_of(candidate, seed), seed=seed, pace=candidate.words_per_minute)

    return played


def answers(interview: Interview) -> list[str]:
    return [event.text for event in interview.events if isinstance(event, CandidateSaid)]


def talk(interview: Interview) -> list[str]:
    return [event.text for event in interview.events if isinstance(event, (CandidateSaid, Line))]


def test_the_same_seed_gives_the_same_session_and_another_one_a_different_one(simulated: Session) -> None:
    first, again, other = (simulated("strong", seed=seed) for seed in (3, 3, 4))
    assert talk(first) == talk(again)
    assert answers(first) != answers(other)


def test_a_good_candidate_brings_out_facts_and_moves_positions_and_nothing_breaks(simulated: Session) -> None:
    interview = simulated("strong", seed=3)
    findings = check(interview.events, interview.scene, interview.stage)
    assert findings.problems == []
    assert findings.facts
    assert "moved" in findings.positions.values()


def test_a_candidate_who_is_often_silent_gets_to_the_end(simulated: Session) -> None:
    interview = simulated("silent", seed=3)
    findings = check(interview.events, interview.scene, interview.stage)
    assert findings.problems == []
    assert findings.ended == "arc_finished"
    assert "…" in answers(interview)
    assert any(isinstance(event, Silence) for event in interview.events)


def test_nobody_waits_for_ever_for_somebody_who_says_nothing(session: Session) -> None:
    interview = session(Says())
    assert interview.scene["ended"] == "left"
    assert answers(interview) == ["…"] * 3


def test_silence_is_minded_by_a_line_and_takes_time_on_the_clock(session: Session, clock: SimulatedClock) -> None:
    began = clock()
    interview = session(Says())
    silences = [(event.seconds, after) for event, after in pairwise(interview.events) if isinstance(event, Silence)]
    assert [type(after) for _, after in silences] == [Line] * 3
    assert clock() - began >= sum(seconds for seconds, _ in silences) > 0


def test_in_a_calm_session_silence_is_fine(session: Session) -> None:
    interview = session(Says(), calm=True)
    assert interview.scene["ended"] == "left"
    assert not [event for event in interview.events if isinstance(event, Silence)]


def test_typing_takes_time_at_the_pace_of_the_candidate(session: Session) -> None:
    spent = {}
    for pace in (30, 90):
        interview = session(Says(Reply(say="one two three four five six seven eight nine")), pace=pace)
        spent[pace] = next(event.seconds for event in interview.events if isinstance(event, CandidateSaid))
    assert spent == {30: pytest.approx(16.0), 90: pytest.approx(16 / 3)}


def test_somebody_cuts_into_what_is_typed_and_no_one_in_a_calm_session(session: Session) -> None:
    cuts = {}
    for calm in (False, True):
        events = [event for seed in range(4) for event in session(Says(Reply(say=BUZZ)), seed=seed, calm=calm).events]
        cuts[calm] = [event.about for event in events if isinstance(event, Interrupted)]
    assert "leverage" in cuts[False]
    assert cuts[True] == []


def test_a_reply_with_an_edit_mends_the_file_and_runs_its_test(session: Session) -> None:
    interview = session(Says(Reply(say="It compared days instead of moments.", edit="fixed")))
    runs = [event.passed for event in interview.events if event.type == "test_ran"]
    assert runs == [True]


def test_words_for_one_person_stay_with_that_person(session: Session) -> None:
    interview = session(Says(Reply(say="Between us, how bad is it?", aside="hurried-lead")))
    assert next(event.to for event in interview.events if isinstance(event, CandidateSaid)) == "hurried-lead"
