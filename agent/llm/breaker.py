"""A circuit breaker: a model that keeps failing is left alone for a while, so that nobody waits for it in vain."""

from __future__ import annotations

import threading
import time
from collections.abc import AsyncGenerator, Callable

from agent.errors import RETRYABLE, FailureKind, ModelError
from agent.llm.call import Address, Call, Model, Reply, Wrapper
from agent.llm.stream import opened

COUNTED = RETRYABLE | {FailureKind.AUTH, FailureKind.QUOTA, FailureKind.NOT_FOUND}
"""Failures of the address. The others lie in the one call or its answer, and show that the model lives."""


class Breaker:
    """Whether one address may be asked. Any thread or task may use it.

    It opens after `failures` failures in a row; after `rest` seconds one call is let through as a trial, and its outcome
    closes the breaker or opens it anew.
    """

    def __init__(self, address: Address, *, failures: int = 3, rest: float = 30.0, clock: Callable[[], float] = time.monotonic) -> None:
        self._address = address
        self._allowed = failures
        self._rest = rest
        self._clock = clock
        self._lock = threading.Lock()
        self._failed = 0
        self._open_until: float | None = None
        self._trial: object | None = None

    def enter(self) -> object:
        """A ticket for one call, to be handed back through `leave`.

        Raises:
            ModelError: the breaker is open; its `kind` is BREAKER.
        """
        ticket = object()
        with self._lock:
            if self._open_until is None:
                return ticket
            left = self._open_until - self._clock()
            if left > 0 or self._trial:
                raise self._refusal(max(left, 0))
            self._trial = ticket
            return ticket

    def leave(self, ticket: object, outcome: FailureKind | None) -> None:
        """Takes note of how a call ended; None is an answer."""
        with self._lock:
            was_trial = ticket is self._trial
            self._trial = None if was_trial else self._trial
            if outcome not in COUNTED:
                self._failed, self._open_until = 0, None
                return
            self._failed += 1
            if was_trial or (self._open_until is None and self._failed >= self._allowed):
                self._open_until = self._clock() + self._rest

    def forget(self, ticket: object) -> None:
        """Takes back a call that was given up before it had an outcome."""
        with self._lock:
            self._trial = None if ticket is self._trial else self._trial

    def _refusal(self, left: float) -> ModelError:
        message = (
            f"the model {self._address.model!r} of {self._address.provider!r} has failed {self._failed} times in a row and is left alone"
            f" for {left:.0f} s more. Try again then, or choose another model."
        )
        return ModelError(FailureKind.BREAKER, message, retry_after=left)


class Breakers:
    """One breaker for each address, the same for everyone who asks."""

    def __init__(self, *, failures: int = 3, rest: float = 30.0, clock: Callable[[], float] = time.monotonic) -> None:
        self._failures = failures
        self._rest = rest
        self._clock = clock
        self._lock = threading.Lock()
        self._breakers: dict[Address, Breaker] = {}

    def of(self, address: Address) -> Breaker:
        """The breaker of `address`."""
        with self._lock:
            if address not in self._breakers:
                self._breakers[address] = Breaker(address, failures=self._failures, rest=self._rest, clock=self._clock)
            return self._breakers[address]


SHARED = Breakers()
"""Those of this process, for all its sessions."""


class Guarded(Wrapper):
    """A model behind a breaker. It goes around `Patient`, whose timeouts a breaker inside would see as mere cancellations."""

    def __init__(self, model: Model, breaker: Breaker | None = None) -> None:
        super().__init__(model)
        self._breaker = breaker or SHARED.of(model.address)

    async def ask(self, call: Call) -> AsyncGenerator[str | Reply, None]:
        """The model's answer, unless its breaker is open."""
        ticket = self._breaker.enter()
        try:
            async with opened(self._model, call) as pieces:
                async for piece in pieces:
                    if isinstance(piece, Reply):
                        self._breaker.leave(ticket, None)
                    yield piece
        except ModelError as error:
            self._breaker.leave(ticket, error.kind)
            raise
        except BaseException:
            self._breaker.forget(ticket)
            raise
