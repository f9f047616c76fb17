"""The sandbox from its start to its verdict."""

from __future__ import annotations

import json
import sys

from agent.workbench.inside.job import Job
from agent.workbench.inside.kernel import give_up_privileges
from agent.workbench.inside.landlock import confine_files
from agent.workbench.inside.rlimits import forbid_more_processes, limit_process
from agent.workbench.inside.seal import Seal, quiet_input
from agent.workbench.inside.seccomp import filter_calls
from agent.workbench.inside.suite import run_suite


def start() -> None:
    """Takes a job from standard input, confines this process, runs the test and sends the verdict. Does not return."""
    job: Job = json.loads(sys.stdin.readline())
    seal = Seal(job["nonce"])
    job["nonce"] = ""
    quiet_input()
    _forget_the_way_here(job)
    _confine(job)
    seal.started()
    try:
        verdict = run_suite(job)
    except MemoryError:
        seal.close_without_memory()
    else:
        seal.close(verdict)


def _forget_the_way_here(job: Job) -> None:
    """The edited file finds the packages it may use, and not this one."""
    sys.path[:] = [job["folder"], *sys.path[1:], *job["packages"]]
    for name in [name for name in sys.modules if name.partition(".")[0] == "agent"]:
        del sys.modules[name]


def _confine(job: Job) -> None:
    if "rlimits" in job["guards"]:
        limit_process(job)
    if "landlock" in job["guards"]:
        _try_landlock(job)
    if "seccomp" in job["guards"]:
        _try_seccomp()


def _try_landlock(job: Job) -> None:
    try:
        give_up_privileges()
        confine_files(job["folder"], job["readable"])
    except (ImportError, AttributeError, OSError):
        return


def _try_seccomp() -> None:
    try:
        give_up_privileges()
        filter_calls()
    except (ImportError, AttributeError, OSError):
        forbid_more_processes()
