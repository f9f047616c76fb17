from __future__ import annotations

import sys

import pytest

from agent.workbench.enforcement import Enforcement, enforced


def test_what_is_enforced_is_found_by_trying() -> None:
    nothing = enforced(())

    assert nothing == Enforcement(network=False, files=False, processes=False, memory=False, file_size=False)
    assert not nothing.is_complete()


@pytest.mark.skipif(sys.platform != "linux", reason="Landlock and seccomp are of Linux")
def test_each_guard_keeps_out_what_it_is_for() -> None:
    assert enforced(("rlimits",)) == Enforcement(network=False, files=False, processes=False, memory=True, file_size=True)
    if enforced().files:
        assert not enforced(("landlock",)).processes
    if enforced().network:
        assert enforced(("seccomp",)) == Enforcement(network=True, files=False, processes=True, memory=False, file_size=False)


def test_it_is_said_in_plain_sentences() -> None:
    some = Enforcement(network=True, files=False, processes=True, memory=True, file_size=True)

    assert some.describe() == (
        "network: blocked",
        "files outside its folder: not enforced on this system",
        "starting other programs: blocked",
        "memory: at most 1024 MiB",
        "size of a file it writes: at most 5 MiB",
        "time and output: at most 10 s and 256 KiB",
    )


def test_it_is_tried_once() -> None:
    assert enforced() is enforced()
