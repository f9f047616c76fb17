"""What one request to a model took, call by call: a structured answer may need several."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from agent.llm.asking import CallFailed, CallRecord, ask
from agent.llm.call import Call, Model, Reply
from agent.llm.prices import Prices

REPLACED = "asked again"
"""What became of an answer that a later call improved on."""
IN_PART = "used in part"
"""What became of one of which a later call replaced some."""


class Account:
    """Asks one model and keeps the record of every call, also of those that failed. `replaced` is what becomes of the answers before."""

    replaced = REPLACED

    def __init__(self, model: Model, *, prices: Prices | None = None, clock: Callable[[], float] = time.monotonic) -> None:
        self._model = model
        self._prices = prices
        self._clock = clock
        self._records: list[CallRecord] = []
        self.models: list[str] = []

    async def ask(self, call: Call) -> Reply:
        """The whole answer to `call`; the answers before it count as replaced.

        Raises:
            ModelError: the model did not deliver.
        """
        self.mark(self.replaced)
        try:
            asked = await ask(self._model, call, prices=self._prices, clock=self._clock)
        except CallFailed as error:
            self._records.append(error.record)
            raise
        self._records.append(asked.record)
        self.models.append(asked.reply.model)
        return asked.reply

    def mark(self, outcome: str) -> None:
        """Says of the answer used so far that it was not, and why."""
        self._records = [record.with_outcome(outcome) if record.outcome == "used" else record for record in self._records]

    def calls(self) -> list[dict[str, Any]]:
        """The fields of a `ModelCalled` event for every call, in order, but for its type and time."""
        return [record.fields() for record in self._records]


def usage_of(calls: Iterable[Mapping[str, Any]]) -> dict[str, Any]:
    """The sums over calls. `cost`, in US dollars, is None when that of any call is unknown."""
    listed = list(calls)
    costs = [call["cost"] for call in listed if not str(call["outcome"]).startswith("failed")]
    return {
        "calls": len(listed),
        **{kind: sum(call[kind] or 0 for call in listed) for kind in ("input_tokens", "cached_tokens", "output_tokens")},
        "cost": None if None in costs else round(sum(costs), 6),
    }
