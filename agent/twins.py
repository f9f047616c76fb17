"""The plain functions of an interview: each runs its coroutine where no event loop does."""

from __future__ import annotations

from abc import ABC, abstractmethod

from agent.sync import run_sync
from agent.utterance import Utterance


class Twins(ABC):
    """What an interview can do, with and without a running loop."""

    @abstractmethod
    async def astart(self) -> list[Utterance]:
        """Opens the scene; returns the first lines."""

    @abstractmethod
    async def asay(
        self, answer: str, *, to: str | None = None, seconds: float | None = None, resumed_after: float | None = None
    ) -> list[Utterance]:
        """Says something as the candidate; returns what is answered."""

    @abstractmethod
    async def adraft(self, text: str) -> list[Utterance]:
        """Shows the room an answer as far as it is typed; returns what somebody cuts in with."""

    @abstractmethod
    async def asilence(self, seconds: float) -> list[Utterance]:
        """Tells the scene that the candidate has said nothing for so long."""

    @abstractmethod
    async def aleave(self) -> list[Utterance]:
        """Leaves the scene for good."""

    def start(self) -> list[Utterance]:
        """See `astart`."""
        return run_sync(self.astart())

    def say(
        self, answer: str, *, to: str | None = None, seconds: float | None = None, resumed_after: float | None = None
    ) -> list[Utterance]:
        """See `asay`."""
        return run_sync(self.asay(answer, to=to, seconds=seconds, resumed_after=resumed_after))

    def draft(self, text: str) -> list[Utterance]:
        """See `adraft`."""
        return run_sync(self.adraft(text))

    def silence(self, seconds: float) -> list[Utterance]:
        """See `asilence`."""
        return run_sync(self.asilence(seconds))

    def leave(self) -> list[Utterance]:
        """See `aleave`."""
        return run_sync(self.aleave())
