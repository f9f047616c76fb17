from __future__ import annotations

import asyncio
import json
import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from opentelemetry import metrics, trace
from opentelemetry.sdk.metrics import MeterProvider
from opentelemetry.sdk.metrics.export import InMemoryMetricReader
from opentelemetry.sdk.trace import ReadableSpan, TracerProvider
from opentelemetry.sdk.trace.export import SimpleSpanProcessor
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter
from opentelemetry.trace import SpanKind, StatusCode

from agent.errors import FailureKind, ModelError
from agent.llm import gen_ai
from agent.llm.asking import CallFailed, ask
from agent.llm.call import Address, Call, Finish, Reply, Schema
from agent.llm.exporting import start_exporting
from agent.llm.fallback import Fallback
from agent.llm.patience import Patient
from agent.llm.telemetry import _instruments
from agent.sync import run_sync
from tests.llm.conftest import HELLO, FakeTime, Staged, failure
from tests.llm.test_asking import Replayed, Slow

PAGE = Path(__file__).parents[2] / "docs" / "telemetry.md"
AT_HOME = Address("vllm", "home-model", "http://user:secret@gpu.example:8000/v1?key=hidden")


class Recorded:
    """What OpenTelemetry's SDK has been given."""

    def __init__(self) -> None:
        self.exporter = InMemorySpanExporter()
        self.reader = InMemoryMetricReader()
        self.tracers = TracerProvider(shutdown_on_exit=False)
        self.tracers.add_span_processor(SimpleSpanProcessor(self.exporter))
        self.meters = MeterProvider([self.reader], shutdown_on_exit=False)

    @property
    def spans(self) -> list[ReadableSpan]:
        return list(self.exporter.get_finished_spans())

    @property
    def span(self) -> ReadableSpan:
        (span,) = self.spans
        return span

    @property
    def attributes(self) -> dict[str, Any]:
        return dict(self.span.attributes or {})

    @property
    def points(self) -> dict[str, list[Any]]:
        """The points of every metric, by its name."""
        data = self.reader.get_metrics_data()
        found = [metric for of in data.resource_metrics for scope in of.scope_metrics for metric in scope.metrics] if data else []
        return {metric.name: list(metric.data.data_points) for metric in found}

    def text(self) -> str:
        data = self.reader.get_metrics_data()
        return "".join(span.to_json() for span in self.spans) + (data.to_json() if data else "")


@pytest.fixture
def recorded(monkeypatch: pytest.MonkeyPatch) -> Iterator[Recorded]:
    """An SDK for this test alone; OpenTelemetry itself lets a process set one up only once."""
    recorded = Recorded()
    monkeypatch.setattr(trace, "_TRACER_PROVIDER", recorded.tracers)
    monkeypatch.setattr("opentelemetry.metrics._internal._METER_PROVIDER", recorded.meters)
    yield recorded
    _instruments.cache_clear()
    recorded.tracers.shutdown()
    recorded.meters.shutdown()


def test_one_call_is_one_span(recorded: Recorded, call: Call, time: FakeTime) -> None:
    run_sync(ask(Slow(time), replace(call, temperature=0.5, seed=7), clock=time))

    assert (recorded.span.name, recorded.span.kind, recorded.span.status.status_code) == (
        "chat some-model",
        SpanKind.CLIENT,
        StatusCode.UNSET,
    )
    assert recorded.attributes == {
        "gen_ai.operation.name": "chat",
        "gen_ai.provider.name": "openai",
        "gen_ai.request.model": "some-model",
        "gen_ai.request.max_tokens": 50,
        "gen_ai.request.temperature": 0.5,
        "gen_ai.request.seed": 7,
        "gen_ai.output.type": "text",
        "gen_ai.response.model": "served-model",
        "gen_ai.response.finish_reasons": ("stop",),
        "gen_ai.response.time_to_first_chunk": 2.0,
        "gen_ai.usage.input_tokens": 100,
        "gen_ai.usage.output_tokens": 10,
        "gen_ai.usage.cache_read.input_tokens": 40,
        "server.address": "api.openai.com",
        "server.port": 443,
        "hotseat.role": "voice",
        "hotseat.prompt": "voice/line@1.0.0",
        "hotseat.attempts": 1,
        "hotseat.replayed": False,
    }


def test_the_names_are_those_of_the_conventions(recorded: Recorded, call: Call) -> None:
    """Against the list that OpenTelemetry publishes as a package."""
    from opentelemetry.semconv._incubating.attributes import gen_ai_attributes, server_attributes
    from opentelemetry.semconv._incubating.metrics import gen_ai_metrics
    from opentelemetry.semconv.attributes import error_attributes

    run_sync(ask(Staged(HELLO), call))
    sources = (gen_ai_attributes, server_attributes, error_attributes, gen_ai_metrics)
    known = {value for source in sources for value in vars(source).values() if isinstance(value, str)}

    assert {name for name in recorded.attributes if not name.startswith("hotseat.")} | recorded.points.keys() <= known


def test_metrics_of_a_call(recorded: Recorded, call: Call, time: FakeTime) -> None:
    run_sync(ask(Slow(time), call, clock=time))

    points = recorded.points
    assert [(point.attributes["gen_ai.token.type"], point.sum) for point in points["gen_ai.client.token.usage"]] == [
        ("input", 100),
        ("output", 10),
    ]
    assert [point.sum for point in points["gen_ai.client.operation.duration"]] == [5.0]
    assert [point.sum for point in points["gen_ai.client.operation.time_to_first_chunk"]] == [2.0]
    assert points["gen_ai.client.operation.duration"][0].explicit_bounds[:3] == (0.01, 0.02, 0.04)
    assert points["gen_ai.client.token.usage"][0].explicit_bounds[-1] == 67108864
    assert points["gen_ai.client.operation.duration"][0].attributes == {
        "gen_ai.operation.name": "chat",
        "gen_ai.provider.name": "openai",
        "gen_ai.request.model": "some-model",
        "gen_ai.response.model": "served-model",
        "server.address": "api.openai.com",
        "server.port": 443,
        "hotseat.role": "voice",
    }


def test_retries_lie_inside_the_span(recorded: Recorded, call: Call, time: FakeTime) -> None:
    run_sync(ask(Patient(Staged([failure()], [failure()], HELLO), clock=time, sleep=time.sleep), call))

    assert recorded.attributes["hotseat.attempts"] == 3
    assert recorded.span.status.status_code is StatusCode.UNSET


def test_a_fallback_is_told_by_its_own_name(recorded: Recorded, call: Call) -> None:
    run_sync(ask(Fallback([Staged([failure()]), Staged(HELLO, address=Address("mistral", "spare-model"))]), call))

    assert recorded.span.name == "chat spare-model"
    assert recorded.attributes["gen_ai.request.model"] == "spare-model"
    assert recorded.attributes["gen_ai.provider.name"] == "mistral_ai"


def test_of_an_address_host_and_port_are_told_alone(recorded: Recorded, call: Call) -> None:
    run_sync(ask(Staged(HELLO, address=AT_HOME), call))

    assert (recorded.attributes["server.address"], recorded.attributes["server.port"]) == ("gpu.example", 8000)
    assert not re.search("secret|hidden|user", recorded.text())


@pytest.mark.parametrize("url", ["http://host:port/v1", "http://[::1/v1", "no-url"])
def test_of_an_address_that_is_none_nothing_is_told(call: Call, url: str) -> None:
    assert gen_ai.operation(call, Address("vllm", "home-model", url)).keys().isdisjoint({"server.address", "server.port"})


def test_of_a_failure_its_kind_is_told_alone(recorded: Recorded, call: Call) -> None:
    quoted = ModelError(FailureKind.BAD_REQUEST, "the provider says: cannot parse 'Say hello.'")

    with pytest.raises(CallFailed):
        run_sync(ask(Staged([quoted]), call))

    assert (recorded.span.status.status_code, recorded.span.status.description) == (StatusCode.ERROR, "bad_request")
    assert recorded.attributes["error.type"] == "bad_request"
    assert recorded.points["gen_ai.client.operation.duration"][0].attributes["error.type"] == "bad_request"
    assert not recorded.span.events
    assert "Say hello" not in recorded.text()


def test_a_call_that_is_given_up_is_told_as_cancelled(recorded: Recorded, call: Call) -> None:
    async def give_up() -> None:
        async with asyncio.timeout(0.01):
            await ask(Staged(["Hel", ...]), call)

    with pytest.raises(TimeoutError):
        run_sync(give_up())

    assert recorded.attributes["error.type"] == "cancelled"
    assert not recorded.span.events


def test_a_fault_of_ours_is_told_by_its_class(recorded: Recorded, call: Call) -> None:
    def stumble(piece: str) -> None:
        raise ValueError(piece)

    with pytest.raises(ValueError, match="Hel"):
        run_sync(ask(Staged(HELLO), call, on_piece=stumble))

    assert recorded.span.status.description == "ValueError"
    assert "Hel" not in recorded.text()


def test_what_is_replayed_is_a_span_and_no_measurement(recorded: Recorded, call: Call) -> None:
    run_sync(ask(Replayed(), call))

    assert recorded.attributes["hotseat.replayed"]
    assert recorded.points == {}


def test_a_call_for_json_says_so_and_unknown_tokens_are_left_out(recorded: Recorded, call: Call) -> None:
    run_sync(ask(Staged([Reply("{}", Finish.STOP, None, "m")]), replace(call, schema=Schema("answer", {}))))

    assert recorded.attributes["gen_ai.output.type"] == "json"
    assert not [name for name in recorded.attributes if "usage" in name]
    assert "gen_ai.client.token.usage" not in recorded.points


def test_no_word_is_told(recorded: Recorded, call: Call) -> None:
    run_sync(ask(Staged(HELLO), call))

    assert not re.search("Say hello|Hello", recorded.text())


def test_words_are_told_where_they_are_asked_for(recorded: Recorded, call: Call, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOTSEAT_TRACE_TEXT", "1")

    run_sync(ask(Staged(HELLO), call))

    asked = [{"role": "user", "parts": [{"type": "text", "content": "Say hello."}]}]
    answered = [{"role": "assistant", "parts": [{"type": "text", "content": "Hello"}], "finish_reason": "stop"}]
    assert json.loads(recorded.attributes["gen_ai.input.messages"]) == asked
    assert json.loads(recorded.attributes["gen_ai.output.messages"]) == answered


def test_spans_of_a_turn_hang_together(recorded: Recorded, call: Call) -> None:
    with recorded.tracers.get_tracer("host").start_as_current_span("a turn"):
        run_sync(ask(Staged(HELLO), call))

    chat, turn = recorded.spans
    assert chat.parent
    assert chat.parent.span_id == turn.get_span_context().span_id


def test_without_the_package_calls_go_on(call: Call, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "opentelemetry", None)

    assert run_sync(ask(Staged(HELLO), call)).reply.text == "Hello"
    with pytest.raises(CallFailed):
        run_sync(ask(Staged([failure()]), call))


def test_nothing_is_imported_before_the_first_call() -> None:
    code = (
        "import sys, agent.llm.asking, agent.llm.exporting; agent.llm.exporting.start_exporting({}); print('opentelemetry' in sys.modules)"
    )

    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True).stdout == "False\n"


def test_a_package_that_is_missing_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "opentelemetry.exporter.otlp.proto.http", None)

    assert "pip install 'hotseat[otel]'" in (start_exporting({"OTEL_EXPORTER_OTLP_ENDPOINT": "http://127.0.0.1:4318"}) or "")


@pytest.mark.parametrize("more", [{}, {"OTEL_SDK_DISABLED": "true", "OTEL_EXPORTER_OTLP_ENDPOINT": "http://127.0.0.1:4318"}])
def test_nothing_is_exported_unasked(more: dict[str, str]) -> None:
    before = trace.get_tracer_provider(), metrics.get_meter_provider()

    assert start_exporting(more) is None
    assert (trace.get_tracer_provider(), metrics.get_meter_provider()) == before


def test_the_page_names_what_is_sent(recorded: Recorded, call: Call, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOTSEAT_TRACE_TEXT", "1")
    run_sync(ask(Staged(HELLO), replace(call, temperature=0.5, seed=7)))
    with pytest.raises(CallFailed):
        run_sync(ask(Staged([failure()]), call))

    sent = {name for span in recorded.spans for name in span.attributes or {}}
    assert set(re.findall(r"^\| `([\w.]+)`", PAGE.read_text(encoding="utf-8"), re.MULTILINE)) == sent | recorded.points.keys()
