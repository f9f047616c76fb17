"""Worker processes do what one process does, a dead one is a sentence, and none outlives who began it."""

from __future__ import annotations

import asyncio
import os
import subprocess
import sys
from functools import partial
from operator import methodcaller
from pathlib import Path
from typing import Any

import pytest

from agent.errors import InstrumentError
from agent.evaluation.workers.processes import in_processes, processes

ROOT = Path(__file__).parents[3]
PATIENCE = 60.0
SHOUT = methodcaller("upper")
NUMBER: Any = int
WAITS = """
from operator import methodcaller
from time import sleep
from agent.evaluation.workers.processes import processes
with processes(1) as crew:
    print(crew.submit(methodcaller("upper"), "at work").result(), flush=True)
    sleep(600)
"""


def test_processes_do_what_one_process_does() -> None:
    orders = ["a", "b", "c"]
    assert sorted(in_processes(SHOUT, orders, 2)) == list(in_processes(SHOUT, orders, 1)) == ["A", "B", "C"]


def test_a_process_that_dies_is_a_sentence() -> None:
    with pytest.raises(InstrumentError, match="a worker process died; what was done before is kept"):
        list(in_processes(os._exit, [9], 2))  # type: ignore[arg-type, list-item]


def test_orders_one_by_one_and_what_goes_wrong_in_one_is_its_own(tmp_path: Path) -> None:
    async def asked() -> list[object]:
        return await asyncio.gather(*(crew.do(work, "a") for work in (SHOUT, NUMBER, os.path.abspath)), return_exceptions=True)

    with processes(1, partial(os.chdir, tmp_path)) as crew:
        shouted, wrong, path = asyncio.run(asked())
    assert (shouted, type(wrong), path) == ("A", ValueError, str(tmp_path / "a"))


def test_a_killed_parent_leaves_no_process_behind() -> None:
    parent = subprocess.Popen([sys.executable, "-c", WAITS], stdout=subprocess.PIPE, env={**os.environ, "PYTHONPATH": str(ROOT)})
    assert parent.stdout.readline() == b"AT WORK\n"
    parent.kill()
    assert parent.communicate(timeout=PATIENCE)[0] == b"", "its output is closed when the last process that has it is gone"
