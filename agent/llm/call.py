"""One call of a model: what goes in, what comes back, and the base class that every adapter and wrapper shares."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Literal, NamedTuple
from urllib.parse import urlsplit

from agent.prompting import Message

Role = Literal["voice", "observer", "judge"]
"""Who asks. Each role is configured apart."""

Form = Literal["schema", "tool", "text"]
"""How JSON is asked for: by the provider's JSON schema mode, as the arguments of a tool, or in words alone."""


class Address(NamedTuple):
    """Where a model lives. `base_url` is None for a provider's own; user, password and query of it are never shown."""

    provider: str
    model: str
    base_url: str | None = None

    def __str__(self) -> str:
        return f"{self.provider}/{self.model}" + (f"@{bare(self.base_url)}" if self.base_url else "")


def bare(url: str) -> str:
    """`url` without the parts that may hold a secret: user, password and query."""
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}{parts.path}"


class PromptPin(NamedTuple):
    """The prompt that was rendered, `role/name@version`, and the sha256 of its text with everything it includes."""

    name: str
    sha256: str


@dataclass(frozen=True)
class Schema:
    """A JSON schema that the answer has to fit, with a name in letters and underscores."""

    name: str
    body: Mapping[str, Any]


@dataclass(frozen=True)
class Call:
    """Everything that can change an answer, but for where the model lives.

    `repeat` tells apart calls that are meant to be asked more than once; `form` says how `schema` is asked for.
    """

    role: Role
    messages: tuple[Message, ...]
    prompt: PromptPin
    max_tokens: int
    temperature: float | None = None
    seed: int | None = None
    schema: Schema | None = None
    form: Form = "schema"
    repeat: int = 0


class Usage(NamedTuple):
    """Tokens of one call. `cached_tokens` are those of the input that the provider had in its cache."""

    input_tokens: int
    output_tokens: int
    cached_tokens: int = 0


class Finish(StrEnum):
    """Why a model stopped."""

    STOP = "stop"
    LENGTH = "length"
    REFUSAL = "refusal"
    OTHER = "other"


@dataclass(frozen=True)
class Reply:
    """A whole answer. `usage` is None where the provider counts nothing; `model` is the name it gave itself."""

    text: str
    finish: Finish
    usage: Usage | None
    model: str


class Model(ABC):
    """A model that can be asked."""

    address: Address

    def warm(self) -> None:
        """Loads what the first call would have to load, seconds for some SDKs; any thread may do it."""
        return

    async def aclose(self) -> None:
        """Closes what it holds; a model that holds nothing has nothing to close."""
        return

    @abstractmethod
    def ask(self, call: Call) -> AsyncIterator[str | Reply]:
        """The answer in pieces as they arrive, and last of all the whole as a `Reply`.

        With a schema the pieces are those of the JSON text, whatever the form. Closing the iterator ends the request.

        Raises:
            ModelError: the model did not deliver; its `kind` says why.
        """


class Wrapper(Model):
    """A model around another one, which it closes with itself."""

    def __init__(self, model: Model) -> None:
        self.address = model.address
        self._model = model

    def warm(self) -> None:
        """Warms the inner model."""
        self._model.warm()

    async def aclose(self) -> None:
        """Closes the inner model."""
        await self._model.aclose()
