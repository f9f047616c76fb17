"""One line that says how far a run is, on a terminal; nothing where output goes into a file."""

from __future__ import annotations

import time
from types import TracebackType
from typing import TYPE_CHECKING, TextIO

if TYPE_CHECKING:
    from agent.evaluation.runs.runner import Progress

EVERY = 0.1
"""Seconds between two drawings."""


class Line:
    """The line; it is gone at the end."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream
        self._moves = stream.isatty()
        self._drawn = 0.0
        self._width = 0

    def __enter__(self) -> Line:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._draw("")

    def tell(self, progress: Progress) -> None:
        """Shows how far a run is, some times a second."""
        self.show(_told(progress))

    def show(self, text: str) -> None:
        """Shows a text in place of the last one, some times a second."""
        now = time.monotonic()
        if self._moves and not 0 <= now - self._drawn < EVERY:
            self._drawn = now
            self._draw(text)

    def say(self, sentence: str) -> None:
        """A sentence that stays."""
        self._draw("")
        self._stream.write(f"{sentence}\n")
        self._stream.flush()

    def _draw(self, text: str) -> None:
        if self._moves:
            self._stream.write(f"\r{text.ljust(self._width)}\r{text}")
            self._stream.flush()
            self._width = len(text)


def _told(progress: Progress) -> str:
    cost = progress.calls.cost
    price = f", ${cost:.4f}" if cost else ", price unknown" if cost is None else ""
    calls = f", {progress.calls.number:,} calls{price}" if progress.calls.number else ""
    probes = f", {progress.for_probes:,} for probes" if progress.for_probes else ""
    return f"{progress.stage}: {progress.items:,} of {progress.planned:,} items{probes}{calls}"
