"""How fast a model is asked."""

from __future__ import annotations

import asyncio

import pytest

from agent.errors import FailureKind, ModelError
from agent.evaluation.runs.pace import Counted, Pace, Paced
from agent.llm.call import Call
from tests.llm.conftest import HELLO, FakeTime, Staged, failure, gather


@pytest.fixture
def call() -> Call:
    from agent.llm.call import PromptPin

    return Call("judge", ({"role": "user", "content": "Grade."},), PromptPin("judge/group@1.0.0", "ab"), 50)


def paced(model: Staged, time: FakeTime, at_once: int = 8, a_minute: int | None = None) -> tuple[Paced, Pace]:
    pace = Pace(at_once, a_minute, longest=600, clock=time, sleep=time.sleep)
    return Paced(Counted(model, pace), pace), pace


@pytest.fixture
def time() -> FakeTime:
    return FakeTime()


def test_no_more_calls_begin_in_a_minute_than_are_allowed(call: Call, time: FakeTime) -> None:
    model, _ = paced(Staged(*[HELLO] * 7), time, a_minute=3)
    begun = []

    async def ask() -> None:
        await gather(model, call)
        begun.append(time.now - 1000)

    async def all_of_them() -> None:
        for _ in range(7):
            await ask()

    asyncio.run(all_of_them())
    assert begun == [0, 0, 0, 60, 60, 60, 120]


def test_whoever_is_to_wait_makes_all_wait(call: Call, time: FakeTime) -> None:
    model, _ = paced(Staged((failure(FailureKind.RATE_LIMITED, retry_after=7),), HELLO), time)

    async def twice() -> None:
        with pytest.raises(ModelError):
            await gather(model, call)
        await gather(model, call)

    asyncio.run(twice())
    assert time.pauses == [7]


def test_a_wait_longer_than_the_patience_is_not_kept(call: Call, time: FakeTime) -> None:
    model, pace = paced(Staged(HELLO), time)
    pace.hold(86_400)
    asyncio.run(gather(model, call))
    assert time.pauses == []


def test_a_clock_that_goes_backwards_stops_nobody_for_longer_than_was_asked(call: Call, time: FakeTime) -> None:
    model, _ = paced(Staged(*[HELLO] * 4), time, a_minute=2)
    asyncio.run(gather(model, call))
    time.now -= 500
    for _ in range(3):
        asyncio.run(gather(model, call))
    assert sum(time.pauses) <= 560


def test_only_so_many_are_asked_at_once(call: Call) -> None:
    inside, most = 0, 0

    class Slow(Staged):
        async def ask(self, call: Call):
            nonlocal inside, most
            inside += 1
            most = max(most, inside)
            await asyncio.sleep(0.005)
            inside -= 1
            yield HELLO[-1]

    model = Paced(Slow(), Pace(3))

    async def many() -> None:
        await asyncio.gather(*(gather(model, call) for _ in range(12)))

    asyncio.run(many())
    assert most == 3
