"""What models add: time to the first word, many sessions at once, CPU of a call, replay, and the size of a prompt over a long talk."""

from __future__ import annotations

import asyncio
import subprocess
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from itertools import pairwise
from pathlib import Path
from statistics import mean

from agent.engine import Engine
from agent.events import Line, ModelCalled
from agent.llm.asking import ask
from agent.llm.call import Call, Model, PromptPin
from agent.llm.making import make_model
from agent.memory.embedder import MiniLM, _installed_files
from agent.model_settings import Budget
from agent.models import Models
from agent.move import Streamed
from agent.protocols import Embedder
from agent.session import Interview
from benchmarks.measure import Measure, percentile
from benchmarks.turns import ANSWERS

SCENARIO = "fraud-trade-off"
LATENCY = 200
CALLS = 120
AT_ONCE = 64
CROWDS = (16, 32, 64)
TURNS = 8
NO_LIMIT = Budget(tokens=None, dollars=None)


def measures() -> list[Measure]:
    """Against a server on this machine with a fixed latency, in a process of its own."""
    with served(0) as quick, served(LATENCY) as slow:
        return [*_first_word(quick), *_cpu(quick), *_crowds(slow), *_replay(slow), *_prompts(quick)]


@contextmanager
def served(milliseconds: int) -> Iterator[str]:
    """A model string for the server."""
    with subprocess.Popen([sys.executable, "-m", "benchmarks.endpoint", str(milliseconds)], stdout=subprocess.PIPE, text=True) as server:
        assert server.stdout
        try:
            yield f"openai/bench@http://127.0.0.1:{int(server.stdout.readline())}/v1"
        finally:
            server.kill()


def _first_word(name: str) -> list[Measure]:
    """Alternately through the bare client and through everything that stands around it, with the same messages."""
    bare, ours = asyncio.run(_first_words(name))
    turn = asyncio.run(_first_of_a_turn(name))
    added = percentile(ours, 0.5) - percentile(bare, 0.5)
    return [
        Measure("first token, bare openai client, p50", percentile(bare, 0.5), "ms", note=f"{CALLS} calls, a server without latency"),
        Measure("first token, added by Hotseat, p50", added, "ms", 10, "patience, breaker, account; same messages, same run"),
        Measure("first token of a turn, p50", percentile(turn, 0.5), "ms", note="from the answer sent: observe, direct, render, call"),
    ]


async def _first_words(name: str) -> tuple[list[float], list[float]]:
    client, model, call = _client(name), make_model(name, "voice", env={}), _call()
    assert model
    bare: list[float] = []
    ours: list[float] = []
    for number in range(CALLS + 10):
        began = time.perf_counter()
        bare.append(await _bare(client, call, began))
        first: list[float] = []
        began = time.perf_counter()
        await ask(model, call, on_piece=lambda _, first=first, began=began: first.append(1000 * (time.perf_counter() - began)))  # type: ignore[misc]
        ours.append(first[0])
        if number < 10:
            bare.clear()
            ours.clear()
    await client.close()
    return bare, ours


async def _first_of_a_turn(name: str) -> list[float]:
    found: list[float] = []
    for seed in range(6):
        interview = _interview(name, seed)
        first: list[float] = []
        interview.hear = lambda line, first=first: first.append(time.perf_counter()) if isinstance(line, Streamed) else None
        await interview.astart()
        for answer in ANSWERS:
            if not interview.is_over:
                first.clear()
                began = time.perf_counter()
                await interview.asay(answer)
                found += [1000 * (first[0] - began)] if first else []
    return found


def _cpu(name: str) -> list[Measure]:
    bare, ours = asyncio.run(_cpu_of_calls(name))
    return [
        Measure("CPU of a call, bare openai client", bare, "ms", note=f"{AT_ONCE} at once, httpx2"),
        Measure("CPU of a call, against the bare client", ours / bare, "x", 1.5, f"{ours:.2f} ms, {AT_ONCE} at once"),
    ]


async def _cpu_of_calls(name: str) -> tuple[float, float]:
    client, model, call = _client(name), make_model(name, "voice", env={}), _call()
    assert model
    best = [float("inf"), float("inf")]
    for _ in range(5):
        ways: tuple[Callable[[], Awaitable[object]], ...] = (lambda: _bare(client, call, 0.0), lambda: ask(model, call))
        for index, one in enumerate(ways):
            began = time.process_time()
            await asyncio.gather(*(one() for _ in range(AT_ONCE)))
            best[index] = min(best[index], 1000 * (time.process_time() - began) / AT_ONCE)
    await client.close()
    return best[0], best[1]


def _crowds(name: str) -> list[Measure]:
    """Sessions that play without a pause. Ideally the last is through after the latency of its own calls and nothing else."""
    rates = {crowd: asyncio.run(_rate(name, crowd)) for crowd in CROWDS}
    first, *more = rates.items()
    saturated = max(achieved for achieved, _ in rates.values())
    told = ", ".join(f"{crowd}: {achieved:.0f} of {ideal:.0f}" for crowd, (achieved, ideal) in more)
    return [
        Measure(
            f"{first[0]} sessions at {LATENCY} ms, of the ideal turn rate", first[1][0] / first[1][1], "", 0.9,
            f"{first[1][0]:.1f} of {first[1][1]:.1f} turns a second; {told}", least=True,
        ),
        Measure("turns a second where it saturates", saturated, "", note="one process"),
    ]  # fmt: skip


async def _rate(name: str, crowd: int) -> tuple[float, float]:
    engine = _engine(name)
    engine.warm(SCENARIO)
    sessions = [Interview(SCENARIO, seed=seed, minutes=0, engine=engine) for seed in range(crowd)]
    await asyncio.gather(*(session.astart() for session in sessions))
    before = [_calls(session) for session in sessions]
    began = time.perf_counter()
    played = sum(await asyncio.gather(*(_play(session) for session in sessions)))
    taken = time.perf_counter() - began
    longest = max(_calls(session) - earlier for session, earlier in zip(sessions, before, strict=True))
    return played / taken, played / (LATENCY / 1000 * longest)


async def _play(session: Interview) -> int:
    turns = 0
    for answer in ANSWERS[:TURNS]:
        if not session.is_over:
            await session.asay(f"{answer} That is answer {turns} of {session.seed}.")
            turns += 1
    return turns


def _replay(name: str) -> list[Measure]:
    """A session that was recorded, and the same played from the cassette."""
    files = _installed_files()
    assert files
    with tempfile.TemporaryDirectory() as folder:
        live = asyncio.run(_timed_session(Models(voice=name, budget=NO_LIMIT, record=Path(folder))))
        played = Models(voice=f"cassette:{folder}", budget=NO_LIMIT)
        again, anew = asyncio.run(_timed_session(played)), asyncio.run(_timed_session(played, MiniLM(*files)))
    return [
        Measure(
            "replay of a recorded session, faster than played",
            live / again, "x", 50, f"{live:.2f} s and {again:.3f} s, by the process that recorded it: it knows all sentences", least=True,
        ),
        Measure("replay in a new process, faster than played", live / anew, "x", note=f"{anew:.3f} s: what was said is embedded again"),
    ]  # fmt: skip


async def _timed_session(models: Models, embedder: Embedder | None = None) -> float:
    engine = Engine(models=models, embedder=embedder)
    engine.warm(SCENARIO)
    engine.meet(SCENARIO)
    interview = Interview(SCENARIO, seed=1, minutes=0, engine=engine)
    began = time.perf_counter()
    await interview.astart()
    for answer in ANSWERS:
        if not interview.is_over:
            await interview.asay(answer)
    return time.perf_counter() - began


def _prompts(name: str) -> list[Measure]:
    """What a provider's cache can keep from call to call, and how the prompt grows: counted in words, with a recording model."""
    shared, sizes = asyncio.run(_long_talk(name))
    early, late = mean(sizes[18:24]), mean(sizes[-6:])
    return [
        Measure("prompt shared with the call before", mean(shared), "", 0.8, f"{len(shared)} calls for the same person", least=True),
        Measure(
            "words of a voice call late, against turn 20", late / early, "x", 1.15, f"{early:.0f} and {late:.0f} words, {len(sizes)} turns"
        ),
    ]


async def _long_talk(name: str) -> tuple[list[float], list[int]]:
    engine = _engine(name)
    heard: list[Call] = []
    voice = engine.context(SCENARIO).voice
    voice._model = Overheard(voice._model, heard)  # type: ignore[attr-defined]
    interview = Interview(SCENARIO, seed=2, minutes=0, engine=engine)
    await interview.astart()
    sizes: list[int] = []
    for number in range(60):
        if interview.is_over:
            break
        await interview.asay(f"{ANSWERS[number % len(ANSWERS)]} And that is point {number}.")
        sizes.append(_words(heard[-1]))
    speakers: dict[str, list[str]] = {}
    for call in heard:
        whole = "\n".join(message["content"] for message in call.messages)
        speakers.setdefault(call.messages[0]["content"][:200], []).append(whole)
    shared = [_shared(*two) for said in speakers.values() for two in pairwise(said)]
    return shared, sizes


def _shared(before: str, now: str) -> float:
    """The share of the words of `now` that stand in the same place from the beginning of `before`."""
    one, other = before.split(), now.split()
    same = next((place for place, (left, right) in enumerate(zip(one, other, strict=False)) if left != right), min(len(one), len(other)))
    return same / len(other)


class Overheard(Model):
    """A model whose calls are kept."""

    def __init__(self, model: Model, heard: list[Call]) -> None:
        self.address = model.address
        self._model, self._heard = model, heard

    def ask(self, call: Call):  # type: ignore[no-untyped-def]
        """The model's answer."""
        self._heard.append(call)
        return self._model.ask(call)


def _words(call: Call) -> int:
    return sum(len(message["content"].split()) for message in call.messages)


def _calls(interview: Interview) -> int:
    return sum(isinstance(event, ModelCalled) for event in interview.events) or sum(isinstance(event, Line) for event in interview.events)


def _engine(name: str) -> Engine:
    return Engine(models=Models(voice=name, budget=NO_LIMIT))


def _interview(name: str, seed: int) -> Interview:
    engine = _engine(name)
    engine.warm(SCENARIO)
    return Interview(SCENARIO, seed=seed, minutes=0, engine=engine)


def _call() -> Call:
    text = "A talk of some length. " * 400
    return Call(
        "voice", ({"role": "system", "content": text}, {"role": "user", "content": "Go on."}), PromptPin("bench", ""), max_tokens=200
    )


def _client(name: str):  # type: ignore[no-untyped-def]
    import httpx2
    from openai import AsyncOpenAI

    return AsyncOpenAI(api_key="none", base_url=name.partition("@")[2], http_client=httpx2.AsyncClient(timeout=30), max_retries=0)  # type: ignore[arg-type]


async def _bare(client, call: Call, began: float) -> float:  # type: ignore[no-untyped-def]
    first = 0.0
    stream = await client.chat.completions.create(
        model="bench", messages=list(call.messages), max_tokens=call.max_tokens, stream=True, stream_options={"include_usage": True}
    )
    async for chunk in stream:
        if not first and chunk.choices and chunk.choices[0].delta.content:
            first = 1000 * (time.perf_counter() - began)
    return first
