"""What the sandbox is told to do, as one line of JSON on its standard input."""

from __future__ import annotations

from typing import Literal, TypedDict, get_args

Guard = Literal["rlimits", "landlock", "seccomp"]
GUARDS: tuple[Guard, ...] = get_args(Guard)


class Job(TypedDict):
    """One run: a file, the test it has to pass, and the limits it has to keep."""

    nonce: str
    """Precedes every message of the sandbox; nobody else knows it."""
    folder: str
    """Holds the file and its test; the only place that can be written."""
    file: str
    test_file: str
    test: str
    packages: list[str]
    """Where numpy and its like are found."""
    readable: list[str]
    """What may be read outside the folder."""
    guards: list[Guard]
    cpu_seconds: int
    memory: int
    """Address space in bytes."""
    file_size: int
    open_files: int
