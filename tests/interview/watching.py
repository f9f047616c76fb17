"""A model that watches the candidate and says what it is told to."""

from __future__ import annotations

import asyncio
import json
import threading
from collections.abc import AsyncIterator
from typing import Any

from agent.errors import ModelError
from agent.llm.call import Address, Call, Finish, Model, Reply, Usage

TRIAL = "I'd let it loose on a twentieth of the cheap stuff and keep a switch at hand."


def notes(**fields: Any) -> str:
    empty: dict[str, Any] = {kind: [] for kind in ("acts", "points", "facts", "conditions", "hardening", "behaviours", "not_said")}
    return json.dumps({**empty, "addressed": None, **fields})


def noted(name: str, quote: str = TRIAL) -> list[dict[str, str]]:
    return [{"id": name, "quote": quote}]


class Watcher(Model):
    """Says the same notes every time, or fails; `held` keeps it thinking until it is let go."""

    address = Address("scripted", "watcher")

    def __init__(self, says: str | ModelError) -> None:
        self.says = says
        self.calls: list[Call] = []
        self.held = threading.Event()
        self.held.set()

    async def ask(self, call: Call) -> AsyncIterator[str | Reply]:
        self.calls.append(call)
        while not self.held.is_set():
            await asyncio.sleep(0.001)
        if isinstance(self.says, ModelError):
            raise self.says
        yield self.says
        yield Reply(self.says, Finish.STOP, Usage(900, 60), "watcher-1")
