"""The room listens while a person types: somebody may cut in, or say something when nothing is typed."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING

from agent.errors import HotseatError
from agent.interview.interruption import silence_after

if TYPE_CHECKING:
    from agent.cli.screen import Screen
    from agent.session import Interview
    from agent.utterance import Utterance

LOOK_EVERY = 0.03
"""Seconds between two looks at the draft."""


@dataclass
class Listening:
    """Shows the room each change of the draft, and the room's lines above it.

    `is_ready` says whether the people have read up on the scene; before that nobody cuts in.
    """

    interview: Interview
    screen: Screen
    is_ready: Callable[[], bool]
    resumed_after: float | None = field(default=None, init=False)
    _changed_at: float = field(default=0.0, init=False)
    _cut_at: float | None = field(default=None, init=False)

    async def watch(self, draft: Callable[[], str], show: Callable[[Callable[[], None]], Awaitable[None]]) -> None:
        """Looks at the draft until it is cancelled; `show` runs a function that prints, with the prompt out of the way."""
        self.resumed_after, self._cut_at = None, None
        self._changed_at, seen, was_ready = time.monotonic(), draft(), self.is_ready()
        while True:
            await asyncio.sleep(LOOK_EVERY)
            text = draft()
            if not was_ready and self.is_ready():
                seen, was_ready = "", True
            typed = text != seen
            said = await self._typed(text) if typed else await self._nothing_typed(text)
            seen = text
            if said:
                await show(partial(self.screen.cuts_in, said, self.interview.stage))
                self._cut_at = time.monotonic() if typed else self._cut_at

    async def _typed(self, text: str) -> list[Utterance]:
        self._changed_at = time.monotonic()
        if self._cut_at is not None and self.resumed_after is None:
            self.resumed_after = round(self._changed_at - self._cut_at, 1)
        if text.startswith("/") or not self.is_ready():
            return []
        with suppress(HotseatError):
            return await self.interview.adraft(text)
        return []

    async def _nothing_typed(self, text: str) -> list[Utterance]:
        if self.interview.calm or not self.interview.is_started or text.startswith("/"):
            return []
        due = silence_after(self.interview.stage, self.interview.scene)
        idle = time.monotonic() - self._changed_at
        if due is None or idle < due * (2 if text.strip() else 1):
            return []
        self._changed_at = time.monotonic()
        with suppress(HotseatError):
            return await self.interview.asilence(round(idle, 1))
        return []
