"""The bridge from plain functions to coroutines: all of them run in one event loop, so that what a call begins goes on after it."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Coroutine
from typing import Any, TypeVar

from agent.background import shared
from agent.errors import SessionError

T = TypeVar("T")


def run_sync(coroutine: Coroutine[Any, Any, T]) -> T:
    """Runs a coroutine where no event loop is running; Ctrl-C cancels it and waits for its end.

    Raises:
        SessionError: a loop is running; use the `a…` function there.
    """
    if _loop_is_running():
        coroutine.close()
        raise SessionError("an event loop is running here; await the function's twin instead: astart, asay, aleave, agrade")
    begun, ended = threading.Event(), threading.Event()

    async def whole() -> T:
        begun.set()
        try:
            return await coroutine
        finally:
            ended.set()

    future = shared().start(whole())
    try:
        return future.result()
    except KeyboardInterrupt:
        begun.wait()
        future.cancel()
        ended.wait()
        raise


def _loop_is_running() -> bool:
    try:
        asyncio.get_running_loop()
    except RuntimeError:
        return False
    return True
