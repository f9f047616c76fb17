"""Asking a model for one whole answer, with an account of what that took."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import asdict, dataclass, replace
from typing import Any, NamedTuple

from agent.errors import FailureKind, ModelError
from agent.llm.call import Address, Call, Model, Reply
from agent.llm.prices import Prices
from agent.llm.stream import opened
from agent.llm.telemetry import Took, observed
from agent.llm.trace import Trace, traced


@dataclass(frozen=True)
class CallRecord:
    """The account of one call, with the fields of `events.ModelCalled`. `cost` is in US dollars, None where unknown."""

    role: str
    model: str
    prompt: str
    outcome: str = "used"
    input_tokens: int | None = None
    cached_tokens: int | None = None
    output_tokens: int | None = None
    cost: float | None = None
    first_token_ms: float | None = None
    total_ms: float = 0.0
    attempts: int = 1
    replayed: bool = False

    def with_outcome(self, outcome: str) -> CallRecord:
        """The same call, with what became of its answer."""
        return replace(self, outcome=outcome)

    def fields(self) -> dict[str, Any]:
        """The fields of a `ModelCalled` event, but for its type and time."""
        return asdict(self)


class Asked(NamedTuple):
    """An answer and the account of the call."""

    reply: Reply
    record: CallRecord


class CallFailed(ModelError):
    """A model did not deliver; `record` accounts for the call, and the first failure is the `__cause__`."""

    def __init__(self, error: ModelError, record: CallRecord) -> None:
        super().__init__(error.kind, str(error), retry_after=error.retry_after)
        self.record = record


async def ask(
    model: Model,
    call: Call,
    *,
    on_piece: Callable[[str], None] | None = None,
    prices: Prices | None = None,
    clock: Callable[[], float] = time.monotonic,
) -> Asked:
    """The whole answer to `call`; each piece goes to `on_piece` as it arrives. `clock` counts seconds.

    Raises:
        CallFailed: the model did not deliver.
    """
    timer = _Timer(clock)
    with traced(model.address) as trace, observed(call, model.address) as observation:
        try:
            reply = await _drain(model, call, timer.hears(on_piece))
        except ModelError as error:
            record = _record(call, trace, timer)
            observation.failed(trace, _took(record), error.kind)
            raise CallFailed(error, record.with_outcome(f"failed: {error.kind}")) from error
        record = _record(call, trace, timer)
        observation.answered(trace, _took(record), reply)
    return Asked(reply, _priced(record, trace, reply, prices or Prices()))


async def _drain(model: Model, call: Call, hear: Callable[[str], None]) -> Reply:
    reply = None
    async with opened(model, call) as pieces:
        async for piece in pieces:
            if isinstance(piece, Reply):
                reply = piece
            else:
                hear(piece)
    if reply is None:
        raise ModelError(
            FailureKind.PROTOCOL, f"the model {model.address.model!r} ended without a reply. Try again, or choose another model."
        )
    return reply


class _Timer:
    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._start = clock()
        self.first_ms: float | None = None

    def hears(self, listener: Callable[[str], None] | None) -> Callable[[str], None]:
        """A listener that takes the time of the first piece before it passes it on."""

        def hear(piece: str) -> None:
            if self.first_ms is None:
                self.first_ms = self.elapsed_ms()
            if listener:
                listener(piece)

        return hear

    def elapsed_ms(self) -> float:
        return round((self._clock() - self._start) * 1000, 3)


def _record(call: Call, trace: Trace, timer: _Timer) -> CallRecord:
    return CallRecord(
        role=call.role,
        model=_name(trace.address),
        prompt=call.prompt.name,
        first_token_ms=timer.first_ms,
        total_ms=timer.elapsed_ms(),
        attempts=trace.attempts,
        replayed=trace.replayed,
    )


def _took(record: CallRecord) -> Took:
    return Took(None if record.first_token_ms is None else record.first_token_ms / 1000, record.total_ms / 1000)


def _name(address: Address) -> str:
    return str(address)


def _priced(record: CallRecord, trace: Trace, reply: Reply, prices: Prices) -> CallRecord:
    """The account with the tokens and the cost; what is replayed costs nothing."""
    usage = reply.usage
    cost = 0.0 if trace.replayed else prices.cost(trace.address, usage)
    if usage is None:
        return replace(record, cost=cost)
    return replace(record, input_tokens=usage.input_tokens, cached_tokens=usage.cached_tokens, output_tokens=usage.output_tokens, cost=cost)
