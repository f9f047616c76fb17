"""The way a verdict leaves the sandbox: a pipe of its own, and a nonce before every message."""

from __future__ import annotations

import os
import sys
from typing import NamedTuple


class Verdict(NamedTuple):
    """What came of a run: how many tests began, which passed, and what the edited file replaced of what they rely on."""

    ran: int = 0
    passed: tuple[str, ...] = ()
    replaced: tuple[str, ...] = ()
    out_of_memory: bool = False


class Seal:
    """Sends messages that start with the nonce. Takes the standard output for itself; what is printed goes to standard error."""

    def __init__(self, nonce: str) -> None:
        self._nonce = nonce.encode()
        self._channel = os.dup(1)
        os.dup2(2, 1)
        self._write, self._exit = os.write, os._exit
        self._no_memory = self._nonce + b" " + repr(tuple(Verdict(out_of_memory=True))).encode() + b"\n"

    def started(self) -> None:
        """Says that the limits are set and the edited file comes next."""
        self._write(self._channel, self._nonce + b" started\n")

    def close(self, verdict: Verdict) -> None:
        """Sends the verdict and ends the process at once, whatever threads and exit handlers are left."""
        self._write(self._channel, b"%b %a\n" % (self._nonce, tuple(verdict)))
        self._exit(0)

    def close_without_memory(self) -> None:
        """Like `close`, without asking for memory."""
        self._write(self._channel, self._no_memory)
        self._exit(0)


def quiet_input() -> None:
    """Nothing is left to read on standard input, and lines are printed as they come."""
    nothing = os.open(os.devnull, os.O_RDONLY)
    os.dup2(nothing, 0)
    os.close(nothing)
    sys.stdout.reconfigure(line_buffering=True)  # type: ignore[union-attr]
