"""Servers with models on this machine."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import NamedTuple
from urllib.error import URLError
from urllib.request import ProxyHandler, build_opener

from agent.llm.names import is_base_url, server_url
from agent.llm.prices import is_local_url

LOOKED_FOR = ("ollama", "llamacpp")
PATIENCE = 0.3
"""Seconds: a server on this machine answers at once, or is not there."""


class Server(NamedTuple):
    """A server that answers, and the models it has."""

    provider: str
    url: str
    models: tuple[str, ...]


def local_servers(env: Mapping[str, str]) -> list[Server]:
    """Those servers on this machine that answer. Asks loopback addresses only, and no proxy."""
    urls = {provider: server_url(provider, env) for provider in LOOKED_FOR}
    return [found for provider, url in urls.items() if is_base_url(url) and is_local_url(url) and (found := _ask(provider, url))]


def _ask(provider: str, url: str) -> Server | None:
    try:
        with build_opener(ProxyHandler({})).open(f"{url}/models", timeout=PATIENCE) as answer:
            models = json.loads(answer.read(1_000_000))["data"]
        names = tuple(str(model["id"]) for model in models)
    except (URLError, OSError, ValueError, KeyError, TypeError):
        return None
    return Server(provider, url, names) if names else None
