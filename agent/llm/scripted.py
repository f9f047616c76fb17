"""A model that says what a file tells it to, chosen as `scripted:FILE`; for tests, examples and trials without a network.

The file is YAML with a list `replies`, or JSONL with one reply a line. A call takes the first reply that is meant for its
role, fits its last user message, and was not given yet:

    replies:
      - role: voice
        when: rollback
        text: And who pages you at night?
      - role: judge
        object: {level: 3, evidence: []}
        repeat: true
      - failure: {kind: rate_limited, retry_after: 2}
"""

from __future__ import annotations

import asyncio
import json
import re
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Sequence
from pathlib import Path
from typing import Any, Self

from pydantic import Field, model_validator

from agent.document import Document
from agent.errors import FailureKind, ModelError
from agent.library.check import check
from agent.library.lined_yaml import Lined, parse_yaml
from agent.library.problem import Loc, Problem, Wrong
from agent.library.source import read_text
from agent.llm.call import Address, Call, Finish, Model, Reply, Role, Usage
from agent.llm.trace import note_replay
from agent.prompting import Message

_PIECE = re.compile(r"\s*\S+|\s+")
_PATTERN = re.compile(r"/(.+)/", re.DOTALL)


class ScriptedUsage(Document):
    """Tokens that a scripted reply claims to have used."""

    input_tokens: int = Field(ge=0)
    output_tokens: int = Field(ge=0)
    cached_tokens: int = Field(default=0, ge=0)


class ScriptedFailure(Document):
    """How a scripted call fails. `retry_after` is in seconds."""

    kind: FailureKind
    message: str = "the script says that this call fails"
    retry_after: float | None = Field(default=None, ge=0)


class ScriptedReply(Document):
    """One reply of a script."""

    role: Role | None = Field(default=None, description="Who has to ask for it; anybody if it is not given.")
    when: str | None = Field(
        default=None, description="Words that the last user message has to hold, in any case; between slashes, a regular expression."
    )
    text: str | None = Field(default=None, description="The answer. It comes word by word.")
    object: dict[str, Any] | None = Field(default=None, description="The answer as an object, sent as its JSON.")
    pieces: tuple[str, ...] | None = Field(default=None, description="The answer in the pieces in which it comes.")
    failure: ScriptedFailure | None = Field(default=None, description="Fails, after the answer's pieces if there are any.")
    finish: Finish = Finish.STOP
    usage: ScriptedUsage | None = None
    delay: float = Field(default=0.0, ge=0, description="Seconds before the first piece.")
    repeat: bool = Field(default=False, description="May be given again and again.")

    @model_validator(mode="after")
    def _says_one_thing(self) -> Self:
        said = [name for name, value in (("text", self.text), ("object", self.object), ("pieces", self.pieces)) if value is not None]
        if len(said) > 1 or not (said or self.failure):
            raise ValueError(f"a reply has one of text, object and pieces, or a failure; this has {' and '.join(said) or 'none'}")
        if self.when and (pattern := _PATTERN.fullmatch(self.when)):
            _compiled(pattern[1])
        return self

    def parts(self) -> tuple[str, ...]:
        """The answer in pieces."""
        if self.pieces is not None:
            return self.pieces
        return tuple(_PIECE.findall(json.dumps(self.object) if self.object is not None else self.text or ""))

    def fits(self, call: Call) -> bool:
        """Whether this may answer `call`."""
        return self.role in (None, call.role) and (self.when is None or _occurs(self.when, _last_said(call.messages)))


class Script(Document):
    """The replies of a script, in order."""

    replies: tuple[ScriptedReply, ...]


class ScriptedModel(Model):
    """Answers from the file at a path, or from replies or texts given in a list. `calls` are those it was asked so far.

    Raises:
        InvalidDocument: the file cannot be read or is wrong; the text names line and field.
    """

    def __init__(
        self, script: Path | str | Sequence[ScriptedReply | str], *, sleep: Callable[[float], Awaitable[Any]] = asyncio.sleep
    ) -> None:
        path = Path(script) if isinstance(script, str | Path) else None
        self._name = str(path or "the script")
        self._left = list(_replies(script))
        self._sleep = sleep
        self.address = Address("scripted", path.name if path else "replies")
        self.calls: list[Call] = []

    async def ask(self, call: Call) -> AsyncIterator[str | Reply]:
        """The next reply that fits.

        Raises:
            ModelError: the failure in the script, or NOT_RECORDED if no reply is left that fits.
        """
        note_replay()
        self.calls.append(call)
        reply = self._next(call)
        if reply.delay:
            await self._sleep(reply.delay)
        for part in reply.parts():
            yield part
        if reply.failure:
            raise ModelError(reply.failure.kind, reply.failure.message, retry_after=reply.failure.retry_after)
        usage = Usage(**reply.usage.model_dump()) if reply.usage else None
        yield Reply("".join(reply.parts()), reply.finish, usage, self.address.model)

    def _next(self, call: Call) -> ScriptedReply:
        for position, reply in enumerate(self._left):
            if reply.fits(call):
                return reply if reply.repeat else self._left.pop(position)
        raise ModelError(
            FailureKind.NOT_RECORDED,
            f"{self._name} has no reply left for call {len(self.calls)}, by the {call.role} ({call.prompt.name}), whose last message is "
            f"{_last_said(call.messages)[-80:]!r}; add a reply, or let one be given again with 'repeat: true'",
        )


def read_script(path: Path) -> Script:
    """The script in a file: JSONL if its name ends so, else YAML.

    Raises:
        InvalidDocument: it cannot be read or is wrong; the text names line and field.
    """
    text = read_text(path)
    lined = _parse_lines(text, path) if path.suffix.lower() in (".jsonl", ".ndjson") else parse_yaml(text, path)
    return check(path, lined, Script)


def _parse_lines(text: str, path: Path) -> Lined:
    replies: list[Any] = []
    lines: dict[Loc, int] = {}
    for number, line in enumerate(text.split("\n"), start=1):
        if line.strip():
            reply = _parse_line(line, number, path)
            lines |= dict.fromkeys(_places(reply, ("replies", len(replies))), number)
            replies.append(reply)
    return Lined({"replies": replies}, lines)


def _places(value: Any, loc: Loc) -> Iterator[Loc]:
    yield loc
    if isinstance(value, dict | list):
        for key, inner in value.items() if isinstance(value, dict) else enumerate(value):
            yield from _places(inner, (*loc, key))


def _parse_line(line: str, number: int, path: Path) -> Any:
    try:
        return json.loads(line)
    except (ValueError, RecursionError) as error:
        raise Wrong([Problem(path, number, "", f"this line is no JSON: {error}")]) from error


def _replies(script: Path | str | Sequence[ScriptedReply | str]) -> Sequence[ScriptedReply]:
    if isinstance(script, str | Path):
        return read_script(Path(script)).replies
    return [ScriptedReply(text=given) if isinstance(given, str) else given for given in script]


def _last_said(messages: Sequence[Message]) -> str:
    return next((message["content"] for message in reversed(messages) if message["role"] == "user"), "")


def _occurs(when: str, said: str) -> bool:
    pattern = _PATTERN.fullmatch(when)
    return _compiled(pattern[1]).search(said) is not None if pattern else when.casefold() in said.casefold()


def _compiled(pattern: str) -> re.Pattern[str]:
    try:
        return re.compile(pattern, re.IGNORECASE)
    except re.error as error:
        raise ValueError(f"{pattern!r} is not a regular expression: {error}") from error
