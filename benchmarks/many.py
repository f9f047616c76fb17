"""A thousand live sessions in one process, against one session at the same rate of turns."""

from __future__ import annotations

import asyncio
import itertools
import resource
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from agent.engine import Engine
from agent.session import Interview
from agent.store import LogStore
from benchmarks.measure import Measure, percentile
from benchmarks.turns import ANSWERS

SESSIONS = 1000
TURNS = 1000
RATE = 10.0
SCENARIO = "fraud-trade-off"


def measures() -> list[Measure]:
    """Memory with all of them live, and how much slower a turn gets."""
    one, many, memory = asyncio.run(_compare())
    alone, crowded = percentile(one, 0.95), percentile(many, 0.95)
    return [
        Measure("memory with 1,000 live sessions", memory, "GiB", 1.0, "peak resident size of the process, embedder and all"),
        Measure("turn p95, one session at a time", alone, "ms", note=f"{RATE:g} turns a second, {len(one)} turns"),
        Measure("turn p95, 1,000 sessions live", crowded, "ms", note=f"{RATE:g} turns a second, {len(many)} turns"),
        Measure("p95 with 1,000 / with one", crowded / alone, "×", 2),
    ]


async def _compare() -> tuple[list[float], list[float], float]:
    engine = Engine()
    engine.warm(SCENARIO)
    with tempfile.TemporaryDirectory() as folder, LogStore.open(Path(folder) / "bench.db") as store:
        one = await _paced(_one_after_the_other(store, engine), TURNS // 4)
        crowd = [Interview(SCENARIO, seed=seed, store=store, engine=engine) for seed in range(SESSIONS)]
        for interview in crowd:
            await interview.astart()
        many = await _paced(itertools.cycle(crowd), TURNS)
        memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20
    return one, many, memory


def _one_after_the_other(store: LogStore, engine: Engine) -> Iterator[Interview]:
    for seed in itertools.count(10_000):
        interview = Interview(SCENARIO, seed=seed, store=store, engine=engine)
        while not interview.is_over:
            yield interview


async def _paced(sessions: Iterator[Interview], turns: int) -> list[float]:
    """Milliseconds from when a turn was due to its end, so that a queue counts."""
    taken = []
    due = time.perf_counter()
    for turn, interview in enumerate(itertools.islice(sessions, turns)):
        if not interview.is_started:
            await interview.astart()
            due = time.perf_counter()
        due += 1 / RATE
        await asyncio.sleep(max(0.0, due - time.perf_counter()))
        began = max(due, 0.0)
        await interview.asay(f"{ANSWERS[turn % len(ANSWERS)]} That is point {turn}.")
        taken.append(1000 * (time.perf_counter() - began))
    return taken
