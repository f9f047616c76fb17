"""How much an edited file may use of the machine while its test runs."""

from __future__ import annotations

from dataclasses import dataclass

MIB = 2**20


@dataclass(frozen=True)
class Limits:
    """The limits of one run. Sizes are in bytes."""

    seconds: float = 10
    """By the clock on the wall."""
    cpu_seconds: int = 10
    """Of processor time, which several threads use up faster."""
    memory: int = 1024 * MIB
    """Address space; numpy alone takes about 150 MiB."""
    file_size: int = 5 * MIB
    folder_size: int = 20 * MIB
    folder_entries: int = 500
    open_files: int = 64
    printed: int = MIB // 4
    """What may be printed in all; a run that prints more is stopped."""
    shown: int = 6000
    """Characters at the end of what was printed that are kept."""
