from __future__ import annotations

import asyncio
import socket
from collections.abc import AsyncGenerator, Callable, Iterator, Sequence
from contextlib import ExitStack
from typing import Any

import pytest

from agent.errors import FailureKind, ModelError
from agent.llm.call import Address, Call, Finish, Model, PromptPin, Reply, Usage
from tests.conftest import offline
from tests.llm.loopback import Loopback, Steps

Serve = Callable[..., Loopback]
Turn = Sequence[Any]

ADDRESS = Address("openai", "some-model")
HELLO = ("Hel", "lo", Reply("Hello", Finish.STOP, Usage(100, 10, 40), "served-model"))
"""A turn that goes well."""


class Gathered(list[str]):
    """The pieces of an answer, and its reply."""

    reply: Reply


async def gather(model: Model, call: Call) -> Gathered:
    gathered = Gathered()
    async for piece in model.ask(call):
        if isinstance(piece, Reply):
            gathered.reply = piece
        else:
            gathered.append(piece)
    return gathered


class Staged(Model):
    """A model that plays one turn for each time it is asked: pieces, then how it ends. Ellipsis waits for ever."""

    def __init__(self, *turns: Turn, address: Address = ADDRESS) -> None:
        self.address = address
        self.turns = list(turns)
        self.asked = 0
        self.closed = 0

    async def ask(self, call: Call) -> AsyncGenerator[str | Reply, None]:
        self.asked += 1
        try:
            for item in self.turns.pop(0):
                if isinstance(item, ModelError):
                    raise item
                if item is ...:
                    await asyncio.Event().wait()
                yield item
        finally:
            self.closed += 1


class FakeTime:
    """A clock that only sleeping moves, and the pauses that were slept."""

    def __init__(self) -> None:
        self.now = 1000.0
        self.pauses: list[float] = []

    def __call__(self) -> float:
        return self.now

    async def sleep(self, seconds: float) -> None:
        self.pauses.append(seconds)
        self.now += seconds


def failure(kind: FailureKind = FailureKind.SERVER, *, retry_after: float | None = None) -> ModelError:
    return ModelError(kind, f"it failed: {kind}.", retry_after=retry_after)


@pytest.fixture
def time() -> FakeTime:
    return FakeTime()


@pytest.fixture
def loopback() -> Iterator[Serve]:
    """Starts servers that this test, and nobody else, may connect to."""
    with ExitStack() as stack:

        def serve(*replies: Steps) -> Loopback:
            server = stack.enter_context(Loopback(replies))
            offline.opened.add(("127.0.0.1", server.port))
            return server

        yield serve
    offline.opened.clear()


@pytest.fixture
def closed_port() -> Iterator[int]:
    """A port on which nobody listens."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = int(server.getsockname()[1])
    offline.opened.add(("127.0.0.1", port))
    yield port
    offline.opened.clear()


@pytest.fixture
def call() -> Call:
    return Call(
        role="voice", messages=({"role": "user", "content": "Say hello."},), prompt=PromptPin("voice/line@1.0.0", "ab"), max_tokens=50
    )


@pytest.fixture
def asked() -> Callable[[Model, Call], Gathered]:
    """Asks in a loop of its own, as `run_sync` does."""
    return lambda model, call: asyncio.run(gather(model, call))
