"""Models of every provider that the `litellm` SDK knows."""

from __future__ import annotations

import asyncio
import logging
import os
from collections.abc import AsyncGenerator
from functools import cache, partial
from types import ModuleType
from typing import Any, cast

from agent.errors import FailureKind
from agent.llm.call import Address, Call
from agent.llm.chat import Gathered, request
from agent.llm.chat_model import ChatModel
from agent.llm.per_loop import PerLoop

VARIABLES = {
    "cohere_chat": "COHERE_API_KEY",
    "ollama_chat": "OLLAMA_API_KEY",
    "together_ai": "TOGETHERAI_API_KEY",
}
"""Where the SDK looks for the keys of providers whose variable is not called after them."""


class LiteLLMModel(ChatModel):
    """A model that is asked through `litellm`, which is imported at the first call and takes seconds to do so.

    Without `key` the SDK looks for the provider's own environment variable, which is `variable` in messages.
    `attempt_timeout`, in seconds, is for connecting and between two bytes. Parameters that the provider does not know, or
    that the model refuses, are left out. The SDK hides two things: tokens that a provider does not count are estimated, and
    an answer that ends without a reason for it counts as whole. Ask a model of Ollama through `OpenAIModel` and `…/v1`: this
    SDK would also ask the server on this machine about it, whatever the address, and wait for that.
    """

    def __init__(self, address: Address, *, key: str | None = None, variable: str | None = None, attempt_timeout: float = 60.0) -> None:
        super().__init__(address, key=key, variable=variable or _variable(address.provider), attempt_timeout=attempt_timeout)

    def warm(self) -> None:
        """Imports the SDK."""
        _imported()

    async def aclose(self) -> None:
        """Closes the SDK's connections of the running loop; a loop that ends in order does so by itself."""
        await _SDK.aclose()

    async def _chunks(self, call: Call) -> AsyncGenerator[Any, None]:
        await asyncio.to_thread(_imported)
        sdk = await _SDK.get()
        fields = request(call) | {"stream_options": {"include_usage": True}}
        stream = await self._rejected.send(fields, partial(sdk.acompletion, **self._where()))
        try:
            async for chunk in stream:
                yield chunk
        finally:
            await stream.aclose()

    def _require_whole(self, gathered: Gathered) -> None:
        """The SDK makes up a reason for ending, also where a stream breaks off before its first chunk."""
        if gathered.is_without_words:
            raise self._failures.failed(FailureKind.PROTOCOL, "an empty answer")

    def _where(self) -> dict[str, Any]:
        return {
            "model": f"{self.address.provider}/{self.address.model}",
            "base_url": self.address.base_url,
            "api_key": self._key,
            "timeout": self._timeout,
            "stream": True,
            "drop_params": True,
            "num_retries": 0,
            "max_retries": 0,
            "_skip_mcp_handler": True,  # it would import a package that is not among the SDK's requirements
        }


def _variable(provider: str) -> str:
    return VARIABLES.get(provider, f"{provider.upper()}_API_KEY")


class _ClientOfTheLoop:
    """Stands in for the one client that the SDK would use in all loops, where connections of a loop that has ended break."""

    def __getattr__(self, name: str) -> Any:
        from litellm.llms.custom_httpx.http_handler import get_async_httpx_client

        return getattr(get_async_httpx_client("every provider"), name)


@cache
def _imported() -> ModuleType:
    """The SDK, told to keep quiet: no price map and no tokenizer from the network, no prints, no telemetry."""
    os.environ.setdefault("LITELLM_LOCAL_MODEL_COST_MAP", "True")
    import litellm

    logging.getLogger("LiteLLM").setLevel(logging.CRITICAL)
    litellm.telemetry = False
    litellm.suppress_debug_info = True
    litellm.disable_hf_tokenizer_download = True
    litellm.disable_aiohttp_transport = True
    litellm.module_level_aclient = cast("Any", _ClientOfTheLoop())
    return litellm


async def _close(sdk: Any) -> None:
    """Closes what the SDK keeps for later calls of the running loop; its keys end in the loop's id, which may be given anew."""
    cache = sdk.in_memory_llm_clients_cache
    ending = f"-{id(asyncio.get_running_loop())}"
    for key in [key for key in cache.cache_dict if str(key).endswith(ending)]:
        cache.ttl_dict.pop(key, None)
        await cache.cache_dict.pop(key).close()


_SDK = PerLoop(_imported, _close)
"""The clients that the SDK itself keeps, which belong to the loop that first used them."""
