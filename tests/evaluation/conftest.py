"""Small things to rate, and a cluster to work on."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest

from agent.evaluation.items import Item, item_of
from agent.library import Library
from agent.library.library import shipped
from agent.rubric import Rubric
from agent.transcript import Transcript, Turn

ROOT = Path(__file__).parents[2]
WORKERS = Path(__file__).parent / "workers"
PATIENCE = 120.0
SAID = ("We saw the gap in the labels on Monday.", "I told the client the same day.")


@pytest.fixture(scope="session")
def rubric() -> Rubric:
    return Library((shipped(),)).rubric("core@1.1.0")


@pytest.fixture(scope="session")
def item() -> Callable[..., Item]:
    """An item of that name, in which the candidate says `SAID`."""

    def made(name: str, *said: str, competencies: tuple[str, ...] = ()) -> Item:
        turns: list[Turn] = []
        for words in said or SAID:
            turns.append(Turn(number=len(turns) + 1, role="interviewer", speaker="Dana", text="What did you see?"))
            turns.append(Turn(number=len(turns) + 1, role="candidate", speaker="Candidate", text=words))
        return item_of(name, Transcript(turns=tuple(turns), competencies=competencies))

    return made


class Cluster:
    """Processes of their own, with the network of this machine; they are killed at the end."""

    def __init__(self, folder: Path) -> None:
        self._file = folder / "scheduler.json"
        self._folder = folder
        self._started: list[subprocess.Popen[str]] = []
        self.scheduler = self._start(
            "distributed.cli.dask_scheduler", "--host", "127.0.0.1", "--port", "0", "--no-dashboard", "--scheduler-file", self._file
        )

    def open(self) -> None:
        """Waits for the scheduler's address, and starts the workers."""
        wait_for(lambda: self._file.exists() and self._file.read_text(encoding="utf-8").rstrip().endswith("}"))
        self.address = json.loads(self._file.read_text(encoding="utf-8"))["address"]
        self.workers = [self._worker(), self._worker()]

    def ask(self, *arguments: object) -> subprocess.Popen[str]:
        """A process of Python with the project and the slow work on its path."""
        path = os.pathsep.join((str(ROOT), str(WORKERS)))
        kept = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
        command = [sys.executable, *map(str, arguments)]
        process = subprocess.Popen(
            command,
            cwd=self._folder,
            env={**kept, "PYTHONPATH": path, "OPENBLAS_NUM_THREADS": "1"},
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        self._started.append(process)
        return process

    def _worker(self) -> subprocess.Popen[Any]:
        options = ("--scheduler-file", self._file, "--host", "127.0.0.1", "--nthreads", 1, "--no-nanny", "--no-dashboard")
        return self._start("distributed.cli.dask_worker", *options)

    def _start(self, module: str, *options: object) -> subprocess.Popen[str]:
        process = self.ask("-m", module, *options)
        for stream in (process.stdout, process.stderr):
            stream.close()
        return process

    def close(self) -> None:
        """Ends them all."""
        for process in self._started:
            process.kill()
            process.communicate() if process.stdout and not process.stdout.closed else process.wait()


@pytest.fixture
def cluster(tmp_path: Path) -> Iterator[Cluster]:
    """A scheduler with two workers, real processes on this machine."""
    if find_spec("distributed") is None:
        pytest.skip("the package distributed is not installed")
    made = Cluster(tmp_path)
    try:
        made.open()
        yield made
    finally:
        made.close()


def wait_for(is_there: Callable[[], bool]) -> None:
    """Waits until something has come about."""
    end = time.monotonic() + PATIENCE
    while not is_there():
        assert time.monotonic() < end, "it did not come about"
        time.sleep(0.05)
