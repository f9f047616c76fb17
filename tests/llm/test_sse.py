from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Sequence
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agent.llm.sse import events

TALK = b"".join(
    (
        b': hello\r\n\r\nevent: piece\ndata: {"a":\ndata: 1}\n\n',
        b"data:two\r\n\r\n",
        "data: li\u2028ne\r\rid: 7\n\n".encode(),
        b"data: [DONE]\n\ndata: late\n\n",
    )
)
HEARD = [b'{"a":\n1}', b"two", "li\u2028ne".encode()]


async def _sent(parts: Sequence[bytes], ends: asyncio.Event | None = None) -> AsyncIterator[bytes]:
    for part in parts:
        yield part
    if ends:
        await ends.wait()


def _heard(*parts: bytes) -> list[bytes]:
    async def hear() -> list[bytes]:
        return [data async for data in events(_sent(parts))]

    return asyncio.run(hear())


@given(st.lists(st.integers(0, len(TALK)), max_size=12))
def test_a_body_may_be_cut_anywhere(cuts: list[int]) -> None:
    places = [0, *sorted(cuts), len(TALK)]

    assert _heard(*(TALK[start:end] for start, end in pairwise(places))) == HEARD


def test_an_event_that_never_ends_is_none() -> None:
    assert _heard(b"data: one\n\ndata: tw") == [b"one"]


@pytest.mark.parametrize("end", [b"\n", b"\r\n", b"\r"])
def test_lines_end_in_three_ways(end: bytes) -> None:
    assert _heard(end.join([b"data: one", b"", b"data: two", b"", b""])) == [b"one", b"two"]


def test_a_server_that_never_ends_its_body_is_not_waited_for() -> None:
    async def hear() -> list[bytes]:
        async with asyncio.timeout(5):
            return [data async for data in events(_sent([b"data: one\n\ndata: [DONE]\n\n"], asyncio.Event()))]

    assert asyncio.run(hear()) == [b"one"]
