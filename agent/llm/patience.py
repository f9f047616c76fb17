"""Waiting for a model, and asking it again."""

from __future__ import annotations

import asyncio
import random
import time
from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import aclosing
from dataclasses import dataclass

from agent.errors import RETRYABLE, FailureKind, ModelError
from agent.llm.call import Call, Model, Reply, Wrapper
from agent.llm.stream import opened
from agent.llm.trace import note_attempt

FIRST_PAUSE = 0.5
LONGEST_PAUSE = 20.0
"""Seconds. The pause before attempt n+1 is drawn evenly from 0 to FIRST_PAUSE · 2ⁿ⁻¹, but never more than LONGEST_PAUSE."""


@dataclass(frozen=True)
class Limits:
    """How long to wait and how often to ask. `attempt_timeout` is up to the first piece and from piece to piece, `total_timeout`
    over all attempts and pauses; both in seconds."""

    attempt_timeout: float = 30.0
    total_timeout: float = 90.0
    attempts: int = 3


class Patient(Wrapper):
    """Asks a model again when it fails in a way that may pass, with exponential backoff and full jitter.

    Retry-After is honoured; when it asks for more than is left of the total, the call fails at once. What has been passed on
    is never repeated: an answer that breaks off after its first piece fails, and whoever showed it has to withdraw it.
    """

    def __init__(
        self,
        model: Model,
        *,
        limits: Limits | None = None,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], Awaitable[object]] = asyncio.sleep,
        rng: random.Random | None = None,
    ) -> None:
        super().__init__(model)
        self._limits = limits or Limits()
        self._clock = clock
        self._sleep = sleep
        self._rng = rng or random.Random()

    async def ask(self, call: Call) -> AsyncGenerator[str | Reply, None]:
        """The answer of the first attempt that does not fail."""
        deadline = self._clock() + self._limits.total_timeout
        attempt = 1
        while True:
            passed_on = False
            try:
                async with aclosing(self._attempt(call, deadline)) as pieces:
                    async for piece in pieces:
                        passed_on = True
                        yield piece
                return
            except ModelError as error:
                if passed_on:
                    raise
                pause = self._pause(error, attempt, deadline)
            await self._sleep(pause)
            attempt += 1
            note_attempt(self.address)

    async def _attempt(self, call: Call, deadline: float) -> AsyncGenerator[str | Reply, None]:
        async with opened(self._model, call) as pieces:
            while True:
                wait = min(self._limits.attempt_timeout, deadline - self._clock())
                try:
                    async with asyncio.timeout(wait):
                        piece = await anext(pieces)
                except StopAsyncIteration:
                    return
                except TimeoutError as error:
                    raise self._too_slow(deadline) from error
                yield piece

    def _too_slow(self, deadline: float) -> ModelError:
        """Says which limit ended the wait: the one from piece to piece, or the total."""
        total, silence = self._limits.total_timeout, self._limits.attempt_timeout
        took = self._clock() - (deadline - total)
        over = (
            f"was not done after {took:.3g} s, and may take {total:.3g} s in all" if took >= total else f"sent nothing for {silence:.3g} s"
        )
        return ModelError(FailureKind.TIMEOUT, f"the model {self.address.model!r} {over}. Try again, or choose a faster model.")

    def _pause(self, error: ModelError, attempt: int, deadline: float) -> float:
        """Seconds to wait before the next attempt.

        Raises:
            ModelError: there is no next attempt.
        """
        if error.kind not in RETRYABLE or attempt >= self._limits.attempts:
            raise error
        pause = self._rng.uniform(0, min(LONGEST_PAUSE, FIRST_PAUSE * 2 ** (attempt - 1))) + (error.retry_after or 0)
        left = deadline - self._clock()
        if pause >= left:
            raise ModelError(
                error.kind, f"{error} The next attempt would come in {pause:.3g} s, {_told(left)}.", retry_after=error.retry_after
            )
        return pause


class PatientUnheard(Patient):
    """Patience where nobody listens: pieces are passed on once the answer is whole, so one that breaks off is asked for anew."""

    async def _attempt(self, call: Call, deadline: float) -> AsyncGenerator[str | Reply, None]:
        async with aclosing(super()._attempt(call, deadline)) as pieces:
            kept = [piece async for piece in pieces]
        for piece in kept:
            yield piece


def _told(left: float) -> str:
    return f"and only {left:.3g} s are left" if left > 0 else "and no time is left"
