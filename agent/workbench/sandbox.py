"""Starts the sandbox, takes in what it prints up to a limit, and ends all of it."""

from __future__ import annotations

import json
import os
import secrets
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from threading import Thread
from typing import IO

from agent.workbench.inside.job import Job
from agent.workbench.left_over import MARK, end_group, end_marked
from agent.workbench.limits import Limits
from agent.workbench.result import Outcome

_START = "import sys; sys.path.insert(0, sys.argv.pop()); from agent.workbench.inside.main import start; start()"
_OPTIONS = ("-I", "-S", "-B", "-X", "utf8")
_SOURCE = str(Path(__file__).parents[2])
_ONE_THREAD = {f"{library}_NUM_THREADS": "1" for library in ("OPENBLAS", "OMP", "MKL")}
"""Every thread of a numerics library takes address space for itself."""
_NEEDED_BY_WINDOWS = ("SYSTEMROOT", "SYSTEMDRIVE")
_CHUNK = 65536
_PAUSE = 0.02
_LAST_WORDS = 2.0


@dataclass(frozen=True)
class Ended:
    """A run that is over. `stopped` says why it was, if it was; `code` is None if it could not begin."""

    code: int | None
    printed: bytes
    sealed: bytes
    seconds: float
    stopped: Outcome | None = None


def run_sandbox(job: Job, limits: Limits) -> Ended:
    """Does the job in a process of its own, and returns when nothing of it runs any more."""
    began, mark = time.monotonic(), secrets.token_hex(16)
    try:
        process = _start(job["folder"], mark)
    except OSError as error:
        return Ended(None, str(error.strerror).encode(), b"", 0.0)
    sealed, printed = _Drain(process.stdout, limits.printed), _Drain(process.stderr, limits.printed)
    with process:
        try:
            _hand_over(process, job)
            stopped = _wait(process, (sealed, printed), Path(job["folder"]), limits, began)
        finally:
            _end(process, mark)
            sealed.join(_LAST_WORDS)
            printed.join(_LAST_WORDS)
    if printed.is_full or sealed.is_full:
        stopped = Outcome.TOO_MUCH_OUTPUT
    return Ended(process.returncode, bytes(printed.taken), bytes(sealed.taken), time.monotonic() - began, stopped)


def _start(folder: str, mark: str) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, *_OPTIONS, "-c", _START, _SOURCE],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        bufsize=0,
        cwd=folder,
        env=_environment(folder, mark),
        start_new_session=True,
    )


def _environment(folder: str, mark: str) -> dict[str, str]:
    """No key, no path and no name of the user's environment."""
    kept = {name: os.environ[name] for name in _NEEDED_BY_WINDOWS if name in os.environ}
    places = dict.fromkeys(("HOME", "TMPDIR", "TEMP", "TMP"), folder)
    return {**kept, **places, **_ONE_THREAD, MARK: mark, "LANG": "C.UTF-8"}


class _Drain(Thread):
    """Reads a pipe to its end, or until there is more than `most`."""

    def __init__(self, pipe: IO[bytes] | None, most: int) -> None:
        super().__init__(daemon=True)
        assert pipe
        self._pipe, self._most = pipe, most
        self.taken = bytearray()
        self.is_full = False
        self.start()

    def run(self) -> None:
        with suppress(OSError, ValueError):
            while chunk := self._pipe.read(_CHUNK):
                self.taken += chunk
                if len(self.taken) > self._most:
                    self.is_full = True
                    return


def _hand_over(process: subprocess.Popen[bytes], job: Job) -> None:
    assert process.stdin
    with suppress(BrokenPipeError):
        process.stdin.write(json.dumps(job).encode() + b"\n")
        process.stdin.close()


def _wait(process: subprocess.Popen[bytes], drains: tuple[_Drain, ...], folder: Path, limits: Limits, began: float) -> Outcome | None:
    while process.poll() is None:
        if time.monotonic() - began > limits.seconds:
            return Outcome.TIMED_OUT
        if any(drain.is_full for drain in drains) or _is_overfull(folder, limits):
            return Outcome.TOO_MUCH_OUTPUT
        with suppress(subprocess.TimeoutExpired):
            process.wait(_PAUSE)
    return Outcome.TOO_MUCH_OUTPUT if _is_overfull(folder, limits) else None


def _is_overfull(folder: Path, limits: Limits) -> bool:
    """Whether the folder holds too much; looks no further than it has to."""
    size = 0
    for entries, entry in enumerate(_entries(folder)):
        with suppress(OSError):
            size += entry.stat(follow_symlinks=False).st_size
        if size > limits.folder_size or entries > limits.folder_entries:
            return True
    return False


def _entries(folder: str | Path) -> Iterator[os.DirEntry[str]]:
    with suppress(OSError), os.scandir(folder) as found:
        for entry in found:
            yield entry
            if entry.is_dir(follow_symlinks=False):
                yield from _entries(entry.path)


def _end(process: subprocess.Popen[bytes], mark: str) -> None:
    end_group(process.pid)
    process.kill()
    process.wait()
    end_marked(mark)
