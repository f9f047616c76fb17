"""A real HTTP server on 127.0.0.1 that speaks chat completions, and fails as it is told to.

Each request for a completion gets the next of the scripted replies, the last one again and again when they run out. A
reply is a sequence of steps: bytes to send, seconds to wait, or the end of the connection.

    with Loopback(replies=[says("Hello", " there.")]) as server:
        model = OpenAIModel(Address("openai", "m", server.base_url))
"""

from __future__ import annotations

import asyncio
import json
import socket
import struct
import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from types import TracebackType
from typing import Any, Self


class End(Enum):
    """How a connection ends before its reply does: closed in order, reset, or never (silence until the other side goes)."""

    CLOSE = "close"
    RESET = "reset"
    SILENCE = "silence"


Step = bytes | float | End
Steps = tuple[Step, ...]

USAGE = {"prompt_tokens": 11, "completion_tokens": 7, "total_tokens": 18, "prompt_tokens_details": {"cached_tokens": 4}}
JSON = {"Content-Type": "application/json"}
EVENTS = {"Content-Type": "text/event-stream", "Connection": "close"}


def says(
    *pieces: str,
    finish: str | None = "stop",
    usage: Mapping[str, Any] | None = USAGE,
    delay: float = 0.0,
    field: str = "content",
    first: float = 0.0,
) -> Steps:
    """A streamed answer; `delay` seconds between the pieces and `first` before them. `field` may be refusal or reasoning."""
    deltas = [chunk({field: piece}) for piece in pieces]
    ends = [chunk({}, finish=finish)] if finish else []
    counted = [event({"id": "c", "model": "served-model", "choices": [], "usage": usage})] if usage else []
    paced = [step for delta in deltas for step in (delay, delta)]
    return (head(200, EVENTS), first, *paced, *ends, *counted, b"data: [DONE]\n\n", End.CLOSE)


def calls_tool(*pieces: str, name: str = "answer", finish: str = "tool_calls") -> Steps:
    """A streamed call of one tool, whose arguments come in pieces."""
    opening = chunk({"tool_calls": [{"index": 0, "id": "t", "type": "function", "function": {"name": name, "arguments": ""}}]})
    deltas = [chunk({"tool_calls": [{"index": 0, "function": {"arguments": piece}}]}) for piece in pieces]
    return (head(200, EVENTS), opening, *deltas, chunk({}, finish=finish), b"data: [DONE]\n\n", End.CLOSE)


def whole(text: str, *, finish: str = "stop", usage: Mapping[str, Any] | None = USAGE) -> Steps:
    """The answer of a server that does not stream."""
    message = {"role": "assistant", "content": text}
    return body(
        200, {"id": "c", "model": "served-model", "choices": [{"index": 0, "message": message, "finish_reason": finish}], "usage": usage}
    )


def fails(status: int, message: str = "it failed", *, headers: Mapping[str, str] | None = None, **error: Any) -> Steps:
    """An error with a body as providers write it; `error` are further fields, like code="insufficient_quota"."""
    return body(status, {"error": {"message": message, **error}}, headers=headers)


def body(status: int, content: Any, *, headers: Mapping[str, str] | None = None) -> Steps:
    """A JSON body; text is sent as it is, as a web page."""
    text = content if isinstance(content, str) else json.dumps(content)
    kind = {"Content-Type": "text/html"} if isinstance(content, str) else JSON
    return (head(status, {**kind, "Content-Length": str(len(text.encode())), **(headers or {})}), text.encode())


def head(status: int, headers: Mapping[str, str]) -> bytes:
    """The head of a response."""
    lines = [f"HTTP/1.1 {status} Status", *(f"{name}: {value}" for name, value in headers.items())]
    return "\r\n".join([*lines, "", ""]).encode()


def event(data: Any) -> bytes:
    """One server-sent event."""
    return f"data: {json.dumps(data)}\n\n".encode()


def chunk(delta: Mapping[str, Any], *, finish: str | None = None) -> bytes:
    """One chunk of a streamed answer."""
    choice = {"index": 0, "delta": dict(delta), "finish_reason": finish}
    return event({"id": "c", "object": "chat.completion.chunk", "created": 1, "model": "served-model", "choices": [choice]})


@dataclass(frozen=True)
class Request:
    """What the server was asked. Names of headers are in lower case."""

    method: str
    path: str
    headers: Mapping[str, str]
    body: dict[str, Any]


class Loopback:
    """The server; it runs in a thread of its own inside a `with`."""

    def __init__(self, replies: Sequence[Steps] = (), *, models: Sequence[str] = ("served-model",)) -> None:
        self.requests: list[Request] = []
        self.connections = 0
        self.hung_up = threading.Event()
        """Set when a client goes before its reply has ended."""
        self._replies = list(replies)
        self._models = models
        self._listening = socket.create_server(("127.0.0.1", 0))
        self.port = int(self._listening.getsockname()[1])
        self.base_url = f"http://127.0.0.1:{self.port}/v1"
        self._started = threading.Event()
        self._thread = threading.Thread(target=asyncio.run, args=(self._serve(),), daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        self._started.wait(timeout=10)
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._loop.call_soon_threadsafe(self._stop.set)
        self._thread.join(timeout=10)

    @property
    def asked(self) -> list[dict[str, Any]]:
        """The bodies of the requests for completions."""
        return [request.body for request in self.requests if request.method == "POST"]

    async def _serve(self) -> None:
        self._loop = asyncio.get_running_loop()
        self._stop = asyncio.Event()
        self._tasks: set[asyncio.Task[None]] = set()
        server = await asyncio.start_server(self._accept, sock=self._listening)
        self._started.set()
        await self._stop.wait()
        server.close()
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    def _accept(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.connections += 1
        task = asyncio.create_task(self._converse(reader, writer))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _converse(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while request := await _read(reader):
                self.requests.append(request)
                if not await self._send(self._reply(request), reader, writer):
                    return
        except (ConnectionError, asyncio.IncompleteReadError):
            self.hung_up.set()
        finally:
            writer.close()

    def _reply(self, request: Request) -> Steps:
        if request.path.endswith("/models"):
            return body(200, {"object": "list", "data": [{"id": name, "object": "model"} for name in self._models]})
        if not request.path.endswith("/chat/completions"):
            return fails(404, f"no such path: {request.path}")
        if not self._replies:
            return fails(500, "no reply is scripted")
        return self._replies.pop(0) if len(self._replies) > 1 else self._replies[0]

    async def _send(self, steps: Steps, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> bool:
        """Whether the connection may be used again."""
        for step in steps:
            if isinstance(step, bytes):
                writer.write(step)
                await writer.drain()
            elif isinstance(step, End):
                await self._end(step, reader, writer)
                return False
            elif step:
                await self._wait(step, reader)
        return True

    async def _end(self, end: End, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        if end is End.RESET:
            at_once = struct.pack("ii", 1, 0)
            writer.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, at_once)
            writer.transport.abort()
        if end is End.SILENCE:
            await self._wait(600, reader)

    async def _wait(self, seconds: float, reader: asyncio.StreamReader) -> None:
        """Waits, but no longer than the client does."""
        try:
            gone = not await asyncio.wait_for(reader.read(1), seconds)
        except TimeoutError:
            return
        if gone:
            raise ConnectionResetError


async def _read(reader: asyncio.StreamReader) -> Request | None:
    """The next request on a connection; None when the client has closed it."""
    opening = (await reader.readline()).decode().split()
    if not opening:
        return None
    headers = {}
    while line := (await reader.readline()).decode().strip():
        name, _, value = line.partition(":")
        headers[name.lower()] = value.strip()
    sent = await reader.readexactly(int(headers.get("content-length", "0")))
    return Request(opening[0], opening[1], headers, json.loads(sent) if sent else {})
