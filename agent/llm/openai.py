"""Models behind OpenAI's API, or behind any server that speaks the same."""

from __future__ import annotations

import json
from collections.abc import AsyncGenerator
from contextlib import aclosing
from functools import cache, partial
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from agent.errors import FailureKind
from agent.llm.call import Address, Call
from agent.llm.chat import request
from agent.llm.chat_model import ChatModel
from agent.llm.per_loop import PerLoop
from agent.llm.prices import is_local
from agent.llm.sse import events

if TYPE_CHECKING:
    import ssl

    import httpx
    import httpx2
    from openai import AsyncOpenAI, AsyncStream

OWN = "https://api.openai.com/v1"
"""Where OpenAI's own models live."""

NO_KEY = "none"
"""Sent to servers that want no key, because the SDK wants one."""


class OpenAIModel(ChatModel):
    """A model that is asked through the `openai` SDK.

    `key` may be None for a server that wants none; `variable` is the environment variable that messages name for it. A
    parameter that the model refuses (temperature, seed, …) is left out from then on. `attempt_timeout`, in seconds, is
    for connecting and between two bytes. A `http_client` that is handed in serves every loop and is its owner's to close.
    """

    def __init__(
        self,
        address: Address,
        *,
        key: str | None = None,
        variable: str | None = None,
        http_client: httpx.AsyncClient | httpx2.AsyncClient | None = None,
        attempt_timeout: float = 60.0,
    ) -> None:
        super().__init__(address, key=key, variable=variable, attempt_timeout=attempt_timeout)
        self._http_client: Any = http_client
        self._clients = PerLoop(self._client, self._close)

    async def aclose(self) -> None:
        """Closes the connections of the running loop; a loop that ends in order does so by itself."""
        await self._clients.aclose()

    def _fields(self, call: Call) -> dict[str, Any]:
        return self._named(request(call) | {"stream_options": {"include_usage": True}})

    def _named(self, fields: dict[str, Any]) -> dict[str, Any]:
        """The fields with the names that the server knows them by."""
        if self._is_openai:
            fields["max_completion_tokens"] = fields.pop("max_tokens")
        return fields

    async def _chunks(self, call: Call) -> AsyncGenerator[Any, None]:
        client = await self._clients.get()
        response = (await self._rejected.send(self._fields(call), partial(_post, client, model=self.address.model))).response
        try:
            if "json" in response.headers.get("content-type", ""):
                yield self._completion(await response.aread())
                return
            async with aclosing(events(response.aiter_bytes())) as found:
                async for data in found:
                    yield self._told(data)
        finally:
            await response.aclose()

    def warm(self) -> None:
        """Imports the SDK and reads the certificates."""
        import httpx2
        import openai.resources.chat.completions

        _ = httpx2, openai, _certificates()

    def _completion(self, body: bytes) -> Any:
        """The one chunk of a server that does not stream."""
        told = self._told(body)
        if not isinstance(told, dict):
            raise self._failures.failed(FailureKind.PROTOCOL, f"JSON without an answer: {told}")
        return told

    def _told(self, data: bytes) -> Any:
        """What JSON says, unless that is an error."""
        told = json.loads(data)
        if isinstance(told, dict) and told.get("error"):
            raise self._failures.in_body(told["error"])
        return told

    @property
    def _is_openai(self) -> bool:
        return urlsplit(self.address.base_url or OWN).hostname == urlsplit(OWN).hostname

    def _client(self) -> AsyncOpenAI:
        from openai import AsyncOpenAI, Omit

        client: Any = self._http_client or _http_client(self.address, self._timeout)
        whose: Any = {} if self._is_openai else {"OpenAI-Organization": Omit(), "OpenAI-Project": Omit()}
        return AsyncOpenAI(
            api_key=self._key or NO_KEY,
            base_url=self.address.base_url or OWN,
            http_client=client,
            max_retries=0,
            timeout=self._timeout,
            default_headers=whose,
        )

    async def _close(self, client: AsyncOpenAI) -> None:
        if self._http_client is None:
            await client.close()


async def _post(client: AsyncOpenAI, **fields: Any) -> AsyncStream[object]:
    """Sends the fields as they are: they are plain JSON, and to have every part of every message looked at takes longer than the rest."""
    from openai import AsyncStream

    whose: Any = {"security": {"bearer_auth": True}}
    body = {**fields, "stream": True}
    return await client.post("/chat/completions", body=body, options=whose, cast_to=object, stream=True, stream_cls=AsyncStream[object])


def _http_client(address: Address, timeout: float) -> httpx2.AsyncClient:
    """A client that goes through no proxy to this machine, and follows no redirect, because a redirected POST loses its body."""
    import httpx2

    return httpx2.AsyncClient(timeout=timeout, verify=_certificates(), follow_redirects=False, trust_env=not is_local(address))


@cache
def _certificates() -> ssl.SSLContext:
    """Read once: it takes longer than a call."""
    import httpx2

    return httpx2.create_ssl_context()
