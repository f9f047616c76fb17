"""How fast a model is asked: so many calls at a time, so many a minute, and none while it asks to be left alone."""

from __future__ import annotations

import asyncio
import time
from collections import deque
from collections.abc import AsyncGenerator, Awaitable, Callable

from agent.errors import FailureKind, ModelError
from agent.llm.call import Call, Model, Reply, Wrapper
from agent.llm.stream import opened

MINUTE = 60.0


class Pace:
    """One for all calls of one judge. A retry counts as a call of its own; only new calls wait for their turn.

    `longest`: seconds; who asks to be left alone for longer is asked all the same, and its refusal ends the run.
    """

    def __init__(
        self,
        at_once: int,
        a_minute: int | None = None,
        *,
        longest: float = 600.0,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], Awaitable[object]] = asyncio.sleep,
    ) -> None:
        self._free = asyncio.Semaphore(at_once)
        self._a_minute = a_minute
        self._longest = longest
        self._clock = clock
        self._sleep = sleep
        self._begun: deque[float] = deque()
        self._held_until = 0.0

    async def __aenter__(self) -> None:
        """Waits for a turn."""
        await self._free.acquire()
        try:
            while (wait := self._wait()) > 0:
                await self._sleep(wait)
        except BaseException:
            self._free.release()
            raise

    async def __aexit__(self, *raised: object) -> None:
        """Gives the turn back."""
        self._free.release()

    def begun(self) -> None:
        """A request is sent."""
        if self._a_minute is not None:
            self._begun.append(self._clock())

    def hold(self, seconds: float) -> None:
        """Nothing new begins for so long."""
        if seconds <= self._longest:
            self._held_until = max(self._held_until, self._clock() + seconds)

    def _wait(self) -> float:
        """Seconds until the next call may begin, as far as is known now."""
        now = self._clock()
        while self._begun and self._begun[0] <= now - MINUTE:
            self._begun.popleft()
        full = self._a_minute is not None and len(self._begun) >= self._a_minute
        return max(self._held_until - now, self._begun[-(self._a_minute or 0)] + MINUTE - now if full else 0.0)


class Paced(Wrapper):
    """A model that is asked at a pace. It goes around patience, whose timeouts then do not count the wait; hands on whole answers."""

    def __init__(self, model: Model, pace: Pace) -> None:
        super().__init__(model)
        self._pace = pace

    async def ask(self, call: Call) -> AsyncGenerator[str | Reply, None]:
        """The whole answer, when its turn has come."""
        async with self._pace, opened(self._model, call) as pieces:
            whole = [piece async for piece in pieces if isinstance(piece, Reply)]
        for reply in whole:
            yield reply


class Counted(Wrapper):
    """What sends the requests: tells the pace of every attempt, and for how long the provider wants to be left alone."""

    def __init__(self, model: Model, pace: Pace) -> None:
        super().__init__(model)
        self._pace = pace

    async def ask(self, call: Call) -> AsyncGenerator[str | Reply, None]:
        """The model's answer."""
        self._pace.begun()
        try:
            async with opened(self._model, call) as pieces:
                async for piece in pieces:
                    yield piece
        except ModelError as error:
            if error.kind is FailureKind.RATE_LIMITED and error.retry_after:
                self._pace.hold(error.retry_after)
            raise
