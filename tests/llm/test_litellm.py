from __future__ import annotations

import asyncio
import json
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
import respx

from agent.errors import FailureKind, ModelError
from agent.llm.call import Address, Call, Finish, Model, Schema, Usage
from agent.llm.litellm import LiteLLMModel
from tests.llm.conftest import Gathered, Serve, gather
from tests.llm.loopback import EVENTS, End, Steps, body, calls_tool, chunk, fails, head, says

KEY = "sk-test-0123456789abcdef"
Ask = Callable[[Model, Call], Gathered]
pytestmark = pytest.mark.filterwarnings("ignore:Accessing the 'model_:DeprecationWarning")
"""The SDK's own."""

SCHEMA = Schema("verdict", {"type": "object", "properties": {"level": {"type": "integer"}}, "required": ["level"]})


def at(base_url: str | None, provider: str = "openai", **settings: Any) -> LiteLLMModel:
    return LiteLLMModel(Address(provider, "asked-model", base_url), **{"key": KEY, **settings})


def test_pieces_arrive_and_then_the_whole(loopback: Serve, call: Call, asked: Ask, capfd: pytest.CaptureFixture[str]) -> None:
    server = loopback(says("Hello", ", you", "."))

    answer = asked(at(server.base_url), replace(call, temperature=0.2, seed=7))

    assert answer == ["Hello", ", you", "."]
    assert answer.reply.text == "Hello, you."
    assert answer.reply.finish is Finish.STOP
    assert answer.reply.usage == Usage(11, 7, 4)
    assert server.asked[0]["model"] == "asked-model"
    assert server.asked[0]["max_tokens"] == 50
    assert server.asked[0]["seed"] == 7
    assert capfd.readouterr() == ("", "")


def test_a_schema_and_a_tool(loopback: Serve, call: Call, asked: Ask) -> None:
    server = loopback(says('{"level": 3}'), calls_tool('{"level"', ": 3}"))

    assert asked(at(server.base_url), replace(call, schema=SCHEMA)).reply.text == '{"level": 3}'
    assert asked(at(server.base_url), replace(call, schema=SCHEMA, form="tool")).reply.text == '{"level": 3}'
    assert server.asked[0]["response_format"]["json_schema"]["name"] == "verdict"
    assert server.asked[1]["tool_choice"]["function"]["name"] == "verdict"


def _broken(*steps: bytes | float | End) -> Steps:
    return (head(200, EVENTS), chunk({"content": "Well"}), *steps)


FAULTS: dict[str, tuple[Steps, FailureKind]] = {
    "bad key": (fails(401, f"Incorrect API key provided: {KEY}"), FailureKind.AUTH),
    "forbidden": (fails(403, "not in your plan"), FailureKind.AUTH),
    "no credit": (fails(429, "quota", code="insufficient_quota"), FailureKind.QUOTA),
    "too many": (fails(429, "slow down", headers={"Retry-After": "7"}), FailureKind.RATE_LIMITED),
    "bad request": (fails(400, "no messages"), FailureKind.BAD_REQUEST),
    "no such model": (fails(404, "The model does not exist"), FailureKind.NOT_FOUND),
    "server": (fails(500), FailureKind.SERVER),
    "gateway": (body(502, "<html><head><title>Bad gateway</title></head></html>"), FailureKind.SERVER),
    "unavailable": (fails(503), FailureKind.SERVER),
    "overloaded": (fails(529, "Overloaded"), FailureKind.SERVER),
    "empty stream": ((head(200, EVENTS), End.CLOSE), FailureKind.PROTOCOL),
    "garbage in stream": (_broken(b"data: {what\n\n", End.CLOSE), FailureKind.PROTOCOL),
    "reset": (_broken(End.RESET), FailureKind.CONNECTION),
    "silence": ((End.SILENCE,), FailureKind.TIMEOUT),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_faults_have_a_kind(loopback: Serve, call: Call, asked: Ask, fault: str) -> None:
    steps, kind = FAULTS[fault]
    server = loopback(steps)

    with pytest.raises(ModelError) as failed:
        asked(at(server.base_url, attempt_timeout=0.5 if End.SILENCE in steps else 5), call)

    assert failed.value.kind is kind
    assert failed.value.retry_after == (7 if fault == "too many" else None)
    assert KEY not in str(failed.value)
    assert len(server.asked) == 1, "only we ask again, not the SDK"


def test_a_refused_parameter_is_left_out_from_then_on(loopback: Serve, call: Call, asked: Ask) -> None:
    server = loopback(fails(400, "Unsupported parameter: 'seed' is not supported with this model.", param="seed"), says("Hello"))
    model = at(server.base_url)

    asked(model, replace(call, seed=7))
    asked(model, replace(call, seed=7))

    assert ["seed" in sent for sent in server.asked] == [True, False, False]


def test_closing_the_answer_ends_the_request(loopback: Serve, call: Call) -> None:
    server = loopback(says(*["word "] * 100, delay=0.05))

    async def hear_one() -> object:
        answer = at(server.base_url).ask(call)
        first = await anext(answer)
        await answer.aclose()
        return first

    assert asyncio.run(hear_one()) == "word "
    assert server.hung_up.wait(timeout=5)


def test_many_loops_and_many_calls_at_once(loopback: Serve, call: Call) -> None:
    model = at(loopback(says("Hello")).base_url)

    async def thrice() -> list[Gathered]:
        return await asyncio.gather(*(gather(model, call) for _ in range(3)))

    assert [answer.reply.text for _ in range(3) for answer in asyncio.run(thrice())] == ["Hello"] * 9


@pytest.mark.parametrize("provider", ["anthropic", "gemini", "groq", "mistral"])
def test_no_connection_outlives_its_loop(loopback: Serve, call: Call, asked: Ask, provider: str) -> None:
    """Some providers share one client in the SDK, with connections that are kept alive."""
    server = loopback(fails(404))

    for _ in range(3):
        with pytest.raises(ModelError) as failed:
            asked(at(f"http://127.0.0.1:{server.port}", provider), replace(call, temperature=0.2))
        assert failed.value.kind is FailureKind.NOT_FOUND
    assert len(server.requests) == 3


ANTHROPIC = (
    {"type": "message_start", "message": {"id": "m", "type": "message", "role": "assistant", "content": [], "usage": {"input_tokens": 9}}},
    {"type": "content_block_start", "index": 0, "content_block": {"type": "text", "text": ""}},
    {"type": "content_block_delta", "index": 0, "delta": {"type": "text_delta", "text": "Hello"}},
    {"type": "content_block_delta", "index": 0, "delta": {"type": "text_delta", "text": " there."}},
    {"type": "content_block_stop", "index": 0},
    {"type": "message_delta", "delta": {"stop_reason": "max_tokens"}, "usage": {"output_tokens": 5}},
    {"type": "message_stop"},
)


@respx.mock
def test_a_provider_with_a_dialect_of_its_own(call: Call, asked: Ask) -> None:
    events = "".join(f"event: {told['type']}\ndata: {json.dumps(told)}\n\n" for told in ANTHROPIC)
    route = respx.post("https://api.anthropic.com/v1/messages").respond(200, text=events, headers={"Content-Type": "text/event-stream"})

    answer = asked(at(None, "anthropic"), replace(call, seed=7))

    assert answer == ["Hello", " there."]
    assert answer.reply.finish is Finish.LENGTH
    assert answer.reply.usage == Usage(9, 5, 0)
    assert route.calls.last.request.headers["x-api-key"] == KEY


@respx.mock
def test_a_key_that_is_missing_is_named(call: Call, asked: Ask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("ANTHROPIC_API_KEY", raising=False)

    with pytest.raises(ModelError, match="ANTHROPIC_API_KEY is not set: set it to your key") as failed:
        asked(at(None, "anthropic", key=None), call)

    assert failed.value.kind is FailureKind.AUTH


def test_a_provider_that_the_sdk_does_not_know_is_not_found(call: Call, asked: Ask) -> None:
    with pytest.raises(ModelError) as failed:
        asked(at(None, "no-such-provider"), call)

    assert failed.value.kind is FailureKind.NOT_FOUND


def test_importing_the_adapter_does_not_import_the_sdk() -> None:
    code = (
        "import sys, agent.llm.litellm, agent.llm.openai; print(sys.modules.keys() & {'litellm', 'openai', 'httpx', 'httpx2', 'aiohttp'})"
    )

    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout == "set()\n"
