"""Ends every process of a run, also those that moved away from it."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

MARK = "HOTSEAT_RUN"
"""The environment variable that every process of a run inherits."""

_ROUNDS = 100
_PROCESSES = Path("/proc")


def end_group(leader: int) -> None:
    """Kills the process group of `leader`; on a system without groups, `leader` has to be killed by itself."""
    if hasattr(os, "killpg"):
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(leader, signal.SIGKILL)


def end_marked(mark: str) -> None:
    """Kills whatever carries `mark` in its environment, until nothing is left; only Linux tells who does.

    A process in a group of its own is found, one that was started with another environment is not.
    """
    for _ in range(_ROUNDS):
        found = list(_marked(f"{MARK}={mark}".encode()))
        for process in found:
            with suppress(OSError):
                os.kill(process, signal.SIGKILL)
        if not found:
            return


def _marked(entry: bytes) -> Iterator[int]:
    if not _PROCESSES.is_dir():
        return
    for folder in _PROCESSES.iterdir():
        if folder.name.isdigit() and entry in _environment(folder):
            yield int(folder.name)


def _environment(process: Path) -> list[bytes]:
    try:
        return (process / "environ").read_bytes().split(b"\0")
    except OSError:
        return []
