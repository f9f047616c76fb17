"""Worker processes do what one process does, and a dead one is a sentence."""

from __future__ import annotations

import os
from operator import methodcaller

import pytest

from agent.errors import InstrumentError
from agent.evaluation.workers.processes import in_processes

SHOUT = methodcaller("upper")


def test_processes_do_what_one_process_does() -> None:
    orders = ["a", "b", "c"]
    assert sorted(in_processes(SHOUT, orders, 2)) == list(in_processes(SHOUT, orders, 1)) == ["A", "B", "C"]


def test_a_process_that_dies_is_a_sentence() -> None:
    with pytest.raises(InstrumentError, match="a worker process died; what was done before is kept"):
        list(in_processes(os._exit, [9], 2))  # type: ignore[arg-type, list-item]
