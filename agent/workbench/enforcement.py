"""What the sandbox really keeps out on this system: found by trying, once per process."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, fields
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from agent.workbench.inside.job import GUARDS, Guard
from agent.workbench.limits import Limits
from agent.workbench.run import check

_PROBE = Path(__file__).parent / "inside" / "probe.py"
_NOT_HERE = "not enforced on this system"


@dataclass(frozen=True)
class Enforcement:
    """What an edited file cannot do while its test runs. Time and printed output are limited on every system."""

    network: bool
    files: bool
    processes: bool
    memory: bool
    file_size: bool

    def describe(self) -> tuple[str, ...]:
        """A sentence for each, and one for what needs no support of the system."""
        limits = Limits()
        return (
            f"network: {_or_not(self.network, 'blocked')}",
            f"files outside its folder: {_or_not(self.files, 'blocked, but for those of Python and of the system')}",
            f"starting other programs: {_or_not(self.processes, 'blocked')}",
            f"memory: {_or_not(self.memory, f'at most {limits.memory >> 20} MiB')}",
            f"size of a file it writes: {_or_not(self.file_size, f'at most {limits.file_size >> 20} MiB')}",
            f"time and output: at most {limits.seconds:g} s and {limits.printed >> 10} KiB",
        )

    def is_complete(self) -> bool:
        """Whether everything is enforced."""
        return all(getattr(self, field.name) for field in fields(self))


@cache
def enforced(guards: tuple[Guard, ...] = GUARDS) -> Enforcement:
    """Tries each of it in a sandbox with all its guards, or with those given. What could not be tried counts as not enforced."""
    verdict = None
    with suppress(OSError), TemporaryDirectory(prefix="hotseat-probe-") as name:
        outside = Path(name) / "outside.txt"
        outside.write_text("outside", encoding="utf-8")
        verdict = check("place.py", _place(outside), _PROBE.read_text(encoding="utf-8"), guards=guards).verdict
    refused = {test.rpartition(".")[2].removeprefix("test_") for test in verdict.passed} if verdict else set()
    return Enforcement(**{field.name: field.name in refused for field in fields(Enforcement)})


def _place(outside: Path) -> str:
    limits = Limits()
    return f"OUTSIDE = {str(outside)!r}\nMEMORY = {limits.memory}\nFILE_SIZE = {limits.file_size}\n"


def _or_not(is_enforced: bool, how: str) -> str:
    return how if is_enforced else _NOT_HERE
