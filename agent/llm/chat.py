"""The dialect of chat completions: what a request says, and what is gathered from the chunks of the answer."""

from __future__ import annotations

from typing import Any

from agent.llm.call import Call, Finish, Reply, Usage

_FINISHES = {
    "stop": Finish.STOP,
    "tool_calls": Finish.STOP,
    "function_call": Finish.STOP,
    "length": Finish.LENGTH,
    "content_filter": Finish.REFUSAL,
    "refusal": Finish.REFUSAL,
}


def request(call: Call) -> dict[str, Any]:
    """The fields of a request, but for the model's name."""
    fields = {"messages": list(call.messages), "max_tokens": call.max_tokens, "temperature": call.temperature, "seed": call.seed}
    return {name: value for name, value in (fields | _shape(call)).items() if value is not None}


def _shape(call: Call) -> dict[str, Any]:
    if call.schema is None or call.form == "text":
        return {}
    name, body = call.schema.name, dict(call.schema.body)
    if call.form == "schema":
        return {"response_format": {"type": "json_schema", "json_schema": {"name": name, "schema": body, "strict": True}}}
    tool = {"type": "function", "function": {"name": name, "parameters": body, "strict": True}}
    return {"tools": [tool], "tool_choice": {"type": "function", "function": {"name": name}}}


class Gathered:
    """What has come of one answer so far. Chunks are read leniently: servers leave out fields, or fill them oddly."""

    def __init__(self, call: Call) -> None:
        self._wants_arguments = call.schema is not None and call.form == "tool"
        self._content: list[str] = []
        self._arguments: list[str] = []
        self._refusal: list[str] = []
        self._finish: str | None = None
        self._usage: Usage | None = None
        self._model = ""

    @property
    def is_finished(self) -> bool:
        """Whether the model has said why it stopped."""
        return self._finish is not None

    @property
    def is_empty(self) -> bool:
        """Whether nothing of an answer has come."""
        return not (self._content or self._arguments or self._refusal or self._finish)

    @property
    def is_without_words(self) -> bool:
        """Whether the model is said to have ended as it should, and yet has said nothing."""
        return not (self._content or self._arguments or self._refusal) and _FINISHES.get(self._finish or "stop") is Finish.STOP

    def take(self, chunk: Any) -> str:
        """The piece that `chunk` brings, a chunk of a stream or a whole completion; often empty."""
        self._usage = _usage(_part(chunk, "usage")) or self._usage
        self._model = _text(chunk, "model") or self._model
        choice = _first(_part(chunk, "choices"))
        self._finish = _text(choice, "finish_reason") or self._finish
        return self._take(_part(choice, "delta") or _part(choice, "message"))

    def _take(self, part: Any) -> str:
        content, arguments = _text(part, "content"), _arguments(part)
        for kept, piece in ((self._content, content), (self._arguments, arguments), (self._refusal, _text(part, "refusal"))):
            kept.extend([piece] if piece else [])
        return arguments if self._wants_arguments else content

    def rest(self) -> str:
        """What is still to be passed on when nothing more comes: words where arguments of a tool had been asked for."""
        return "".join(self._content) if self._wants_arguments and not self._arguments else ""

    def reply(self, asked: str) -> Reply:
        """The whole answer; `asked` is the model's name unless it gave another."""
        text = "".join(self._arguments if self._wants_arguments and self._arguments else self._content)
        finish = _FINISHES.get(self._finish or "", Finish.OTHER)
        if self._refusal:
            return Reply(text or "".join(self._refusal), Finish.REFUSAL, self._usage, self._model or asked)
        return Reply(text, finish, self._usage, self._model or asked)


def _arguments(part: Any) -> str:
    """The arguments of the first tool that is called; a second call is none of ours."""
    calls = _part(part, "tool_calls")
    numbered = enumerate(calls if isinstance(calls, list) else [])
    return "".join(_text(_part(call, "function"), "arguments") for place, call in numbered if _index(call, place) == 0)


def _index(call: Any, place: int) -> int:
    index = _part(call, "index")
    return index if isinstance(index, int) else place


def _usage(told: Any) -> Usage | None:
    if told is None:
        return None
    cached = _count(_part(told, "prompt_tokens_details"), "cached_tokens")
    usage = Usage(_count(told, "prompt_tokens"), _count(told, "completion_tokens"), cached)
    return usage if usage.input_tokens or usage.output_tokens else None


def _first(items: Any) -> Any:
    return items[0] if isinstance(items, list) and items else None


def _part(holder: Any, name: str) -> Any:
    """A field of plain JSON, or of an SDK's object."""
    return holder.get(name) if isinstance(holder, dict) else getattr(holder, name, None)


def _text(holder: Any, name: str) -> str:
    value = _part(holder, name)
    return value if isinstance(value, str) else ""


def _count(holder: Any, name: str) -> int:
    value = _part(holder, name)
    return value if isinstance(value, int) and value > 0 else 0
