"""The embedded turn: observe, direct, speak and append, as a candidate meets it."""

from __future__ import annotations

import asyncio
import tempfile
from functools import partial
from pathlib import Path

from agent.engine import Engine
from agent.session import Interview
from agent.store import LogStore
from benchmarks.measure import Measure, percentile, timed

SCENARIOS = ("fraud-trade-off", "data-collapse")
SESSIONS = 12
ANSWERS = tuple(
    answer.strip() for answer in (Path(__file__).parent / "answers.txt").read_text(encoding="utf-8").split("---") if answer.strip()
)


def measures() -> list[Measure]:
    """p50 and p95 over real answers, none of which was embedded before its first use."""
    taken = asyncio.run(_turns())
    return [
        Measure("embedded turn, p50", percentile(taken, 0.5), "ms", 60, f"{len(taken)} turns, answers of 3 to 150 words"),
        Measure("embedded turn, p95", percentile(taken, 0.95), "ms", 150),
    ]


async def _turns() -> list[float]:
    engine = Engine()
    taken: list[float] = []
    with tempfile.TemporaryDirectory() as folder, LogStore.open(Path(folder) / "bench.db") as store:
        for scenario in SCENARIOS:
            engine.warm(scenario)
            for seed in range(SESSIONS // len(SCENARIOS)):
                taken += await _session(Interview(scenario, seed=seed, store=store, engine=engine))
    return taken


async def _session(interview: Interview) -> list[float]:
    await interview.astart()
    taken: list[float] = []
    for answer in ANSWERS:
        if not interview.is_over:
            said = f"{answer} This is session {interview.seed} of {interview.stage.scenario.slug}."
            fresh = said.replace("the", f"the{' ' * (interview.seed + 1)}")
            taken += await timed(partial(interview.asay, fresh), 1, warm=0)
    return taken
