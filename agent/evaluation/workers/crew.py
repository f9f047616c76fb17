"""A crew: other processes that do pieces of work, here or on a cluster, each handed a text and handing one back."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import Future, as_completed
from contextlib import contextmanager
from dataclasses import dataclass

from agent.errors import InstrumentError

Work = Callable[[str], str]
"""A function at the top of a module: other processes find it by its name."""


@dataclass(frozen=True)
class Crew:
    """Who takes orders, by `submit`. `in_hand` is how many keep all of them busy.

    `losses` are what is said of errors that are not of the work but of the crew, the first that fits, with the error in place of `{error}`.
    """

    submit: Callable[[Work, str], Future[str]]
    in_hand: int
    losses: Mapping[type[Exception], str]

    async def do(self, work: Work, order: str) -> str:
        """What comes of one order. It is taken back when nobody waits for it any more.

        Raises:
            InstrumentError: the crew cannot do it.
        """
        loop, is_done = asyncio.get_running_loop(), asyncio.Event()

        def wake(done: Future[str]) -> None:
            if not loop.is_closed():
                loop.call_soon_threadsafe(is_done.set)

        with self._telling():
            handed = self.submit(work, order)
            handed.add_done_callback(wake)
            try:
                await is_done.wait()
            except asyncio.CancelledError:
                handed.cancel()
                raise
            return handed.result()

    def each(self, work: Work, orders: Sequence[str]) -> Iterator[str]:
        """What comes of each order, as it is done, each once.

        Raises:
            InstrumentError: the crew cannot do one.
        """
        with self._telling():
            for done in as_completed([self.submit(work, order) for order in orders]):
                yield done.result()

    @contextmanager
    def _telling(self) -> Iterator[None]:
        try:
            yield
        except tuple(self.losses) as error:
            told = next(told for kind, told in self.losses.items() if isinstance(error, kind))
            raise InstrumentError(told.replace("{error}", str(error) or type(error).__name__)) from error
