"""A call, a model that answers it, and ways to record and play the two."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from agent.errors import ModelError
from agent.llm.call import Address, Call, Finish, Model, PromptPin, Reply, Usage
from agent.llm.cassette import Recorder
from agent.prompting import Message
from agent.sync import run_sync

ADDRESS = Address("openai", "gpt-x")
REPLY = Reply("And who — pages you?", Finish.STOP, Usage(900, 7, 800), "gpt-x-2026")
PIECES = ("And who — ", "pages you?")
CALL = Call(
    "voice",
    (Message(role="system", content="You are Mara. " * 10), Message(role="user", content="We roll back.")),
    PromptPin("voice/line@1.1.0", "a" * 64),
    200,
    temperature=0.2,
    seed=7,
)


class Speaker(Model):
    """Says the same to everybody, one piece every tenth of a second."""

    def __init__(self, *pieces: str, address: Address = ADDRESS, reply: Reply = REPLY) -> None:
        self.address = address
        self.pieces = pieces or PIECES
        self.reply = reply
        self.seconds = 0.0
        self.closed = 0

    async def ask(self, call: Call) -> AsyncIterator[str | Reply]:
        try:
            for piece in self.pieces:
                self.seconds += 0.1
                yield piece
            yield self.reply
        finally:
            self.closed += 1


def play(model: Model, call: Call = CALL) -> list[str | Reply]:
    async def drained() -> list[str | Reply]:
        return [part async for part in model.ask(call)]

    return run_sync(drained())


def record(folder: Path, call: Call = CALL, model: Model | None = None) -> Path:
    """Records a call and returns its file."""
    before = set(files(folder))
    play(Recorder(model or Speaker(), folder, clock=lambda: 1_800_000_000.0), call)
    return (set(files(folder)) - before or before).pop()


def files(folder: Path) -> list[Path]:
    return sorted(folder.glob("??/*.json"))


def failure(model: Model, call: Call = CALL) -> ModelError:
    with pytest.raises(ModelError) as caught:
        play(model, call)
    return caught.value


def messages(content: str) -> tuple[Message, ...]:
    return (CALL.messages[0], Message(role="user", content=content))
