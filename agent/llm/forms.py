"""Which way of asking for JSON an address takes, found out by being turned down."""

from __future__ import annotations

import re

from agent.errors import FailureKind, ModelError
from agent.llm.call import Address, Form

FORMS: tuple[Form, ...] = ("schema", "tool", "text")
"""From the strictest to the one that every model takes."""

_SAYS_NO = frozenset({FailureKind.BAD_REQUEST, FailureKind.NOT_FOUND})
"""Some gateways answer 404 where no server behind them knows tools."""

_NAMES_FORM: dict[Form, re.Pattern[str]] = {
    "schema": re.compile(r"response.?format|json.?schema|\bschema\b|structured.?output|\bgrammar\b|guided", re.IGNORECASE),
    "tool": re.compile(r"\btools?\b|tool.?(choice|use|call)|function.?call|\bfunctions?\b", re.IGNORECASE),
}

_TOO_LONG = re.compile(r"context.?(length|window|size)|maximum context|too (long|large)", re.IGNORECASE)
"""Where the request as a whole does not fit, providers count the tokens of its tools, too."""


class Forms:
    """Remembers the form that each address takes. One object serves any number of tasks of a process."""

    def __init__(self) -> None:
        self._reached: dict[Address, int] = {}

    def of(self, address: Address, wished: Form = "schema") -> Form:
        """The strictest form, from `wished` on, that `address` has not turned down."""
        return FORMS[max(self._reached.get(address, 0), FORMS.index(wished))]

    def give_up(self, address: Address, form: Form) -> None:
        """Never asks `address` in `form` again."""
        self._reached[address] = max(self._reached.get(address, 0), FORMS.index(form) + 1)


def is_turned_down(form: Form, error: ModelError) -> bool:
    """Whether `error` says that the provider knows no such form, so that the next one may do."""
    names = _NAMES_FORM.get(form)
    said = str(error)
    return names is not None and error.kind in _SAYS_NO and names.search(said) is not None and not _TOO_LONG.search(said)
