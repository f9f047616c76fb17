from __future__ import annotations

import asyncio
import random
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from agent.errors import RETRYABLE, FailureKind, ModelError
from agent.llm.call import Call, Model
from agent.llm.patience import FIRST_PAUSE, LONGEST_PAUSE, Limits, Patient, PatientUnheard
from tests.llm.conftest import HELLO, FakeTime, Gathered, Staged, failure, gather

Ask = Callable[[Model, Call], Gathered]
LIMITS = Limits(attempt_timeout=30, total_timeout=90, attempts=3)


def patient(model: Model, time: FakeTime, **settings: Any) -> Patient:
    return Patient(model, **{"limits": LIMITS, "clock": time, "sleep": time.sleep, "rng": random.Random(1), **settings})


class Highest(random.Random):
    """Draws the upper end."""

    def uniform(self, a: float, b: float) -> float:
        return b


@pytest.mark.parametrize("kind", sorted(RETRYABLE))
def test_what_may_pass_is_tried_again(call: Call, asked: Ask, time: FakeTime, kind: FailureKind) -> None:
    model = Staged([failure(kind)], [failure(kind)], HELLO)

    assert asked(patient(model, time), call).reply.text == "Hello"
    assert model.asked == 3


@pytest.mark.parametrize("kind", sorted(set(FailureKind) - RETRYABLE))
def test_what_will_not_pass_is_not_tried_again(call: Call, asked: Ask, time: FakeTime, kind: FailureKind) -> None:
    model = Staged([failure(kind)], HELLO)

    with pytest.raises(ModelError) as failed:
        asked(patient(model, time), call)

    assert failed.value.kind is kind
    assert model.asked == 1
    assert time.pauses == []


def test_patience_ends(call: Call, asked: Ask, time: FakeTime) -> None:
    model = Staged(*[[failure()]] * 4)

    with pytest.raises(ModelError, match="it failed"):
        asked(patient(model, time), call)

    assert model.asked == 3


def test_pauses_double_up_to_a_limit(call: Call, asked: Ask, time: FakeTime) -> None:
    model = Staged(*[[failure()]] * 8, HELLO)

    asked(patient(model, time, rng=Highest(), limits=Limits(total_timeout=1000, attempts=9)), call)

    assert time.pauses == [0.5, 1.0, 2.0, 4.0, 8.0, 16.0, 20.0, 20.0]


@settings(max_examples=20)
@given(seed=st.integers(), times=st.integers(1, 8))
def test_pauses_are_drawn_from_the_whole_range(seed: int, times: int) -> None:
    time, rng = FakeTime(), random.Random(seed)
    model = Patient(Staged(), limits=Limits(total_timeout=1000, attempts=9), clock=time, sleep=time.sleep, rng=rng)

    assert 0 <= model._pause(failure(), times, time() + 1000) <= min(LONGEST_PAUSE, FIRST_PAUSE * 2 ** (times - 1))


def test_a_provider_that_asks_for_time_gets_it(call: Call, asked: Ask, time: FakeTime) -> None:
    asked(patient(Staged([failure(FailureKind.RATE_LIMITED, retry_after=7)], HELLO), time), call)

    assert 7 <= time.pauses[0] <= 7.5


def test_more_time_than_there_is_ends_it_at_once(call: Call, asked: Ask, time: FakeTime) -> None:
    model = Staged([failure(FailureKind.RATE_LIMITED, retry_after=3600)], HELLO)

    with pytest.raises(ModelError, match="only 90 s are left") as failed:
        asked(patient(model, time), call)

    assert failed.value.retry_after == 3600
    assert time.pauses == []


@pytest.mark.parametrize("turn", [[...], ["Hel", ...]], ids=["before the first piece", "between pieces"])
def test_silence_is_a_timeout(call: Call, asked: Ask, turn: list[Any]) -> None:
    model = Staged(turn)

    with pytest.raises(ModelError, match=r"sent nothing for 0\.01 s") as failed:
        asked(Patient(model, limits=Limits(attempt_timeout=0.01, attempts=1)), call)

    assert failed.value.kind is FailureKind.TIMEOUT
    assert model.closed == 1


def test_after_a_silence_it_is_asked_again(call: Call, asked: Ask, time: FakeTime) -> None:
    limits = Limits(attempt_timeout=0.01, attempts=2)

    assert asked(patient(Staged([...], HELLO), time, limits=limits), call).reply.text == "Hello"


def test_the_total_is_kept(call: Call, asked: Ask) -> None:
    model = Staged(*[[...]] * 9)

    with pytest.raises(ModelError, match=r"was not done after 0\.\d+ s, and may take 0\.05 s in all"):
        asked(Patient(model, limits=Limits(attempt_timeout=5, total_timeout=0.05, attempts=9)), call)

    assert model.asked == 1


def test_a_total_that_runs_out_between_pieces_says_so_in_seconds(call: Call) -> None:
    time = FakeTime()

    async def listen() -> None:
        async for _ in patient(Staged(["Hel", ...]), time).ask(call):
            time.now += 91

    with pytest.raises(ModelError, match="was not done after 91 s, and may take 90 s in all") as failed:
        asyncio.run(listen())
    assert failed.value.kind is FailureKind.TIMEOUT


def test_what_was_passed_on_is_never_repeated(call: Call, time: FakeTime) -> None:
    model = Staged(["Hel", failure()], HELLO)
    heard: list[object] = []

    async def listen() -> None:
        async for piece in patient(model, time).ask(call):
            heard.append(piece)

    with pytest.raises(ModelError):
        asyncio.run(listen())
    assert heard == ["Hel"]


def test_where_nobody_listens_a_broken_answer_is_asked_for_anew(call: Call, asked: Ask, time: FakeTime) -> None:
    model = Staged(["Hel", failure()], HELLO)

    assert asked(PatientUnheard(model, clock=time, sleep=time.sleep), call) == ["Hel", "lo"]


def test_cancelling_is_felt_at_once(call: Call) -> None:
    model = Staged([...], HELLO)

    async def give_up() -> None:
        task = asyncio.create_task(gather(Patient(model), call))
        await asyncio.sleep(0)
        task.cancel()
        await task

    with pytest.raises(asyncio.CancelledError):
        asyncio.run(give_up())
    assert (model.asked, model.closed) == (1, 1)


def test_closing_reaches_the_model(call: Call) -> None:
    model = Staged(HELLO)

    async def hear_one() -> None:
        answer = Patient(model).ask(call)
        await anext(answer)
        await answer.aclose()
        assert model.closed == 1

    asyncio.run(hear_one())
