"""A server that speaks OpenAI's protocol with a fixed latency, in a process of its own: `python -m benchmarks.endpoint MILLISECONDS`.

It prints its port and answers every chat after so many milliseconds, word by word in one write, with the next of some lines.
"""

from __future__ import annotations

import asyncio
import json
import sys
from itertools import cycle, product

SUBJECTS = (
    "the people at the counter", "my director", "the night team", "our largest customer", "the auditors", "whoever is on call",
    "the new colleague", "the support desk", "the people upstairs", "a stranger on the street",
)  # fmt: skip
QUESTIONS = (
    "What would you say to {} tomorrow morning?", "I keep hearing about {} and nobody explains it to me. Would you?",
    "Suppose {} asks me for a reason, and I have one sentence. Which one?", "Fine, and where does that leave {}?",
    "Say it again, shorter, as if {} stood next to us.", "I can live with that. I'm less sure about {}, so walk me through it.",
)  # fmt: skip
LINES = [question.format(subject) for subject, question in product(SUBJECTS, QUESTIONS)]


async def main(milliseconds: float) -> None:
    """Serves until the process is ended."""

    answers = cycle([_answer(line) for line in LINES])

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while await _request(reader):
                await asyncio.sleep(milliseconds / 1000)
                writer.write(next(answers))
                await writer.drain()
        except (ConnectionError, asyncio.IncompleteReadError):
            pass
        finally:
            writer.close()

    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    print(server.sockets[0].getsockname()[1], flush=True)
    await server.serve_forever()


async def _request(reader: asyncio.StreamReader) -> bool:
    """Reads one request to its end; False when the client has gone."""
    try:
        head = await reader.readuntil(b"\r\n\r\n")
    except asyncio.IncompleteReadError:
        return False
    length = next((line.split(b":")[1] for line in head.split(b"\r\n") if line.lower().startswith(b"content-length")), b"0")
    await reader.readexactly(int(length))
    return True


def _event(choices: list[dict[str, object]], **more: object) -> bytes:
    chunk = {"id": "1", "object": "chat.completion.chunk", "created": 0, "model": "bench", "choices": choices, **more}
    return f"data: {json.dumps(chunk)}\n\n".encode()


def _answer(line: str) -> bytes:
    pieces = [f" {word}" if number else word for number, word in enumerate(line.split())]
    usage = {"prompt_tokens": 1000, "completion_tokens": len(pieces), "total_tokens": 1000 + len(pieces)}
    events = [_event([{"index": 0, "delta": {"content": piece}, "finish_reason": None}]) for piece in pieces]
    ends = [_event([{"index": 0, "delta": {}, "finish_reason": "stop"}]), _event([], usage=usage), b"data: [DONE]\n\n"]
    body = b"".join([*events, *ends])
    return b"HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nContent-Length: %d\r\n\r\n" % len(body) + body


if __name__ == "__main__":
    asyncio.run(main(float(sys.argv[1])))
