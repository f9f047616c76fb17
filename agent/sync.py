"""The bridge from plain functions to coroutines."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from typing import Any, TypeVar

from agent.errors import SessionError

T = TypeVar("T")


def run_sync(coroutine: Coroutine[Any, Any, T]) -> T:
    """Runs a coroutine where no event loop is running.

    Raises:
        SessionError: a loop is running; use the `a…` function there.
    """
    if _loop_is_running():
        coroutine.close()
        raise SessionError("an event loop is running here; await the function's twin instead: astart, asay, aleave, agrade")
    return asyncio.run(coroutine)


def _loop_is_running() -> bool:
    try:
        asyncio.get_running_loop()
    except RuntimeError:
        return False
    return True
