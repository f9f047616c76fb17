"""What is told of a call, in the terms of OpenTelemetry's semantic conventions for generative AI.

Names and bounds: https://github.com/open-telemetry/semantic-conventions-genai, docs/gen-ai. Attributes that begin with
`hotseat.` are our own.
"""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import urlsplit

from agent.llm.call import Address, Call, Reply
from agent.prompting import Message

Attributes = dict[str, Any]

PROVIDERS = {
    "azure": "azure.ai.openai",
    "azure_ai": "azure.ai.inference",
    "bedrock": "aws.bedrock",
    "gemini": "gcp.gemini",
    "mistral": "mistral_ai",
    "moonshot": "moonshot_ai",
    "vertex_ai": "gcp.vertex_ai",
    "watsonx": "ibm.watsonx.ai",
    "xai": "x_ai",
}
"""Providers that the conventions call by another name than a model string does."""

TOKENS = [4**power for power in range(14)]
SECONDS = [2**power / 100 for power in range(14)]
"""Bounds of the buckets of histograms."""

_OWN_SERVERS = {"openai": "https://api.openai.com"}
_PORTS = {"http": 80, "https": 443}


def operation(call: Call, address: Address) -> Attributes:
    """What spans and metrics alike say: who asks which model, and where it lives as far as that is known."""
    return {
        "gen_ai.operation.name": "chat",
        "gen_ai.provider.name": PROVIDERS.get(address.provider, address.provider),
        "gen_ai.request.model": address.model,
        "hotseat.role": call.role,
        **_server(address),
    }


def request(call: Call) -> Attributes:
    """What is asked for, but for the words."""
    said = {
        "gen_ai.request.max_tokens": call.max_tokens,
        "gen_ai.request.temperature": call.temperature,
        "gen_ai.request.seed": call.seed,
        "gen_ai.output.type": "json" if call.schema else "text",
        "hotseat.prompt": call.prompt.name,
    }
    return {name: value for name, value in said.items() if value is not None}


def response(reply: Reply) -> Attributes:
    """What came back, but for the words."""
    return {"gen_ai.response.model": reply.model, "gen_ai.response.finish_reasons": [str(reply.finish)], **_usage(reply)}


def tokens(reply: Reply) -> dict[str, int]:
    """How many tokens of which type, as far as the provider counts them."""
    return {"input": reply.usage.input_tokens, "output": reply.usage.output_tokens} if reply.usage else {}


def asked(call: Call) -> Attributes:
    """The words of a prompt."""
    return {"gen_ai.input.messages": json.dumps([_message(message) for message in call.messages], ensure_ascii=False)}


def answered(reply: Reply) -> Attributes:
    """The words of an answer."""
    message = {**_message({"role": "assistant", "content": reply.text}), "finish_reason": str(reply.finish)}
    return {"gen_ai.output.messages": json.dumps([message], ensure_ascii=False)}


def _usage(reply: Reply) -> Attributes:
    if reply.usage is None:
        return {}
    counted = {f"gen_ai.usage.{kind}_tokens": count for kind, count in tokens(reply).items()}
    return {**counted, "gen_ai.usage.cache_read.input_tokens": reply.usage.cached_tokens}


def _server(address: Address) -> Attributes:
    """Host and port alone: the rest of a URL may hold a key. Nothing of a URL that is none: the request will say so."""
    try:
        url = urlsplit(address.base_url or _OWN_SERVERS.get(address.provider, ""))
        host, port = url.hostname, url.port or _PORTS.get(url.scheme, 443)
    except ValueError:
        return {}
    return {"server.address": host, "server.port": port} if host else {}


def _message(message: Message) -> dict[str, Any]:
    return {"role": message["role"], "parts": [{"type": "text", "content": message["content"]}]}
