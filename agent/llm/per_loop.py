"""Clients that belong to an event loop and are closed with it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Awaitable, Callable
from typing import Generic, TypeVar
from weakref import WeakKeyDictionary

T = TypeVar("T")


class PerLoop(Generic[T]):
    """One client for each event loop, opened when first asked for.

    Each is held by an async generator, and a loop that ends in order closes its generators: so a client is closed at the
    end of `asyncio.run` without anyone having to remember it.
    """

    def __init__(self, open_client: Callable[[], T], close_client: Callable[[T], Awaitable[object]]) -> None:
        self._open = open_client
        self._close = close_client
        self._clients: WeakKeyDictionary[asyncio.AbstractEventLoop, tuple[T, AsyncGenerator[T, None]]] = WeakKeyDictionary()

    async def get(self) -> T:
        """The client of the running loop."""
        loop = asyncio.get_running_loop()
        if loop not in self._clients:
            life = self._life(loop)
            self._clients[loop] = (await anext(life), life)
        return self._clients[loop][0]

    async def aclose(self) -> None:
        """Closes the client of the running loop; the next `get` opens another."""
        if held := self._clients.get(asyncio.get_running_loop()):
            await held[1].aclose()

    async def _life(self, loop: asyncio.AbstractEventLoop) -> AsyncGenerator[T, None]:
        client = self._open()
        try:
            yield client
        finally:
            self._clients.pop(loop, None)
            await self._close(client)
