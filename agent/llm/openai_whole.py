"""The same models asked for an answer that comes as a whole: for judges of many talks, where nobody sees it grow.

A stream costs some hundred pieces of work an answer. The price is that silence tells nothing: `attempt_timeout` is for a whole answer.
"""

from __future__ import annotations

from collections.abc import AsyncGenerator
from functools import partial
from itertools import cycle
from typing import TYPE_CHECKING, Any

from agent.errors import FailureKind
from agent.llm.call import Call
from agent.llm.chat import request
from agent.llm.openai import OpenAIModel
from agent.llm.per_loop import PerLoop

if TYPE_CHECKING:
    from openai import AsyncOpenAI


LANES = 32
"""Clients that share the calls: each looks through all its connections for every call, which with many is most of its work."""


class WholeOpenAIModel(OpenAIModel):
    """A model that is asked through the `openai` SDK, without streaming."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self._lanes = [self._clients, *(PerLoop(self._client, self._close) for _ in range(LANES - 1))]
        self._next = cycle(self._lanes)

    async def aclose(self) -> None:
        """Closes the connections of the running loop."""
        for lane in self._lanes:
            await lane.aclose()

    async def _chunks(self, call: Call) -> AsyncGenerator[Any, None]:
        client = await next(self._next).get()
        told = await self._rejected.send(self._fields(call), partial(_post, client, model=self.address.model))
        if not isinstance(told, dict):
            raise self._failures.failed(FailureKind.PROTOCOL, f"something that is no JSON object: {str(told)[:200]}")
        if told.get("error"):
            raise self._failures.in_body(told["error"])
        yield told

    def _fields(self, call: Call) -> dict[str, Any]:
        return self._named(request(call))


UNSENT = "unsent"
"""OpenAI takes no such key; without one here the SDK draws one by lot for every call."""


async def _post(client: AsyncOpenAI, **fields: Any) -> object:
    """Sends the fields as they are; see `agent.llm.openai`. The SDK takes a third of a millisecond to write a talk as JSON."""
    import orjson

    whose: Any = {"security": {"bearer_auth": True}, "idempotency_key": UNSENT}
    return await client.post("/chat/completions", content=orjson.dumps(fields), options=whose, cast_to=object)
