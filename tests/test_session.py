from __future__ import annotations

import asyncio
from typing import Any

import pytest

from agent.answer import MAX_ANSWER
from agent.engine import Engine
from agent.errors import AnswerError, InputError, SequenceConflict, SessionError, SessionNotFound
from agent.events import SessionStarted
from agent.grading import grade
from agent.library import Library
from agent.library.library import shipped
from agent.scene import effective, fold
from agent.session import Interview
from agent.store.memory import MemoryStore

SCENARIO = "fraud-trade-off"
ANSWER = "I would first ask what both errors cost, and then set the threshold where the sum is smallest."


class Clock:
    now = 1_000_000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture(scope="module")
def library() -> Library:
    return Library((shipped(),))


@pytest.fixture
def engine(library: Library, clock: Clock) -> Engine:
    return Engine(library=library, clock=clock)


@pytest.fixture
def live(engine: Engine) -> Interview:
    interview = Interview(SCENARIO, seed=4, engine=engine)
    interview.start()
    return interview


def test_it_starts_answers_and_ends(live: Interview) -> None:
    assert live.say(ANSWER)
    live.leave()
    assert live.is_over
    assert live.scene["ended"] == "left"
    assert [turn.role for turn in live.transcript.turns[:3]] == ["interviewer", "candidate", "interviewer"]


def test_the_first_event_pins_what_a_grade_depends_on(live: Interview) -> None:
    first = live.events[0]
    assert isinstance(first, SessionStarted)
    assert {name.split("/")[0] for name in first.pins} == {"scenario", "rubric", "persona", "twist"}
    assert all(len(sha) == 64 for sha in first.pins.values())


@pytest.mark.parametrize("answer", ["", "   \n\t ", "\u200b\u200e", "\x1b[31m\x1b[0m", "x" * (MAX_ANSWER + 1)])
def test_an_answer_that_cannot_be_taken_leaves_the_log_as_it_was(live: Interview, answer: str) -> None:
    before = live.events
    with pytest.raises(AnswerError):
        live.say(answer)
    assert live.events == before


def test_an_answer_is_kept_clean(live: Interview) -> None:
    live.say("Half\u202e of \x1b[31mthem\x07 \ud800 pay\r\ntwice a year")
    assert live.transcript.candidate_turns[0].text == "Half of them \ufffd pay\ntwice a year"


def test_a_session_resumes_where_its_log_ends(engine: Engine) -> None:
    store = MemoryStore()
    one = Interview(SCENARIO, seed=4, engine=engine, store=store)
    one.start()
    one.say(ANSWER)
    other = Interview.resume(one.session, store, engine=engine)
    assert other.scene == one.scene
    assert other.events == one.events
    assert other.say(ANSWER)


def test_resuming_a_session_that_is_not_there(engine: Engine) -> None:
    with pytest.raises(SessionNotFound, match="nosuch"):
        Interview.resume("nosuch", MemoryStore(), engine=engine)


def test_two_terminals_cannot_fork_a_session(engine: Engine) -> None:
    store = MemoryStore()
    one = Interview(SCENARIO, seed=4, engine=engine, store=store)
    one.start()
    other = Interview.resume(one.session, store, engine=engine)
    one.say(ANSWER)
    with pytest.raises(SequenceConflict):
        other.say(ANSWER)
    assert store.read(one.session) == list(one.events)


def test_a_retry_takes_the_answer_and_what_followed_back(live: Interview) -> None:
    before = live.scene
    live.say(ANSWER)
    assert live.retry() == ANSWER
    assert live.scene == {**before, "now": live.scene["now"]}
    assert not live.transcript.candidate_turns
    live.say("Another answer, which is better thought through than the last one.")
    assert len(live.transcript.candidate_turns) == 1
    assert fold(effective(live.events)) == live.scene


def test_nothing_to_retry(live: Interview) -> None:
    with pytest.raises(SessionError, match="no answer to take back"):
        live.retry()


def test_hints_go_on_until_there_are_no_more(live: Interview) -> None:
    hints = [live.hint() for _ in range(6)]
    assert hints[0]
    assert hints[-1] is None
    assert len({hint for hint in hints if hint}) == sum(hint is not None for hint in hints)


def test_an_assessed_session_has_neither_hints_nor_retries(engine: Engine) -> None:
    interview = Interview(SCENARIO, mode="assessed", engine=engine)
    interview.start()
    interview.say(ANSWER)
    for forbidden in (interview.hint, interview.retry):
        with pytest.raises(SessionError, match="assessed"):
            forbidden()


def test_all_assessed_sessions_of_a_scenario_share_the_seed(engine: Engine) -> None:
    assert Interview(SCENARIO, mode="assessed", engine=engine).seed == Interview(SCENARIO, mode="assessed", engine=engine).seed


def test_the_clock_stops_in_a_pause(live: Interview, clock: Clock) -> None:
    clock.now += 60
    live.pause()
    clock.now += 10_000
    live.unpause()
    assert live.seconds_left == 60 * live.minutes - 60


def test_when_time_is_up_the_next_answer_is_the_last(live: Interview, clock: Clock) -> None:
    clock.now += 60 * live.minutes + 1
    assert live.seconds_left == 0
    said = live.say(ANSWER)
    assert live.is_over
    assert said, "the scene closes with a word"
    assert live.scene["ended"] == "time_up"


def test_without_a_clock_nothing_ends_early(engine: Engine, clock: Clock) -> None:
    interview = Interview(SCENARIO, seed=4, minutes=0, engine=engine)
    interview.start()
    clock.now += 1e8
    interview.say(ANSWER)
    assert interview.seconds_left is None
    assert not interview.is_over


def test_nothing_can_be_said_after_the_end(live: Interview) -> None:
    live.leave()
    with pytest.raises(SessionError, match="is over"):
        live.say(ANSWER)


def test_nothing_can_be_said_before_the_start(engine: Engine) -> None:
    with pytest.raises(SessionError, match="start"):
        Interview(SCENARIO, engine=engine).say(ANSWER)


def test_a_note_is_heard_by_nobody(live: Interview) -> None:
    live.note("ask about the labels")
    assert live.events[-1].type == "noted"
    assert "labels" not in "".join(turn.text for turn in live.transcript.turns[1:])


def test_it_plays_in_a_running_loop(engine: Engine) -> None:
    async def played() -> Interview:
        interview = Interview(SCENARIO, seed=4, engine=engine)
        await interview.astart()
        await interview.asay(ANSWER)
        await interview.asilence(40)
        await interview.aleave()
        return interview

    assert asyncio.run(played()).is_over


def test_a_sync_call_in_a_running_loop_names_the_way_out(live: Interview) -> None:
    async def inside() -> None:
        live.say(ANSWER)

    with pytest.raises(SessionError, match="asay"):
        asyncio.run(inside())


def test_two_turns_at_once_are_refused_and_nothing_is_doubled(live: Interview) -> None:
    async def both() -> list[object]:
        return list(await asyncio.gather(live.asay(ANSWER), live.asay(ANSWER), return_exceptions=True))

    outcomes = asyncio.run(both())
    assert sum(isinstance(outcome, SessionError) for outcome in outcomes) <= 1
    assert len(live.transcript.candidate_turns) == sum(not isinstance(outcome, Exception) for outcome in outcomes)


@pytest.mark.parametrize("terms", [{"minutes": -1}, {"minutes": float("inf")}, {"minutes": float("nan")}, {"seed": -5}])
def test_terms_that_make_no_sense_are_refused(engine: Engine, terms: dict[str, float]) -> None:
    with pytest.raises(InputError):
        Interview(SCENARIO, engine=engine, **terms)  # type: ignore[arg-type]


def test_nothing_to_grade_before_the_start(engine: Engine) -> None:
    with pytest.raises(SessionError, match="nothing to grade"):
        grade(Interview(SCENARIO, engine=engine))


def test_refusing_a_condition_does_not_meet_it(live: Interview) -> None:
    live.say("A trial is not needed. I refuse to compare the $36,000 of fraud with the $266,000 of false declines.")
    assert not [event for event in live.events if event.type == "position_moved" and event.to != "hardened"]


@pytest.mark.parametrize("times", [{"seconds": -1.0}, {"seconds": float("nan")}, {"resumed_after": float("inf")}])
def test_times_that_cannot_be_are_refused(live: Interview, times: dict[str, Any]) -> None:
    with pytest.raises(AnswerError, match="in seconds"):
        live.say(ANSWER, **times)


def test_what_is_no_text_no_mode_and_no_artifact_is_refused(live: Interview, engine: Engine) -> None:
    with pytest.raises(AnswerError, match="not int"):
        live.say(5)  # type: ignore[arg-type]
    with pytest.raises(InputError, match="no mode 'exam'"):
        Interview(SCENARIO, mode="exam", engine=engine)
    with pytest.raises(InputError, match="no artifact 'nope'"):
        asyncio.run(live.aedit("nope", "x = 1"))


def test_an_answer_starts_a_clock_that_was_stopped(live: Interview) -> None:
    live.pause()
    live.say(ANSWER)
    assert live.scene["paused_at"] is None
