"""A judge behind OpenAI's protocol with a fixed latency, in a process of its own: `python -m benchmarks.judging_endpoint MILLISECONDS`.

It prints its port. Every question is answered after so many milliseconds: each competency that it asks for at some level, with a quote
that stands in every transcript of `benchmarks.judging`. Answers are made beforehand, so that this process takes little of the machine.
"""

from __future__ import annotations

import asyncio
import json
import re
import sys
from functools import cache
from typing import Any

from agent.library import Library
from agent.library.library import shipped

QUOTE = "A false decline costs us forty euros, so I would accept a little more fraud."
"""What the candidate says in every transcript."""
RUBRIC = "core@1.1.0"
_ASKED = re.compile(rb"Now grade ([a-z_, ]+?) in the transcript")


async def main(milliseconds: float) -> None:
    """Serves until the process is ended."""

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while body := await _request(reader):
                await asyncio.sleep(milliseconds / 1000)
                writer.write(_answer(_ASKED.findall(body)[-1].decode(), b'"stream":true' in body))
                await writer.drain()
        except (ConnectionError, asyncio.IncompleteReadError):
            pass
        finally:
            writer.close()

    server = await asyncio.start_server(serve, "127.0.0.1", 0, limit=1 << 20)
    print(server.sockets[0].getsockname()[1], flush=True)
    await server.serve_forever()


async def _request(reader: asyncio.StreamReader) -> bytes:
    """The body of the next request; empty when the client has gone."""
    try:
        head = await reader.readuntil(b"\r\n\r\n")
    except asyncio.IncompleteReadError:
        return b""
    length = next((line.split(b":")[1] for line in head.split(b"\r\n") if line.lower().startswith(b"content-length")), b"0")
    return await reader.readexactly(int(length))


@cache
def _answer(names: str, streams: bool) -> bytes:
    text = json.dumps({"grades": [_grade(name) for name in names.split(", ")]})
    usage = {"prompt_tokens": 5000, "completion_tokens": len(text) // 4, "total_tokens": 5000 + len(text) // 4}
    head = {"id": "1", "created": 0, "model": "bench"}
    if not streams:
        choice = {"index": 0, "message": {"role": "assistant", "content": text}, "finish_reason": "stop"}
        return _response("application/json", json.dumps({**head, "object": "chat.completion", "choices": [choice], "usage": usage}))
    pieces = re.findall(r"\s*\S+", text)
    deltas: list[tuple[dict[str, str], str | None]] = [*(({"content": piece}, None) for piece in pieces), ({}, "stop")]
    told: list[Any] = [
        *({"choices": [{"index": 0, "delta": delta, "finish_reason": finish}]} for delta, finish in deltas),
        {"choices": [], "usage": usage},
    ]
    events = [{**head, "object": "chat.completion.chunk", **each} for each in told]
    return _response("text/event-stream", "".join(f"data: {json.dumps(each)}\n\n" for each in events) + "data: [DONE]\n\n")


def _response(kind: str, body: str) -> bytes:
    return f"HTTP/1.1 200 OK\r\nContent-Type: {kind}\r\nContent-Length: {len(body.encode())}\r\n\r\n{body}".encode()


def _grade(name: str) -> dict[str, object]:
    competency = next(each for each in Library((shipped(),)).rubric(RUBRIC).competencies if each.id == name)
    evidence = {"turn": 2, "quote": QUOTE, "indicator": competency.indicators[0].id, "supports": True}
    reasoning = "The candidate names the cost of a wrong decision in money and takes a side, which is what the level asks for; nothing is"
    return {
        "competency": name,
        "evidence": [evidence],
        "missing": ["It names no fallback."],
        "reasoning": f"{reasoning} said about what would change the decision.",
        "state": "scored",
        "level": 3 + len(name) % 3,
        "confidence": 0.8,
    }


if __name__ == "__main__":
    asyncio.run(main(float(sys.argv[1])))
