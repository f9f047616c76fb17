"""What all models have in common that answer with chunks of a chat completion."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import AsyncGenerator
from contextlib import aclosing
from typing import Any

from agent.errors import FailureKind
from agent.llm.call import Address, Call, Model, Reply
from agent.llm.chat import Gathered
from agent.llm.failures import Failures
from agent.llm.rejected import Rejected


class ChatModel(Model):
    """A model behind an SDK whose chunks look like those of OpenAI. `variable` is where its `key` comes from, for messages."""

    def __init__(self, address: Address, *, key: str | None, variable: str | None, attempt_timeout: float) -> None:
        self.address = address
        self._key = key
        self._timeout = attempt_timeout
        self._failures = Failures(address, key=key, variable=variable)
        self._rejected = Rejected()

    async def ask(self, call: Call) -> AsyncGenerator[str | Reply, None]:
        """The answer in pieces, streamed, and last the whole."""
        gathered = Gathered(call)
        try:
            async with aclosing(self._chunks(call)) as chunks:
                async for chunk in chunks:
                    if piece := gathered.take(chunk):
                        yield piece
        except Exception as error:
            raise self._failures.of(error) from error
        self._require_whole(gathered)
        if rest := gathered.rest():
            yield rest
        yield gathered.reply(self.address.model)

    @abstractmethod
    def _chunks(self, call: Call) -> AsyncGenerator[Any, None]:
        """The chunks of the answer; closing it ends the request."""

    def _require_whole(self, gathered: Gathered) -> None:
        if gathered.is_empty:
            raise self._failures.failed(FailureKind.PROTOCOL, "an empty answer")
        if not gathered.is_finished:
            raise self._failures.failed(FailureKind.PROTOCOL, "the answer broke off: it ended without a finish_reason")
