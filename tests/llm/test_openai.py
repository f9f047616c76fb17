from __future__ import annotations

import asyncio
import json
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import httpx
import pytest
import respx

from agent.errors import FailureKind, ModelError
from agent.llm.call import Address, Call, Finish, Model, Schema, Usage
from agent.llm.openai import OpenAIModel
from agent.llm.patience import Limits, Patient
from agent.sync import run_sync
from tests.llm.conftest import Gathered, Serve, gather
from tests.llm.loopback import EVENTS, End, Steps, body, calls_tool, chunk, event, fails, head, says, whole

KEY = "sk-test-0123456789abcdef"
Ask = Callable[[Model, Call], Gathered]
SCHEMA = Schema("verdict", {"type": "object", "properties": {"level": {"type": "integer"}}, "required": ["level"]})


def at(base_url: str | None, **settings: Any) -> OpenAIModel:
    return OpenAIModel(Address("openai", "asked-model", base_url), **{"key": KEY, "variable": "OPENAI_API_KEY", **settings})


def test_pieces_arrive_and_then_the_whole(loopback: Serve, call: Call, asked: Ask) -> None:
    server = loopback(says("Hello", ", you", "."))

    answer = asked(at(server.base_url), call)

    assert answer == ["Hello", ", you", "."]
    assert answer.reply.text == "Hello, you."
    assert answer.reply.finish is Finish.STOP
    assert answer.reply.usage == Usage(11, 7, 4)
    assert answer.reply.model == "served-model"


def test_what_is_sent(loopback: Serve, call: Call, asked: Ask) -> None:
    server = loopback(says("Hello"))

    asked(at(server.base_url), replace(call, temperature=0.2, seed=7))

    assert server.asked == [
        {
            "model": "asked-model",
            "messages": [{"role": "user", "content": "Say hello."}],
            "max_tokens": 50,
            "temperature": 0.2,
            "seed": 7,
            "stream": True,
            "stream_options": {"include_usage": True},
        }
    ]
    assert server.requests[0].headers["authorization"] == f"Bearer {KEY}"


def test_a_schema_is_asked_for_in_the_provider_s_own_mode(loopback: Serve, call: Call, asked: Ask) -> None:
    server = loopback(says('{"level"', ": 3}"))

    answer = asked(at(server.base_url), replace(call, schema=SCHEMA))

    assert answer.reply.text == '{"level": 3}'
    assert server.asked[0]["response_format"] == {
        "type": "json_schema",
        "json_schema": {"name": "verdict", "schema": dict(SCHEMA.body), "strict": True},
    }


def test_a_schema_is_asked_for_as_a_tool_whose_arguments_are_the_pieces(loopback: Serve, call: Call, asked: Ask) -> None:
    server = loopback(calls_tool('{"level"', ": 3}"))

    answer = asked(at(server.base_url), replace(call, schema=SCHEMA, form="tool"))

    assert answer == ['{"level"', ": 3}"]
    assert answer.reply.text == '{"level": 3}'
    assert answer.reply.finish is Finish.STOP
    assert server.asked[0]["tool_choice"] == {"type": "function", "function": {"name": "verdict"}}
    assert server.asked[0]["tools"][0]["function"]["parameters"] == dict(SCHEMA.body)


def test_words_in_place_of_a_tool_call_are_the_answer(loopback: Serve, call: Call, asked: Ask) -> None:
    answer = asked(at(loopback(says("I ", "cannot.")).base_url), replace(call, schema=SCHEMA, form="tool"))

    assert answer == ["I cannot."]
    assert answer.reply.text == "I cannot."


def test_a_schema_in_words_alone_adds_nothing(loopback: Serve, call: Call, asked: Ask) -> None:
    server = loopback(says("{}"))

    asked(at(server.base_url), replace(call, schema=SCHEMA, form="text"))

    assert not {"response_format", "tools", "tool_choice"} & server.asked[0].keys()


@pytest.mark.parametrize(
    ("finish", "meant"),
    [
        ("stop", Finish.STOP),
        ("length", Finish.LENGTH),
        ("content_filter", Finish.REFUSAL),
        ("tool_calls", Finish.STOP),
        ("odd", Finish.OTHER),
    ],
)
def test_why_it_stopped(loopback: Serve, call: Call, asked: Ask, finish: str, meant: Finish) -> None:
    assert asked(at(loopback(says("Well", finish=finish)).base_url), call).reply.finish is meant


def test_a_refusal_is_told_apart(loopback: Serve, call: Call, asked: Ask) -> None:
    answer = asked(at(loopback(says("I can't ", "do that.", field="refusal")).base_url), call)

    assert answer == []
    assert answer.reply.finish is Finish.REFUSAL
    assert answer.reply.text == "I can't do that."


def test_a_server_that_does_not_stream(loopback: Serve, call: Call, asked: Ask) -> None:
    answer = asked(at(loopback(whole("All at once.", finish="length")).base_url), call)

    assert answer == ["All at once."]
    assert answer.reply.finish is Finish.LENGTH
    assert answer.reply.usage == Usage(11, 7, 4)


def test_usage_may_be_missing(loopback: Serve, call: Call, asked: Ask) -> None:
    assert asked(at(loopback(says("Hello", usage=None)).base_url), call).reply.usage is None


def test_thoughts_and_keep_alives_are_no_pieces(loopback: Serve, call: Call, asked: Ask) -> None:
    thought = (head(200, EVENTS), b": keep-alive\n\n", chunk({"reasoning_content": "Hm."}), chunk({"content": None}), *says("Hello")[1:])

    assert asked(at(loopback(thought).base_url), call) == ["Hello"]


def _broken(*steps: bytes | float | End) -> Steps:
    return (head(200, EVENTS), chunk({"content": "Well"}), *steps)


FAULTS: dict[str, tuple[Steps, FailureKind, str]] = {
    "bad key": (fails(401, f"Incorrect API key provided: {KEY}"), FailureKind.AUTH, "Set OPENAI_API_KEY to a key"),
    "forbidden": (fails(403, "not in your plan"), FailureKind.AUTH, "not in your plan"),
    "no credit": (fails(429, "quota", code="insufficient_quota"), FailureKind.QUOTA, "Add credit"),
    "payment": (fails(402, "pay first"), FailureKind.QUOTA, "pay first"),
    "too many": (fails(429, "slow down"), FailureKind.RATE_LIMITED, "slow down"),
    "bad request": (fails(400, "no messages"), FailureKind.BAD_REQUEST, "no messages"),
    "too large": (fails(413, "too large"), FailureKind.BAD_REQUEST, "too large"),
    "filtered": (fails(400, "policy", code="content_filter"), FailureKind.REFUSED, "policy"),
    "no such model": (fails(404, "The model does not exist"), FailureKind.NOT_FOUND, "Check the model's name"),
    "moved": (body(301, {}, headers={"Location": "https://example.org/v1"}), FailureKind.NOT_FOUND, "moved to https://example.org/v1"),
    "server": (fails(500), FailureKind.SERVER, "HTTP 500"),
    "gateway": (body(502, "<html><head><title>Bad gateway</title></head></html>"), FailureKind.SERVER, "a web page titled 'Bad gateway'"),
    "unavailable": (fails(503), FailureKind.SERVER, "HTTP 503"),
    "overloaded": (fails(529, "Overloaded"), FailureKind.SERVER, "Overloaded"),
    "web page": (body(200, "<!doctype html><title>Welcome</title>"), FailureKind.PROTOCOL, "base URL"),
    "error with 200": (body(200, {"error": {"message": "boom", "code": 502}}), FailureKind.SERVER, "boom"),
    "list": (body(200, [1]), FailureKind.PROTOCOL, "JSON without an answer: [1]"),
    "empty body": (body(200, {}), FailureKind.PROTOCOL, "an empty answer"),
    "empty stream": ((head(200, EVENTS), End.CLOSE), FailureKind.PROTOCOL, "an empty answer"),
    "no finish": (says("Well", finish=None), FailureKind.PROTOCOL, "without a finish_reason"),
    "error in stream": (_broken(event({"error": {"message": "boom", "type": "server_error"}}), End.CLOSE), FailureKind.SERVER, "boom"),
    "no credit in stream": (
        _broken(event({"error": {"message": "boom", "code": "insufficient_quota"}}), End.CLOSE),
        FailureKind.QUOTA,
        "boom",
    ),
    "garbage in stream": (_broken(b"data: {what\n\n", End.CLOSE), FailureKind.PROTOCOL, "no answer"),
    "bytes in stream": (_broken(b"data: \xff\xfe\n\n", End.CLOSE), FailureKind.PROTOCOL, "no answer"),
    "odd event": (_broken(event("odd"), End.CLOSE), FailureKind.PROTOCOL, "finish_reason"),
    "reset": (_broken(End.RESET), FailureKind.CONNECTION, "connection broke"),
    "reset at once": ((End.RESET,), FailureKind.CONNECTION, "connection broke"),
    "closed at once": ((End.CLOSE,), FailureKind.CONNECTION, "connection broke"),
    "half a chunk": (_broken(b'data: {"choi', End.SILENCE), FailureKind.TIMEOUT, "in time"),
    "silence": ((End.SILENCE,), FailureKind.TIMEOUT, "in time"),
    "no HTTP": ((b"\x00\x01garbage\r\n\r\n", End.CLOSE), FailureKind.CONNECTION, "connection"),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_faults_have_a_kind_and_a_next_step(loopback: Serve, call: Call, asked: Ask, fault: str) -> None:
    steps, kind, told = FAULTS[fault]
    server = loopback(steps)

    with pytest.raises(ModelError) as failed:
        asked(at(server.base_url, attempt_timeout=0.5 if End.SILENCE in steps else 5), call)

    assert failed.value.kind is kind
    assert told in str(failed.value)
    assert f"the model 'asked-model' at {server.base_url} " in str(failed.value)
    assert KEY not in str(failed.value)


def test_nobody_listens(closed_port: int, call: Call, asked: Ask) -> None:
    with pytest.raises(ModelError, match="Check that the server runs there") as failed:
        asked(at(f"http://127.0.0.1:{closed_port}/v1"), call)

    assert failed.value.kind is FailureKind.CONNECTION


def test_the_provider_says_when_to_come_back(loopback: Serve, call: Call, asked: Ask) -> None:
    server = loopback(fails(429, headers={"Retry-After": "7"}))

    with pytest.raises(ModelError) as failed:
        asked(at(server.base_url), call)

    assert failed.value.retry_after == 7
    assert len(server.asked) == 1, "only we ask again, not the SDK"


@pytest.mark.parametrize("name", ["temperature", "seed", "stream_options"])
def test_a_refused_parameter_is_left_out_from_then_on(loopback: Serve, call: Call, asked: Ask, name: str) -> None:
    server = loopback(fails(400, f"Unsupported parameter: '{name}' is not supported with this model.", param=name), says("Hello"))
    model = at(server.base_url)

    asked(model, replace(call, temperature=0.2, seed=7))
    asked(model, replace(call, temperature=0.2, seed=7))

    assert [name in sent for sent in server.asked] == [True, False, False]


def test_a_limit_on_length_is_renamed_before_it_is_left_out(loopback: Serve, call: Call, asked: Ask) -> None:
    use_other = fails(400, "Unsupported parameter: 'max_tokens' is not supported with this model. Use 'max_completion_tokens' instead.")
    server = loopback(use_other, fails(422, "max_completion_tokens: extra fields not permitted"), says("Hello"))

    assert asked(at(server.base_url), call) == ["Hello"]
    assert [sorted(name for name in sent if "tokens" in name) for sent in server.asked] == [["max_tokens"], ["max_completion_tokens"], []]


def test_a_refusal_that_nothing_mends_is_told_once(loopback: Serve, call: Call, asked: Ask) -> None:
    server = loopback(fails(400, "temperature is not supported", param="temperature"))

    with pytest.raises(ModelError):
        asked(at(server.base_url), replace(call, temperature=0.2))

    assert len(server.asked) == 2


@pytest.mark.parametrize(
    "told",
    [
        "max_tokens is too large: 50. This model supports at most 40 completion tokens.",
        "This model's maximum context length is 40 tokens: 20 in the messages, 50 in max_tokens. Unsupported length.",
        "Invalid 'messages': expected an array.",
    ],
)
def test_a_value_that_is_refused_is_not_left_out_in_silence(loopback: Serve, call: Call, asked: Ask, told: str) -> None:
    server = loopback(fails(400, told, type="invalid_request_error"))

    with pytest.raises(ModelError) as failed:
        asked(at(server.base_url), call)

    assert failed.value.kind is FailureKind.BAD_REQUEST
    assert len(server.asked) == 1


def test_a_server_without_keys_gets_none(loopback: Serve, call: Call, asked: Ask) -> None:
    server = loopback(says("Hello"))

    assert asked(at(server.base_url, key=None), call) == ["Hello"]
    assert server.requests[0].headers["authorization"] == "Bearer none"


def test_a_server_on_this_machine_is_reached_past_any_proxy(
    loopback: Serve, call: Call, asked: Ask, closed_port: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HTTP_PROXY", f"http://127.0.0.1:{closed_port}")
    monkeypatch.delenv("NO_PROXY", raising=False)

    assert asked(at(loopback(says("Hello")).base_url), call) == ["Hello"]


def test_a_server_that_only_keeps_alive_is_too_slow(loopback: Serve, call: Call, asked: Ask) -> None:
    server = loopback((head(200, EVENTS), *(b": keep-alive\n\n", 0.02) * 100))

    with pytest.raises(ModelError) as failed:
        asked(Patient(at(server.base_url), limits=Limits(attempt_timeout=0.5, attempts=1)), call)

    assert failed.value.kind is FailureKind.TIMEOUT
    assert server.hung_up.wait(timeout=5)


def test_a_slow_drip_is_waited_for(loopback: Serve, call: Call, asked: Ask) -> None:
    server = loopback(says(*"Hello", delay=0.15))

    assert asked(Patient(at(server.base_url), limits=Limits(attempt_timeout=0.6, attempts=1)), call).reply.text == "Hello"


def test_a_model_that_recovers_is_asked_again(loopback: Serve, call: Call, asked: Ask) -> None:
    server = loopback(fails(503), fails(429, headers={"retry-after-ms": "1"}), says("Hello"))

    assert asked(Patient(at(server.base_url)), call) == ["Hello"]
    assert len(server.asked) == 3


def test_closing_the_answer_ends_the_request(loopback: Serve, call: Call) -> None:
    server = loopback(says(*["word "] * 100, delay=0.05))

    async def hear_one() -> object:
        answer = at(server.base_url).ask(call)
        first = await anext(answer)
        await answer.aclose()
        return first

    assert asyncio.run(hear_one()) == "word "
    assert server.hung_up.wait(timeout=5)


def test_cancelling_ends_the_request_at_once(loopback: Serve, call: Call) -> None:
    server = loopback((End.SILENCE,))

    async def give_up() -> None:
        async with asyncio.timeout(0.5):
            await gather(at(server.base_url), call)

    with pytest.raises(TimeoutError):
        asyncio.run(give_up())
    assert server.hung_up.wait(timeout=5)


def test_one_model_serves_many_loops_and_many_calls_at_once(loopback: Serve, call: Call) -> None:
    server = loopback(whole("Hello"))
    model = at(server.base_url)

    async def thrice() -> list[Gathered]:
        return await asyncio.gather(*(gather(model, call) for _ in range(3)))

    assert [answer.reply.text for _ in range(3) for answer in asyncio.run(thrice())] == ["Hello"] * 9


def test_a_connection_that_breaks_after_the_answer_takes_nothing_back(loopback: Serve, call: Call, asked: Ask) -> None:
    chunks = b"".join(step for step in says("Hello")[1:] if isinstance(step, bytes))
    promised = {"Content-Type": "text/event-stream", "Content-Length": str(len(chunks) + 1)}

    assert asked(at(loopback((head(200, promised), chunks, End.CLOSE)).base_url), call) == ["Hello"]


def test_a_stream_leaves_its_connection_to_the_next_call(loopback: Serve, call: Call) -> None:
    chunks = b"".join(step for step in says("Hello")[1:] if isinstance(step, bytes))
    server = loopback((head(200, {"Content-Type": "text/event-stream", "Content-Length": str(len(chunks))}), chunks))
    model = at(server.base_url)

    async def twice() -> list[str]:
        return await gather(model, call) + await gather(model, call)

    assert asyncio.run(twice()) == ["Hello", "Hello"]
    assert server.connections == 1


def test_a_model_can_be_closed_and_used_again(loopback: Serve, call: Call) -> None:
    model = at(loopback(whole("Hello")).base_url)

    async def twice() -> list[str]:
        first = await gather(model, call)
        await model.aclose()
        return first + await gather(model, call)

    assert asyncio.run(twice()) == ["Hello", "Hello"]


COMPLETION = b"".join(step for step in says("Hello")[1:] if isinstance(step, bytes))


@respx.mock
def test_openai_s_own_address_gets_its_own_parameters(call: Call, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_BASE_URL", "https://elsewhere.example/v1")
    route = respx.post("https://api.openai.com/v1/chat/completions").respond(200, content=COMPLETION, headers=EVENTS)

    answer = run_sync(_with_httpx(call))

    assert answer == ["Hello"]
    assert json.loads(route.calls.last.request.content)["max_completion_tokens"] == 50


async def _with_httpx(call: Call) -> Gathered:
    async with httpx.AsyncClient() as client:
        return await gather(at(None, http_client=client), call)


def test_another_server_is_not_told_whose_organisation_asks(
    loopback: Serve, call: Call, asked: Ask, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OPENAI_ORG_ID", "org-mine")
    monkeypatch.setenv("OPENAI_PROJECT_ID", "proj-mine")
    server = loopback(says("Hello"))

    asked(at(server.base_url), call)

    assert [name for name in server.requests[0].headers if name.startswith("openai-")] == []
