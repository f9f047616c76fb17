"""An order that nobody waits for any more."""

from __future__ import annotations

import asyncio
from concurrent.futures import Future

import pytest

from agent.evaluation.workers.crew import Crew


def leave(handed: Future[str]) -> None:
    """Hands out an order, and stops waiting for it; the loop is closed then."""

    async def left() -> None:
        asked = asyncio.ensure_future(Crew(lambda work, order: handed, 1, {}).do(str.upper, "a"))
        await asyncio.sleep(0)
        asked.cancel()
        with pytest.raises(asyncio.CancelledError):
            await asked

    asyncio.run(left())


def test_an_order_that_nobody_waits_for_is_taken_back() -> None:
    handed: Future[str] = Future()
    leave(handed)
    assert handed.cancelled()


def test_what_comes_of_one_in_hand_too_late_disturbs_nobody(caplog: pytest.LogCaptureFixture) -> None:
    handed: Future[str] = Future()
    handed.set_running_or_notify_cancel()
    leave(handed)
    handed.set_result("A")
    assert caplog.messages == []
