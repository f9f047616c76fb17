from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest

from agent.errors import FailureKind, ModelError
from agent.llm.breaker import Breaker, Breakers, Guarded
from agent.llm.call import Address, Call, Model
from tests.llm.conftest import ADDRESS, HELLO, FakeTime, Gathered, Staged, failure

Ask = Callable[[Model, Call], Gathered]


@pytest.fixture
def breaker(time: FakeTime) -> Breaker:
    return Breaker(ADDRESS, failures=3, rest=30, clock=time)


def fail(breaker: Breaker, times: int, kind: FailureKind = FailureKind.SERVER) -> None:
    for _ in range(times):
        breaker.leave(breaker.enter(), kind)


def is_open(breaker: Breaker) -> bool:
    try:
        breaker.forget(breaker.enter())
    except ModelError as error:
        return error.kind is FailureKind.BREAKER
    return False


def test_it_opens_after_failures_in_a_row(breaker: Breaker) -> None:
    fail(breaker, 2)
    assert not is_open(breaker)

    fail(breaker, 1)
    assert is_open(breaker)


def test_an_answer_starts_the_count_anew(breaker: Breaker) -> None:
    fail(breaker, 2)
    breaker.leave(breaker.enter(), None)
    fail(breaker, 2)

    assert not is_open(breaker)


@pytest.mark.parametrize("kind", [FailureKind.BAD_REQUEST, FailureKind.REFUSED, FailureKind.CUT_OFF, FailureKind.BUDGET])
def test_failures_of_a_call_are_none_of_the_address(breaker: Breaker, kind: FailureKind) -> None:
    fail(breaker, 9, kind)

    assert not is_open(breaker)


@pytest.mark.parametrize("kind", [FailureKind.AUTH, FailureKind.QUOTA, FailureKind.TIMEOUT, FailureKind.RATE_LIMITED])
def test_failures_of_the_address_count(breaker: Breaker, kind: FailureKind) -> None:
    fail(breaker, 3, kind)

    assert is_open(breaker)


def test_the_refusal_says_for_how_long(breaker: Breaker, time: FakeTime) -> None:
    fail(breaker, 3)
    time.now += 10

    with pytest.raises(ModelError, match="'some-model' of 'openai' has failed 3 times in a row and is left alone for 20 s more") as refused:
        breaker.enter()

    assert refused.value.retry_after == 20


def test_after_the_rest_one_trial_is_let_through(breaker: Breaker, time: FakeTime) -> None:
    fail(breaker, 3)
    time.now += 30

    trial = breaker.enter()
    assert is_open(breaker)
    breaker.leave(trial, None)
    assert not is_open(breaker)


def test_a_failed_trial_opens_it_anew(breaker: Breaker, time: FakeTime) -> None:
    fail(breaker, 3)
    time.now += 30
    fail(breaker, 1)

    assert is_open(breaker)
    time.now += 29
    assert is_open(breaker)
    time.now += 1
    assert not is_open(breaker)


def test_a_trial_that_was_given_up_makes_room_for_another(breaker: Breaker, time: FakeTime) -> None:
    fail(breaker, 3)
    time.now += 30
    breaker.forget(breaker.enter())

    assert not is_open(breaker)


def test_of_many_threads_one_gets_the_trial(breaker: Breaker, time: FakeTime) -> None:
    fail(breaker, 3)
    time.now += 30

    def try_it(_: int) -> bool:
        try:
            return bool(breaker.enter())
        except ModelError:
            return False

    with ThreadPoolExecutor(8) as pool:
        assert sum(pool.map(try_it, range(64))) == 1


def test_an_address_has_one_breaker() -> None:
    breakers = Breakers()

    assert breakers.of(ADDRESS) is breakers.of(Address("openai", "some-model"))
    assert breakers.of(ADDRESS) is not breakers.of(Address("openai", "some-model", "http://localhost/v1"))


def test_an_open_breaker_spares_the_model(call: Call, asked: Ask, breaker: Breaker) -> None:
    model = Staged(*[[failure()]] * 9)

    for _ in range(5):
        with pytest.raises(ModelError):
            asked(Guarded(model, breaker), call)

    assert model.asked == 3


def test_an_answer_closes_it(call: Call, asked: Ask, breaker: Breaker, time: FakeTime) -> None:
    fail(breaker, 3)
    time.now += 30

    assert asked(Guarded(Staged(HELLO), breaker), call).reply.text == "Hello"
    assert not is_open(breaker)


def test_an_answer_that_nobody_waits_for_counts_as_nothing(call: Call, breaker: Breaker, time: FakeTime) -> None:
    fail(breaker, 3)
    time.now += 30
    model = Staged(HELLO)

    async def hear_one() -> None:
        answer = Guarded(model, breaker).ask(call)
        await anext(answer)
        await answer.aclose()

    asyncio.run(hear_one())

    assert model.closed == 1
    assert not is_open(breaker)
    fail(breaker, 1)
    assert is_open(breaker)
