"""Model strings: which adapter, which provider, which model, and where it lives.

embedded                        no model: authored lines, sentence embeddings, the fitted judge
openai/MODEL                    OpenAI, through its SDK; at OPENAI_BASE_URL where that is set
ollama/MODEL  llamacpp/MODEL    a server on this machine, through the same SDK; also lm_studio and vllm
PROVIDER/MODEL@URL              any server that speaks OpenAI's protocol
PROVIDER/MODEL                  every other provider, through litellm
litellm/PROVIDER/MODEL[@URL]    litellm, whoever the provider is
scripted:FILE                   replies from a file
cassette:DIR                    recorded answers, nothing sent; cassette:DIR@PROVIDER/MODEL where a folder holds several
A, B                            A, and B when A does not answer
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Literal, NamedTuple
from urllib.parse import urlsplit

from agent.errors import InputError
from agent.llm.call import Address

EMBEDDED = "embedded"
Sdk = Literal["openai", "litellm", "scripted", "cassette"]

SERVERS = {
    "ollama": ("OLLAMA_HOST", "http://127.0.0.1:11434"),
    "llamacpp": ("LLAMACPP_HOST", "http://127.0.0.1:8080"),
    "lm_studio": ("LM_STUDIO_HOST", "http://127.0.0.1:1234"),
    "vllm": ("VLLM_HOST", "http://127.0.0.1:8000"),
}
"""Servers on this machine that speak OpenAI's protocol: the variable with their host, and where they are without it."""


class ModelName(NamedTuple):
    """One model string, read. `file` is the script or the folder of cassettes; `address` is None for a script."""

    sdk: Sdk
    address: Address | None = None
    file: Path | None = None


def read_names(text: str, env: Mapping[str, str]) -> list[ModelName]:
    """The models that a string names, the first one to be asked first; empty for `embedded`.

    Raises:
        InputError: it is no model string.
    """
    parts = [part.strip() for part in text.split(",")]
    if parts == [EMBEDDED]:
        return []
    return [_read(part, env) for part in parts if part != EMBEDDED] or [_read(text, env)]


def _read(text: str, env: Mapping[str, str]) -> ModelName:
    kind, _, rest = text.partition(":")
    if kind == "scripted" and rest:
        return ModelName("scripted", file=Path(rest).expanduser())
    if kind == "cassette" and rest:
        return _cassette(rest)
    if text.startswith("litellm/"):
        return ModelName("litellm", _address(text.removeprefix("litellm/")))
    address = _address(text)
    if address.base_url or address.provider == "openai" or address.provider in SERVERS:
        return ModelName("openai", _at_home(address, env))
    return ModelName("litellm", address)


def _cassette(rest: str) -> ModelName:
    folder, _, address = rest.partition("@")
    return ModelName("cassette", _address(address) if address else None, Path(folder).expanduser())


def _address(text: str) -> Address:
    name, at, url = text.rpartition("@") if "://" in text else (text, "", "")
    if "@" in name and "://" in name:
        name, at, url = text.partition("@")
    provider, _, model = name.partition("/")
    if not provider or not model or (at and not is_base_url(url)):
        raise InputError(
            f"{shown(text)!r} is no model: write provider/model (openai/…, anthropic/…, ollama/…), provider/model@http://…, "
            "scripted:FILE, cassette:DIR or embedded"
        )
    return Address(provider, model, url.rstrip("/") or None)


def is_base_url(url: str) -> bool:
    """Whether requests can go there: http or https, a host, a port if any, and no query."""
    try:
        parts = urlsplit(url)
        return parts.scheme in ("http", "https") and bool(parts.hostname) and (parts.port or 1) > 0 and not parts.query
    except ValueError:
        return False


def shown(text: str) -> str:
    """A model string as it may be shown: without user, password and query of a URL in it."""
    return re.sub(r"\?[^,\s]*", "", re.sub(r"(://)[^/,\s]*@", r"\1", text))


def _at_home(address: Address, env: Mapping[str, str]) -> Address:
    """The address with the URL that the environment or the provider's habit gives it."""
    if address.base_url:
        return address
    if address.provider == "openai":
        return address._replace(base_url=env.get("OPENAI_BASE_URL", "").rstrip("/") or None)
    return address._replace(base_url=server_url(address.provider, env))


def server_url(provider: str, env: Mapping[str, str]) -> str:
    """Where a server on this machine answers, up to and with /v1."""
    variable, usual = SERVERS[provider]
    host = env.get(variable, "").strip().rstrip("/") or usual
    host = host if "://" in host else f"http://{host}"
    return host if host.endswith("/v1") else f"{host}/v1"
