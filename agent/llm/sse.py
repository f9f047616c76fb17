"""Server-sent events of an answer: the data of each, as it arrives."""

from __future__ import annotations

import asyncio
import contextlib
import re
from collections.abc import AsyncGenerator, AsyncIterator
from contextlib import aclosing

DONE = b"[DONE]"
"""The data of the last event; nothing that comes after it counts."""
TO_THE_END = 0.1
"""Seconds in which a body may end after its last event. Read to its end its connection serves the next request, else it is closed."""

_END = re.compile(rb"\r\n|\n|\r(?!\Z)")
"""A line ends so, and in no other of Unicode's ways, which may stand in a text; after a last \\r an \\n may still come."""


async def events(parts: AsyncIterator[bytes]) -> AsyncGenerator[bytes, None]:
    """The data of every event before `DONE`; `parts` are the bytes of the body, cut anywhere."""
    data: list[bytes] = []
    async with aclosing(_lines(parts)) as lines:
        async for line in lines:
            name, _, value = line.partition(b":")
            if name == b"data":
                data.append(value.removeprefix(b" "))
            elif not line and data:
                whole, data = b"\n".join(data), []
                if whole.startswith(DONE):
                    break
                yield whole
    await _finish(parts)


async def _lines(parts: AsyncIterator[bytes]) -> AsyncGenerator[bytes, None]:
    """The lines of the parts, but for one that never ends."""
    rest = b""
    async for part in parts:
        *whole, rest = _END.split(rest + part)
        for line in whole:
            yield line
    if rest.endswith(b"\r"):
        yield rest[:-1]


async def _finish(parts: AsyncIterator[bytes]) -> None:
    """The answer is whole by now, so nothing that goes wrong here counts; whoever closes the body closes its connection then."""
    with contextlib.suppress(Exception):
        async with asyncio.timeout(TO_THE_END):
            async for _ in parts:
                pass
