from __future__ import annotations

import asyncio
from collections.abc import Callable

import pytest

from agent.errors import FailureKind, ModelError
from agent.llm.call import Call, Model
from agent.llm.fallback import ITS_OWN, Fallback
from tests.llm.conftest import HELLO, Gathered, Staged, failure

Ask = Callable[[Model, Call], Gathered]


@pytest.mark.parametrize("kind", sorted(ITS_OWN))
def test_the_next_model_answers(call: Call, asked: Ask, kind: FailureKind) -> None:
    assert asked(Fallback([Staged([failure(kind)]), Staged(HELLO)]), call).reply.text == "Hello"


@pytest.mark.parametrize("kind", sorted(set(FailureKind) - ITS_OWN))
def test_what_others_share_is_not_taken_to_them(call: Call, asked: Ask, kind: FailureKind) -> None:
    spare = Staged(HELLO)

    with pytest.raises(ModelError) as failed:
        asked(Fallback([Staged([failure(kind)]), spare]), call)

    assert failed.value.kind is kind
    assert spare.asked == 0


def test_the_first_that_can_is_enough(call: Call, asked: Ask) -> None:
    spare = Staged(HELLO)

    asked(Fallback([Staged(HELLO), spare]), call)

    assert spare.asked == 0


def test_when_all_fail_each_is_told(call: Call, asked: Ask) -> None:
    with pytest.raises(ModelError, match="none of 2 models answered") as failed:
        asked(Fallback([Staged([failure(FailureKind.AUTH)]), Staged([failure(FailureKind.TIMEOUT)])]), call)

    assert failed.value.kind is FailureKind.AUTH
    assert "1. it failed: auth." in str(failed.value)
    assert "2. it failed: timeout." in str(failed.value)


def test_one_model_speaks_for_itself(call: Call, asked: Ask) -> None:
    with pytest.raises(ModelError, match=r"^it failed: server\.$"):
        asked(Fallback([Staged([failure()])]), call)


def test_what_was_passed_on_is_never_followed_by_another_voice(call: Call) -> None:
    heard: list[object] = []

    async def listen() -> None:
        async for piece in Fallback([Staged(["Hel", failure()]), Staged(HELLO)]).ask(call):
            heard.append(piece)

    with pytest.raises(ModelError):
        asyncio.run(listen())
    assert heard == ["Hel"]


def test_it_stands_at_the_address_of_the_first() -> None:
    first = Staged(HELLO)

    assert Fallback([first, Staged(HELLO)]).address == first.address


def test_none_is_no_fallback() -> None:
    with pytest.raises(ValueError, match="at least one"):
        Fallback([])
