"""Every call is accounted for, also the ones that came to nothing."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

import pytest

from agent.errors import FailureKind, ModelError
from agent.llm.account import REPLACED, Account, usage_of
from agent.llm.call import Address, Call, Finish, Model, PromptPin, Reply, Usage

CALL = Call(role="judge", messages=(), prompt=PromptPin("judge/competency@1.1.0", "0" * 64), max_tokens=10)


class Model3(Model):
    """Answers twice and then fails."""

    address = Address("ollama", "small")

    def __init__(self) -> None:
        self._left = 2

    async def ask(self, call: Call) -> AsyncIterator[str | Reply]:
        if not self._left:
            raise ModelError(FailureKind.SERVER, "down")
        self._left -= 1
        yield Reply("yes", Finish.STOP, Usage(100, 10, 50), "small-1")


def test_answers_are_replaced_and_failures_are_kept() -> None:
    account = Account(Model3())

    async def thrice() -> None:
        await account.ask(CALL)
        await account.ask(CALL)
        with pytest.raises(ModelError, match="down"):
            await account.ask(CALL)

    asyncio.run(thrice())
    assert [call["outcome"] for call in account.calls()] == [REPLACED, REPLACED, "failed: server"]
    assert account.models == ["small-1", "small-1"]
    assert usage_of(account.calls()) == {"calls": 3, "input_tokens": 200, "cached_tokens": 100, "output_tokens": 20, "cost": 0.0}


@pytest.mark.parametrize(("costs", "total"), [((0.1, 0.2), 0.3), ((0.1, None), None), ((), 0.0)])
def test_a_cost_that_is_unknown_leaves_the_sum_unknown(costs: tuple[float | None, ...], total: float | None) -> None:
    tokens = {"input_tokens": 1, "cached_tokens": None, "output_tokens": 1}
    assert usage_of([{**tokens, "cost": cost, "outcome": "used"} for cost in costs])["cost"] == total
