"""Plain functions over coroutines: one loop, which goes on between calls."""

from __future__ import annotations

import asyncio
import contextvars
import os
import signal
import subprocess
import sys
import threading

import pytest

from agent.errors import SessionError
from agent.sync import run_sync


async def loop_of_this_call() -> int:
    return id(asyncio.get_running_loop())


def test_every_call_and_every_thread_meets_the_same_loop() -> None:
    found: list[int] = []
    thread = threading.Thread(target=lambda: found.append(run_sync(loop_of_this_call())))
    thread.start()
    thread.join()
    assert {run_sync(loop_of_this_call()), run_sync(loop_of_this_call())} == set(found)


def test_what_is_begun_in_one_call_is_done_in_the_next() -> None:
    begun: list[asyncio.Task[int]] = []

    async def begin() -> None:
        begun.append(asyncio.create_task(asyncio.sleep(0, result=7)))

    async def fetch() -> int:
        return await begun[0]

    run_sync(begin())
    assert run_sync(fetch()) == 7


def test_an_error_comes_through() -> None:
    async def fails() -> None:
        raise ValueError("no")

    with pytest.raises(ValueError, match="no"):
        run_sync(fails())


def test_the_caller_s_context_is_there() -> None:
    name: contextvars.ContextVar[str] = contextvars.ContextVar("name")
    name.set("here")

    async def read() -> str:
        return name.get()

    assert run_sync(read()) == "here"


def test_inside_a_loop_it_names_the_twins() -> None:
    async def inside() -> None:
        run_sync(loop_of_this_call())

    with pytest.raises(SessionError, match="astart"):
        asyncio.run(inside())


def test_ctrl_c_cancels_and_waits_for_the_end() -> None:
    ended: list[str] = []
    before = signal.signal(signal.SIGINT, signal.default_int_handler)

    async def long() -> None:
        threading.Timer(0.05, os.kill, (os.getpid(), signal.SIGINT)).start()
        try:
            await asyncio.sleep(60)
        finally:
            ended.append("cleaned up")

    try:
        with pytest.raises(KeyboardInterrupt):
            run_sync(long())
    finally:
        signal.signal(signal.SIGINT, before)
    assert ended == ["cleaned up"]


def test_a_process_ends_quietly_while_something_is_under_way() -> None:
    program = """
import asyncio
from agent.sync import run_sync
async def begin():
    asyncio.ensure_future(asyncio.sleep(600))
run_sync(begin())
"""
    ended = subprocess.run([sys.executable, "-W", "error", "-c", program], capture_output=True, text=True, timeout=60, check=False)
    assert (ended.returncode, ended.stderr) == (0, "")


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")
def test_a_forked_process_has_a_loop_of_its_own() -> None:
    run_sync(loop_of_this_call())
    child = os.fork()
    if child == 0:
        run_sync(asyncio.sleep(0))
        os._exit(0)
    assert os.waitpid(child, 0)[1] == 0
