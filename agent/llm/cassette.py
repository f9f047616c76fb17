"""Cassettes: a model's calls recorded into a folder, and played from it without a model and without a network.

An entry is found by everything that can change an answer (address, parameters, messages, schema, prompt). One call, one
file; each is written whole or not at all, so any number of processes may record into the same folder.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Literal

from agent.errors import FailureKind, ModelError, StoreUnwritable
from agent.llm import cassette_file, cassette_index
from agent.llm.call import Address, Call, Model, Reply, Role, Wrapper
from agent.llm.cassette_file import Entry
from agent.llm.cassette_miss import miss
from agent.llm.forms import FORMS
from agent.llm.redaction import Redaction
from agent.llm.stream import opened
from agent.llm.trace import note_replay

Pace = Literal["at_once", "recorded"]
"""Whether the pieces of an answer are played at once, or with the pauses in which they came."""

_NOT_THE_MODELS = frozenset({FailureKind.BUDGET, FailureKind.BREAKER, FailureKind.NOT_RECORDED})
"""Failures that are made on this side, and will be made again."""


class Recorder(Wrapper):
    """Passes a model's answers on and writes each into `folder`.

    Failures of the model are recorded too, until an answer takes their place: a session that went on without an answer
    is played the same way. A call that is closed before its end is not recorded. `clock` gives seconds since 1970,
    `timer` seconds from any point on.
    """

    def __init__(
        self,
        model: Model,
        folder: Path,
        *,
        provenance: str | None = None,
        clock: Callable[[], float] = time.time,
        timer: Callable[[], float] = time.perf_counter,
    ) -> None:
        super().__init__(model)
        self._folder = folder
        self._provenance = f"recorded from {model.address}" if provenance is None else provenance
        self._clock = clock
        self._timer = timer

    async def ask(self, call: Call) -> AsyncIterator[str | Reply]:
        """The answer of the model. It is on the disk before the last part is handed over.

        Raises:
            ModelError: what the model raised.
            ModelError: also NOT_RECORDED, where the folder cannot be written.
        """
        started = self._timer()
        pieces: list[tuple[float, str]] = []
        try:
            async with opened(self._model, call) as answer:
                async for part in answer:
                    if isinstance(part, Reply):
                        await self._keep(call, pieces, reply=part)
                    else:
                        pieces.append((round((self._timer() - started) * 1000, 1), part))
                    yield part
        except ModelError as error:
            if error.kind not in _NOT_THE_MODELS:
                await self._keep(call, pieces, failure=error)
            raise

    async def _keep(
        self, call: Call, pieces: list[tuple[float, str]], *, reply: Reply | None = None, failure: ModelError | None = None
    ) -> None:
        redaction = Redaction()
        entry = Entry(
            request=cassette_file.request_of(call, self.address, redaction),
            pieces=_unsplit(pieces, redaction),
            reply=reply,
            failure=failure,
            recorded_at=datetime.fromtimestamp(self._clock(), UTC).isoformat(timespec="seconds"),
            provenance=self._provenance,
        )
        try:
            await asyncio.to_thread(self._write, entry, call.role, redaction)
        except StoreUnwritable as error:
            raise ModelError(FailureKind.NOT_RECORDED, str(error)) from error

    def _write(self, entry: Entry, role: Role, redaction: Redaction) -> None:
        cassette_file.write(entry, self._folder, redaction)
        cassette_index.note(self._folder, role, self.address, redaction)


def _unsplit(pieces: list[tuple[float, str]], redaction: Redaction) -> tuple[tuple[float, str], ...]:
    """The pieces, put together where a secret may run across them."""
    whole = "".join(text for _, text in pieces)
    return tuple(pieces) if redaction.text(whole) == whole else ((pieces[0][0], whole),)


class Player(Model):
    """Plays the calls in `folder` as the model that was recorded there in `role`. It never opens a connection.

    `address` says which model to play where several were recorded in that role.

    Raises:
        InputError: nothing was recorded there in that role, or several models were.
    """

    def __init__(
        self,
        folder: Path,
        role: Role | None = None,
        *,
        address: Address | None = None,
        pace: Pace = "at_once",
        sleep: Callable[[float], Awaitable[Any]] = asyncio.sleep,
    ) -> None:
        self.address = address or cassette_index.recorded_as(role, folder)
        self._folder = folder
        self._pace = pace
        self._sleep = sleep
        self._redaction = Redaction()

    async def ask(self, call: Call) -> AsyncIterator[str | Reply]:
        """The answer as it was recorded.

        Raises:
            CassetteMiss: this call was not recorded; the text names the nearest and what differs.
            ModelError: NOT_RECORDED where the file is damaged, else the failure that was recorded.
        """
        note_replay()
        entry = self._find(call)
        passed = 0.0
        for after, text in entry.pieces:
            if self._pace == "recorded":
                await self._sleep((after - passed) / 1000)
                passed = after
            yield text
        if entry.reply is None:
            raise entry.failure or cassette_file.damaged(self._folder, "an entry holds neither an answer nor a failure")
        yield entry.reply

    def holds(self, call: Call) -> bool:
        """Whether something was recorded for a call, in whatever form it was asked for; it may still be damaged."""
        requests = (cassette_file.request_of(replace(call, form=form), self.address, self._redaction) for form in FORMS)
        return any(cassette_file.path_of(cassette_file.key_of(request), self._folder).exists() for request in requests)

    def _find(self, call: Call) -> Entry:
        request = cassette_file.request_of(call, self.address, self._redaction)
        try:
            return cassette_file.find(request, self._folder)
        except FileNotFoundError:
            raise miss(request, self._folder) from None
