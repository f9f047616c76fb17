"""What a call costs in US dollars: from the user's own table, else from the one that litellm ships, read as a file."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from functools import cache
from importlib.util import find_spec
from ipaddress import ip_address
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import urlsplit

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError

from agent.errors import InvalidDocument
from agent.llm.call import Address, Usage

LOCAL = frozenset({"ollama", "ollama_chat", "llamacpp", "lm_studio", "llamafile", "docker_model_runner"})
"""Providers that run on one's own machine."""

HOSTS = {
    "api.deepseek.com": "deepseek",
    "api.fireworks.ai": "fireworks_ai",
    "api.groq.com": "groq",
    "api.mistral.ai": "mistral",
    "api.openai.com": "openai",
    "api.together.xyz": "together_ai",
    "api.x.ai": "xai",
    "openrouter.ai": "openrouter",
}
"""Whose prices hold at a base URL."""

_TABLE = "model_prices_and_context_window_backup.json"


class Price(NamedTuple):
    """US dollars for one token. Input that was cached has a price of its own."""

    input: float
    output: float
    cached: float

    def of(self, usage: Usage) -> float:
        """US dollars for a call."""
        cached = min(usage.cached_tokens, usage.input_tokens)
        return (usage.input_tokens - cached) * self.input + cached * self.cached + usage.output_tokens * self.output


FREE = Price(0.0, 0.0, 0.0)


class OwnPrice(BaseModel):
    """A user's own price of a model, in US dollars for a million tokens. Without `cached`, cached input costs as much as any."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    input: float = Field(ge=0)
    output: float = Field(ge=0)
    cached: float | None = Field(default=None, ge=0)

    def per_token(self) -> Price:
        """The same for one token."""
        cached = self.input if self.cached is None else self.cached
        return Price(self.input / 1e6, self.output / 1e6, cached / 1e6)


_OWN: TypeAdapter[dict[str, OwnPrice]] = TypeAdapter(dict[str, OwnPrice])


class Prices:
    """Prices of models. `own` are a user's, by `provider/model` or `provider/model@base_url`, and win over the shipped ones.

    A model that costs more from some length of the prompt on is reckoned at the price below it.
    """

    def __init__(self, own: Mapping[str, OwnPrice] | None = None) -> None:
        self._own = dict(own or {})

    @classmethod
    def read(cls, path: Path) -> Prices:
        """Prices with those of the YAML file at `path`: `openai/some-model: {input: 2.5, output: 10, cached: 1.25}`.

        Raises:
            InvalidDocument: the file cannot be read, or is no such table.
        """
        import yaml

        try:
            return cls(_OWN.validate_python(yaml.safe_load(path.read_text(encoding="utf-8")) or {}))
        except ValidationError as error:
            raise InvalidDocument(f"{path}: {_complaint(error)}") from error
        except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
            raise InvalidDocument(f"{path}: the prices cannot be read: {error}") from error

    def price(self, address: Address) -> Price | None:
        """The price at `address`: 0 on one's own machine, None where it is unknown."""
        for name in (str(address), f"{address.provider}/{address.model}"):
            if name in self._own:
                return self._own[name].per_token()
        return FREE if is_local(address) else _shipped(address)

    def cost(self, address: Address, usage: Usage | None) -> float | None:
        """US dollars for a call at `address`; None where the price or the usage is unknown."""
        price = self.price(address)
        if price == FREE:
            return 0.0
        return price.of(usage) if price and usage else None


def is_local(address: Address) -> bool:
    """Whether the model runs on this machine, as far as its address tells."""
    return is_local_url(address.base_url) if address.base_url else address.provider in LOCAL


def is_local_url(url: str) -> bool:
    """Whether a URL leads to this machine."""
    try:
        host = urlsplit(url).hostname or ""
    except ValueError:
        return False
    return host == "localhost" or _is_loopback(host)


def _is_loopback(host: str) -> bool:
    try:
        return ip_address(host).is_loopback or ip_address(host).is_unspecified
    except ValueError:
        return False


def _shipped(address: Address) -> Price | None:
    table = _table()
    return next((price for name in _names(address) if (price := _price(table.get(name)))), None)


def _names(address: Address) -> Iterator[str]:
    """The names under which a shipped table may hold the model: with its provider, then alone if it is that provider's."""
    host = urlsplit(address.base_url or "").hostname
    provider = HOSTS.get(host, "") if host else address.provider
    if provider:
        yield f"{provider}/{address.model}"
        if str(_table().get(address.model, {}).get("litellm_provider", "")).startswith(provider):
            yield address.model


def _price(entry: Mapping[str, Any] | None) -> Price | None:
    if entry is None or "input_cost_per_token" not in entry or "output_cost_per_token" not in entry:
        return None
    paid = entry["input_cost_per_token"]
    return Price(paid, entry["output_cost_per_token"], entry.get("cache_read_input_token_cost", paid))


@cache
def _table() -> Mapping[str, Mapping[str, Any]]:
    """The table inside litellm's package. The package is found and not imported, which would take seconds."""
    spec = find_spec("litellm")
    places = (spec.submodule_search_locations or []) if spec else []
    path = next((found for place in places if (found := Path(place) / _TABLE).is_file()), None)
    table: Mapping[str, Mapping[str, Any]] = json.loads(path.read_text(encoding="utf-8")) if path else {}
    return table


def _complaint(error: ValidationError) -> str:
    """The first complaint, with the name of the model and the field."""
    first = error.errors(include_url=False)[0]
    where = " → ".join(str(part) for part in first["loc"])
    return f"{where}: {first['msg']}" if where else f"a table of models and their prices is expected: {first['msg']}"
