"""Asking a model so that its request ends when the asking does."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from agent.llm.call import Call, Model, Reply


@asynccontextmanager
async def opened(model: Model, call: Call) -> AsyncIterator[AsyncIterator[str | Reply]]:
    """The pieces of an answer; on leaving, a request that still runs is closed."""
    pieces = model.ask(call)
    try:
        yield pieces
    finally:
        if close := getattr(pieces, "aclose", None):
            await close()
