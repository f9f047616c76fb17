"""What went wrong at a provider, as one kind of failure and a message somebody can act on. Keys never get into a message."""

from __future__ import annotations

import json
import re
from ast import literal_eval
from dataclasses import dataclass
from typing import Any

from agent.errors import FailureKind, ModelError
from agent.llm.call import Address, bare
from agent.llm.failure_kind import by_class, by_words, chain
from agent.llm.redaction import MARK, Redaction
from agent.llm.retry_after import retry_after

LONGEST_QUOTE = 240
"""Characters of a provider's own words in a message."""

_HAPPENED = {
    FailureKind.AUTH: "refused the key",
    FailureKind.QUOTA: "has no quota or credit left for this key",
    FailureKind.BAD_REQUEST: "refused the request",
    FailureKind.NOT_FOUND: "was not found",
    FailureKind.RATE_LIMITED: "has had too many requests",
    FailureKind.SERVER: "failed on its own side",
    FailureKind.CONNECTION: "could not be reached, or the connection broke",
    FailureKind.TIMEOUT: "did not answer in time",
    FailureKind.PROTOCOL: "sent something that is no answer",
    FailureKind.REFUSED: "declined to answer",
}

_NEXT = {
    FailureKind.QUOTA: "Add credit at the provider, or choose another model.",
    FailureKind.BAD_REQUEST: "Choose a model that takes such requests.",
    FailureKind.NOT_FOUND: "Check the model's name and the base URL.",
    FailureKind.RATE_LIMITED: "Try again later, or choose another model.",
    FailureKind.SERVER: "Try again later, or choose another model.",
    FailureKind.CONNECTION: "Check that the server runs there, and the network.",
    FailureKind.TIMEOUT: "Try again, or choose a faster model.",
    FailureKind.PROTOCOL: "Check that the base URL is that of an API, often one that ends in /v1.",
    FailureKind.REFUSED: "Rephrase, or choose another model.",
}

SHORTEST = 8
"""Characters of a key; what is shorter is a word that a server without keys is given, like 'none'."""

_MASKED = re.compile(r"[\w-]*\*{3,}[\w*-]*")
"""Keys that a provider has masked in part."""


_BARE_STATUS = re.compile(r"(Client|Server) error '\d{3}")
"""What httpx says of a status; the body says more."""

_NAMES = re.compile(r"^(?:(?:litellm\.)?\w+(?:Error|Exception)(?:: | - ))+")


@dataclass(frozen=True)
class Failures:
    """Puts into words what goes wrong at one address. `variable` is the environment variable that its key comes from."""

    address: Address
    key: str | None = None
    variable: str | None = None

    def of(self, error: Exception) -> ModelError:
        """What an exception of an SDK, of HTTP or of a socket means."""
        if isinstance(error, ModelError):
            return error
        body = next((found for each in chain(error) if (found := getattr(each, "body", None))), None)
        kind = by_class(error)
        if kind is not None:
            return self.failed(kind, _said(error, body))
        status = _status(error, body)
        kind = by_words(f"{body or ''} {error}", status) or (FailureKind.SERVER if body else FailureKind.PROTOCOL)
        return self.failed(kind, _said(error, body), status=status, wait=retry_after(_headers(error)))

    def in_body(self, body: object) -> ModelError:
        """What an error object means that came with a status of success."""
        status = _code(body)
        return self.failed(by_words(str(body), status) or FailureKind.SERVER, _message(body), status=status)

    def failed(self, kind: FailureKind, said: str, *, status: int | None = None, wait: float | None = None) -> ModelError:
        """A failure of this kind, with what came back in short and the next step."""
        quote = _short(_redacted(said, self.key))
        came = ": ".join(part for part in (f"HTTP {status}" if status else "", quote) if part)
        return ModelError(kind, f"{self._place()} {_HAPPENED[kind]} ({came or 'no reason given'}). {self._next(kind)}", retry_after=wait)

    def _place(self) -> str:
        where = bare(self.address.base_url) if self.address.base_url else f"the provider {self.address.provider!r}"
        return f"the model {self.address.model!r} at {where}"

    def _next(self, kind: FailureKind) -> str:
        if kind is not FailureKind.AUTH:
            return _NEXT[kind]
        if not self.variable:
            return "Give a key that may use this model."
        return f"Set {self.variable} to a key that may use this model." if self.key else f"{self.variable} is not set: set it to your key."


def _redacted(text: str, key: str | None) -> str:
    return _MASKED.sub(MARK, Redaction().text(text.replace(key, MARK) if key and len(key) >= SHORTEST else text))


def _status(error: Exception, body: object) -> int | None:
    status = getattr(error, "status_code", None)
    return status if isinstance(status, int) else _code(body)


def _code(body: object) -> int | None:
    """The status that some providers write into the body of an error."""
    code = str(body.get("code", body.get("status", ""))) if isinstance(body, dict) else ""
    return int(code) if re.fullmatch(r"[345]\d\d", code) else None


def _said(error: Exception, body: object) -> str:
    if body:
        return _message(body)
    if moved := _headers(error).get("location"):
        return f"it has moved to {moved}"
    told = [str(each) for each in chain(error) if not _BARE_STATUS.match(str(each))]
    return _unwrapped(told[-1]) if told and told[-1] else type(list(chain(error))[-1]).__name__


def _unwrapped(text: str) -> str:
    """`text` without the names of exceptions that an SDK has put in front, and the message of a JSON body."""
    text = _NAMES.sub("", text)
    try:
        text = literal_eval(text).decode() if text.startswith(("b'", 'b"')) else text
        return _message(json.JSONDecoder().raw_decode(text, text.index("{"))[0])
    except (ValueError, SyntaxError):
        return text


def _message(body: Any) -> str:
    if isinstance(body, list) and len(body) == 1:
        return _message(body[0])
    told = (body.get("message") or body.get("detail") or body.get("error")) if isinstance(body, dict) else None
    return _message(told) if told else str(body)


def _headers(error: Exception) -> dict[str, str]:
    response = getattr(error, "response", None)
    found = getattr(error, "litellm_response_headers", None) or getattr(response, "headers", None) or {}
    return {str(name).lower(): str(value) for name, value in found.items()}


def _short(said: str) -> str:
    if "<html" in said.lower() or "<!doctype" in said.lower():
        title = re.search(r"<title>(.*?)</title>", said, re.IGNORECASE | re.DOTALL)
        said = f"a web page{f' titled {title[1].strip()!r}' if title else ''}"
    said = " ".join(said.split()).rstrip(".")
    return said if len(said) <= LONGEST_QUOTE else f"{said[:LONGEST_QUOTE]}…"
