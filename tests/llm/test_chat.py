from __future__ import annotations

from dataclasses import replace
from types import SimpleNamespace
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from agent.llm.call import Call, Finish, Form, PromptPin, Schema, Usage
from agent.llm.chat import Gathered

CALL = Call(role="judge", messages=(), prompt=PromptPin("judge/competency@1.0.0", "ab"), max_tokens=50, schema=Schema("verdict", {}))
NAMES = st.sampled_from(
    ["choices", "delta", "message", "content", "refusal", "tool_calls", "function", "arguments", "index", "usage", "prompt_tokens", "model"]
)
ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(NAMES, inner).map(lambda fields: SimpleNamespace(**fields)),
)


def _chunk(delta: dict[str, Any], finish: str | None = None) -> SimpleNamespace:
    return SimpleNamespace(choices=[SimpleNamespace(delta=SimpleNamespace(**delta), finish_reason=finish)])


@given(st.lists(ANYTHING), st.sampled_from(["schema", "tool", "text"]))
def test_whatever_a_server_sends_can_be_taken(chunks: list[Any], form: Form) -> None:
    gathered = Gathered(replace(CALL, form=form))

    told = "".join(gathered.take(chunk) for chunk in chunks) + gathered.rest()

    reply = gathered.reply("asked-model")
    assert told == reply.text or reply.finish is Finish.REFUSAL


@given(st.lists(st.text()))
def test_the_pieces_are_the_text(pieces: list[str]) -> None:
    gathered = Gathered(CALL)

    told = [gathered.take(_chunk({"content": piece})) for piece in pieces]

    assert told == pieces
    assert gathered.reply("m").text == "".join(pieces)


def test_a_second_tool_that_is_called_is_none_of_ours() -> None:
    calls = [
        SimpleNamespace(index=index, function=SimpleNamespace(arguments=text)) for index, text in ((0, '{"level"'), (1, "{}"), (0, ": 3}"))
    ]
    gathered = Gathered(replace(CALL, form="tool"))

    assert [gathered.take(_chunk({"tool_calls": [call]})) for call in calls] == ['{"level"', "", ": 3}"]
    assert gathered.reply("m").text == '{"level": 3}'


def test_what_was_counted_stays_counted() -> None:
    gathered = Gathered(CALL)

    gathered.take(SimpleNamespace(usage=SimpleNamespace(prompt_tokens=11, completion_tokens=7)))
    gathered.take(_chunk({"content": "Hello"}, "stop"))

    assert gathered.reply("m").usage == Usage(11, 7, 0)
