"""What happens to one call on its way through retries and fallbacks, for the account that is kept of it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass

from agent.llm.call import Address


@dataclass
class Trace:
    """`attempts` counts requests for the answer; `address` is where the last of them went; `replayed` says that nothing was sent."""

    address: Address
    attempts: int = 1
    replayed: bool = False


_TRACE: ContextVar[Trace | None] = ContextVar("trace", default=None)


@contextmanager
def traced(address: Address) -> Iterator[Trace]:
    """Follows every call made inside, which first goes to `address`."""
    trace = Trace(address)
    token = _TRACE.set(trace)
    try:
        yield trace
    finally:
        _TRACE.reset(token)


def note_attempt(address: Address) -> None:
    """Counts one more attempt, at `address`."""
    if trace := _TRACE.get():
        trace.attempts += 1
        trace.address = address


def note_replay() -> None:
    """Marks the call as answered without a model."""
    if trace := _TRACE.get():
        trace.replayed = True
