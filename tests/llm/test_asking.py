from __future__ import annotations

from collections.abc import AsyncGenerator
from dataclasses import FrozenInstanceError, replace

import pytest

from agent.errors import FailureKind, ModelError
from agent.events import ModelCalled
from agent.llm.asking import CallFailed, ask
from agent.llm.call import Address, Call, Finish, Model, Reply
from agent.llm.fallback import Fallback
from agent.llm.patience import Patient
from agent.llm.prices import OwnPrice, Prices
from agent.llm.trace import note_replay
from agent.sync import run_sync
from tests.llm.conftest import ADDRESS, HELLO, FakeTime, Staged, failure

SPARE = Address("openai", "spare-model")
PRICES = Prices({str(ADDRESS): OwnPrice(input=1, output=10, cached=0.5), str(SPARE): OwnPrice(input=2, output=20)})


class Slow(Model):
    """Takes two seconds to its first piece and three more to its end."""

    address = ADDRESS

    def __init__(self, time: FakeTime) -> None:
        self._time = time

    async def ask(self, call: Call) -> AsyncGenerator[str | Reply, None]:
        await self._time.sleep(2)
        yield "Hello"
        await self._time.sleep(3)
        yield HELLO[-1]


class Replayed(Model):
    address = ADDRESS

    async def ask(self, call: Call) -> AsyncGenerator[str | Reply, None]:
        note_replay()
        yield HELLO[-1]


def test_an_answer_and_its_account(call: Call, time: FakeTime) -> None:
    heard: list[str] = []

    reply, record = run_sync(ask(Slow(time), call, on_piece=heard.append, prices=PRICES, clock=time))

    assert heard == ["Hello"]
    assert reply.text == "Hello"
    assert record.fields() == {
        "role": "voice",
        "model": "openai/some-model",
        "prompt": "voice/line@1.0.0",
        "outcome": "used",
        "input_tokens": 100,
        "cached_tokens": 40,
        "output_tokens": 10,
        "cost": pytest.approx((60 * 1 + 40 * 0.5 + 10 * 10) / 1e6),
        "first_token_ms": 2000,
        "total_ms": 5000,
        "attempts": 1,
        "replayed": False,
    }


def test_the_account_fits_the_log(call: Call) -> None:
    record = run_sync(ask(Staged(HELLO), call)).record.with_outcome("rejected: repeats")

    assert ModelCalled(at=0, **record.fields()).outcome == "rejected: repeats"
    assert record.fields().keys() == ModelCalled.model_fields.keys() - {"at", "type"}


def test_an_account_is_not_changed_later(call: Call) -> None:
    record = run_sync(ask(Staged(HELLO), call)).record

    with pytest.raises(FrozenInstanceError):
        record.cost = 0.0  # type: ignore[misc]


def test_attempts_are_counted(call: Call, time: FakeTime) -> None:
    model = Patient(Staged([failure()], [failure()], HELLO), clock=time, sleep=time.sleep)

    assert run_sync(ask(model, call)).record.attempts == 3


def test_the_model_that_answered_is_the_one_that_is_paid(call: Call) -> None:
    model = Fallback([Staged([failure()]), Staged(HELLO, address=SPARE)])

    record = run_sync(ask(model, call, prices=PRICES)).record

    assert record.model == "openai/spare-model"
    assert record.attempts == 2
    assert record.cost == pytest.approx((100 * 2 + 10 * 20) / 1e6)


def test_secrets_of_an_address_are_not_accounted(call: Call) -> None:
    model = Staged(HELLO, address=Address("openai", "m", "https://user:secret@example.org/v1?key=hidden"))

    assert run_sync(ask(model, call)).record.model == "openai/m@https://example.org/v1"


def test_a_failed_call_is_accounted_for(call: Call, time: FakeTime) -> None:
    model = Patient(Staged(*[["Hel", failure(FailureKind.RATE_LIMITED, retry_after=9)]]), clock=time, sleep=time.sleep)

    with pytest.raises(CallFailed, match="it failed") as failed:
        run_sync(ask(model, call))

    assert isinstance(failed.value, ModelError)
    assert failed.value.kind is FailureKind.RATE_LIMITED
    assert failed.value.retry_after == 9
    assert failed.value.record.outcome == "failed: rate_limited"
    assert failed.value.record.first_token_ms is not None
    assert failed.value.record.cost is None


def test_a_model_that_ends_without_a_reply_has_failed(call: Call) -> None:
    with pytest.raises(CallFailed, match="without a reply") as failed:
        run_sync(ask(Staged(["Hel"]), call))

    assert failed.value.kind is FailureKind.PROTOCOL


def test_tokens_that_nobody_counted_stay_unknown(call: Call) -> None:
    record = run_sync(ask(Staged([Reply("Hello", Finish.STOP, None, "m")]), call, prices=PRICES)).record

    assert (record.input_tokens, record.output_tokens, record.cost) == (None, None, None)
    assert record.first_token_ms is None


def test_what_is_replayed_costs_nothing(call: Call) -> None:
    record = run_sync(ask(Replayed(), call, prices=PRICES)).record

    assert record.replayed
    assert record.cost == 0.0


def test_accounts_do_not_mix(call: Call, time: FakeTime) -> None:
    first = run_sync(ask(Patient(Staged([failure()], HELLO), clock=time, sleep=time.sleep), call)).record
    second = run_sync(ask(Staged(HELLO), replace(call, role="judge"))).record

    assert (first.attempts, second.attempts) == (2, 1)
    assert (first.role, second.role) == ("voice", "judge")
