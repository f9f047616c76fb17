"""Parameters that a model does not take: found in its refusal, and left out from then on."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable, Mapping
from typing import Any, TypeVar

T = TypeVar("T")

INSTEAD = {"max_tokens": "max_completion_tokens", "max_completion_tokens": "max_tokens"}
"""Two names of one thing: where one is refused, the other is tried before it is left out."""

OPTIONAL = ("temperature", "seed", "stream_options", *INSTEAD)
"""What a request can do without, so that a model which refuses it can be asked all the same."""

_NOT_TAKEN = re.compile(
    r"unsupported|not support|unrecogni[sz]ed|unknown|unexpected|extra.(field|input|forbidden)|not (permitted|allowed)|only the default",
    re.IGNORECASE,
)
_ONLY_ITS_VALUE = re.compile(r"context.length|too (large|long|small)|at (most|least)|must be|greater|less than", re.IGNORECASE)
"""Then the parameter is taken, and leaving it out would ask for something else in silence."""


class Rejected:
    """What one model has refused so far."""

    def __init__(self) -> None:
        self._names: set[str] = set()

    async def send(self, fields: Mapping[str, Any], request: Callable[..., Awaitable[T]]) -> T:
        """What `request` gives for these fields, sent again as long as the model refuses one it has not refused before."""
        while True:
            sent = self._fitted(fields)
            try:
                return await request(**sent)
            except Exception as error:
                if not self._learn(sent, error):
                    raise

    def _fitted(self, fields: Mapping[str, Any]) -> dict[str, Any]:
        renamed = {self._name(name): value for name, value in fields.items()}
        return {name: value for name, value in renamed.items() if name not in self._names}

    def _learn(self, sent: Mapping[str, Any], error: Exception) -> bool:
        """Whether `error` refuses a parameter of those `sent` that can be changed, and is new."""
        name = _named(sent, error)
        if name is None or name in self._names:
            return False
        self._names.add(name)
        return True

    def _name(self, name: str) -> str:
        other = INSTEAD.get(name)
        return other if other and name in self._names else name


def _named(sent: Mapping[str, Any], error: Exception) -> str | None:
    """The refused parameter; of several that the text names, the first in it."""
    if getattr(error, "status_code", None) not in (400, 422):
        return None
    text = f"{getattr(error, 'body', None) or ''} {error}"
    if not _NOT_TAKEN.search(text) or _ONLY_ITS_VALUE.search(text):
        return None
    asked = [name for name in OPTIONAL if name in sent]
    if (param := getattr(error, "param", None)) in asked:
        return str(param)
    found = {name: at.start() for name in asked if (at := re.search(rf"\b{name}\b", text))}
    return min(found, key=lambda name: found[name]) if found else None
