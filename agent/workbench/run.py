"""One run of a test against a file: a folder of its own, the job, the verdict."""

from __future__ import annotations

import secrets
import sys
import sysconfig
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from agent.workbench.inside.job import GUARDS, Guard, Job
from agent.workbench.inside.seal import Verdict
from agent.workbench.limits import Limits
from agent.workbench.output import readable_output
from agent.workbench.result import RunResult
from agent.workbench.sandbox import run_sandbox
from agent.workbench.verdict import number_of_tests, outcome_of, remarks, verdict_of

_SYSTEM = (
    "/lib",
    "/lib64",
    "/usr/lib",
    "/usr/lib64",
    "/usr/local/lib",
    "/nix/store",
    "/etc/ld.so.cache",
    "/etc/localtime",
    "/usr/share/zoneinfo",
    "/dev/urandom",
)
"""What a Python program may read on Linux besides Python itself."""


class Checked(NamedTuple):
    """What came of a run, and the verdict behind it, if there was one."""

    result: RunResult
    verdict: Verdict | None


def check(file: str, text: str, test: str, *, limits: Limits | None = None, guards: Sequence[Guard] = GUARDS) -> Checked:
    """Runs the unittest module `test` against `text`, which it imports by the name of `file`.

    Both are written into a new folder, which is gone afterwards, so a run leaves nothing behind for the next one.

    Raises:
        OSError: the folder cannot be written.
        WorkbenchError: the test is no Python.
    """
    limits, tests = limits or Limits(), number_of_tests(test)
    with TemporaryDirectory(prefix="hotseat-run-", ignore_cleanup_errors=True) as name:
        folder = Path(name).resolve()
        job = _job(folder, file, test, limits, guards)
        (folder / file).write_text(text, encoding="utf-8")
        (folder / job["test_file"]).write_text(test, encoding="utf-8")
        ended = run_sandbox(job, limits)
    verdict = verdict_of(ended, job["nonce"])
    output = readable_output(ended.printed, [name, *_folders(job)], limits.shown) + remarks(verdict, tests)
    return Checked(RunResult(outcome_of(ended, job["nonce"], tests), output, ended.seconds), verdict)


def test_name(file: str) -> str:
    """The name of the test that belongs to a file."""
    return f"test_{file}"


def _job(folder: Path, file: str, test: str, limits: Limits, guards: Sequence[Guard]) -> Job:
    packages = [entry for entry in sys.path if Path(entry).name in ("site-packages", "dist-packages")]
    return Job(
        nonce=secrets.token_hex(32),
        folder=str(folder),
        file=file,
        test_file=test_name(file),
        test=test,
        packages=packages,
        readable=[*_SYSTEM, *packages, *_python()],
        guards=list(guards),
        cpu_seconds=limits.cpu_seconds,
        memory=limits.memory,
        file_size=limits.file_size,
        open_files=limits.open_files,
    )


def _python() -> list[str]:
    """Where Python's own modules and libraries lie."""
    library = [sysconfig.get_path(name) for name in ("stdlib", "platstdlib")]
    return [*library, str(Path(sys.base_prefix) / "lib"), str(Path(sys.base_prefix) / "DLLs")]


def _folders(job: Job) -> list[str]:
    return [job["folder"], *job["packages"], *_python()]
