"""What leaves for LangSmith when it traces an interview: runs, and none of the words. Its server is played on this machine."""

from __future__ import annotations

import asyncio
import gzip
import json
import os
import re
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest
import zstandard
from langchain_core.runnables import RunnableLambda
from langsmith import Client, run_trees, traceable
from langsmith.run_helpers import tracing_context
from langsmith.utils import get_env_var

from agent.engine import Engine
from agent.events import Line
from agent.interview import tracing
from agent.interview.tracing import run_config
from agent.serving import make_graph
from agent.session import Interview
from tests.conftest import offline

SCENARIO = "fraud-trade-off"
ANSWERS = (
    "I would first ask what both errors cost, and call the mark of this answer Zanzibar.",
    "What does it cost us when we turn away an honest payment?",
    "Then I would set the threshold where the sum of both is smallest.",
)


class Collector(ThreadingHTTPServer):
    """Takes whatever LangSmith's client sends, and keeps it decoded."""

    daemon_threads = True

    def __init__(self) -> None:
        self.sent: list[str] = []
        super().__init__(("127.0.0.1", 0), _Handler)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}"

    @property
    def text(self) -> str:
        return "\n".join(self.sent)


class _Handler(BaseHTTPRequestHandler):
    server: Collector

    def do_GET(self) -> None:
        """What the server can do: take many runs in one compressed body."""
        self._answer({"version": "0.14.0", "instance_flags": {"zstd_compression_enabled": True}})

    def do_POST(self) -> None:
        self.server.sent.append(_decoded(self.headers.get("Content-Encoding"), self.rfile.read(int(self.headers["Content-Length"]))))
        self._answer({})

    do_PATCH = do_POST

    def _answer(self, body: Any) -> None:
        content = json.dumps(body).encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, format: str, *args: Any) -> None:
        pass


def _decoded(encoding: str | None, body: bytes) -> str:
    if encoding == "zstd":
        body = zstandard.ZstdDecompressor().stream_reader(body).read()
    if encoding == "gzip":
        body = gzip.decompress(body)
    return body.decode("utf-8", errors="replace")


@pytest.fixture
def collector() -> Iterator[Collector]:
    with Collector() as server:
        offline.opened.add(server.server_address)
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield server
        server.shutdown()
        thread.join()
    offline.opened.clear()


Play = Callable[..., Interview]


@pytest.fixture
def play(collector: Collector, monkeypatch: pytest.MonkeyPatch) -> Iterator[Play]:
    """Plays three turns while LangSmith traces, under more variables; returns when all is sent."""
    for name in [name for name in os.environ if name.startswith(("LANGSMITH_", "LANGCHAIN_"))]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("LANGSMITH_ENDPOINT", collector.url)
    monkeypatch.setenv("LANGSMITH_API_KEY", "a-key")
    monkeypatch.setattr(run_trees, "_CLIENT", None)

    def played(**env: str) -> Interview:
        for name, value in {"LANGSMITH_TRACING": "true", **env}.items():
            monkeypatch.setenv(name, value)
        get_env_var.cache_clear()  # type: ignore[attr-defined]
        interview = Interview(SCENARIO, seed=4, engine=Engine())
        interview.start()
        for answer in ANSWERS:
            interview.say(answer)
        _send_all()
        return interview

    yield played
    get_env_var.cache_clear()  # type: ignore[attr-defined]


def _send_all() -> None:
    """LangSmith's client for everybody, and our own."""
    own = [tracing._client()] if tracing._client.cache_info().currsize else []
    for client in (*own, *([run_trees._CLIENT] if run_trees._CLIENT else [])):
        client.close(timeout=10)
    tracing._client.cache_clear()


def _words(interview: Interview) -> list[str]:
    """Everything that was said or may come to be said, as it stands in JSON."""
    facts = [text for fact in interview.stage.scenario.facts for text in (fact.id, fact.short)]
    return [json.dumps(text, ensure_ascii=False)[1:-1] for text in (*ANSWERS, *_lines(interview), *facts)]


def _lines(interview: Interview) -> list[str]:
    return [event.text for event in interview.events if isinstance(event, Line)]


def test_runs_arrive_without_a_word(play: Play, collector: Collector) -> None:
    interview = play()

    assert collector.text.count('"name":"LangGraph"') >= len(ANSWERS) + 1
    assert {name for name in ("open", "observe", "direct", "speak") if f'"name":"{name}"' not in collector.text} == set()
    assert [text for text in _words(interview) if text in collector.text] == []


def test_words_are_sent_where_they_are_asked_for(play: Play, collector: Collector) -> None:
    interview = play(HOTSEAT_TRACE_TEXT="1")

    assert {text for text in _words(interview) if text in collector.text} >= {*ANSWERS, *_lines(interview), "cost-false-decline"}


def test_what_the_user_has_set_stays(play: Play, collector: Collector) -> None:
    play(LANGSMITH_HIDE_INPUTS="false")

    assert "Zanzibar" in collector.text


def test_nothing_is_sent_unasked(play: Play, collector: Collector) -> None:
    play(LANGSMITH_TRACING="false")

    assert collector.sent == []
    assert run_config() == {}


def test_of_an_error_its_class_is_sent_alone(play: Play, collector: Collector) -> None:
    play()

    async def stumble(answer: str) -> str:
        raise ValueError(f"cannot read {answer!r}")

    with pytest.raises(ValueError, match="Zanzibar"):
        asyncio.run(RunnableLambda(stumble).ainvoke(ANSWERS[0], run_config()))
    _send_all()

    assert '"ValueError"' in collector.text
    assert "Zanzibar" not in collector.text


def test_a_client_of_the_user_s_own_is_left_alone(play: Play) -> None:
    play()

    with tracing_context(client=Client(auto_batch_tracing=False)):
        assert run_config() == {}


def test_langgraph_s_server_sends_no_word_either(play: Play, collector: Collector) -> None:
    interview = play()
    before = len(collector.sent)
    config: Any = {"configurable": {"scenario": SCENARIO}}

    asyncio.run(make_graph(config).ainvoke({"messages": []}, config, context=config["configurable"]))
    _send_all()

    assert '"name":"open"' in "".join(collector.sent[before:])
    assert [text for text in _words(interview) if text in collector.text] == []


def test_turns_hang_under_the_run_that_played_them(play: Play, collector: Collector, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LANGSMITH_TRACING", "true")
    get_env_var.cache_clear()  # type: ignore[attr-defined]
    played: list[Interview] = []

    traceable(name="host")(lambda: played.append(play()))()
    _send_all()

    assert '"name":"host"' in collector.text
    assert len(set(re.findall(r'"trace_id":"([\w-]+)"', collector.text))) == 1
    assert [text for text in _words(played[0]) if text in collector.text] == []
