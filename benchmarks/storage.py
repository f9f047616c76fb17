"""Bytes a turn costs in the store, from turn 5 to turn 200 of one session."""

from __future__ import annotations

import asyncio
import json
import sqlite3
import tempfile
from dataclasses import replace
from pathlib import Path

from agent.engine import Engine
from agent.interview.stage import Stage
from agent.scenario import Scenario
from agent.session import Interview
from agent.store import LogStore
from benchmarks.measure import Measure
from benchmarks.overhead import CannedObserver, CannedVoice

SCENARIO = "fraud-trade-off"
FIRST, LAST = 5, 200
ANSWER = "I would start with a shadow test on five percent of the traffic, and compare what both errors cost us before we decide."


def measures() -> list[Measure]:
    """Mean bytes of the events of early and of late turns, and the file's growth."""
    sizes, grown = asyncio.run(_sizes())
    early, late = (sum(part) / len(part) for part in (sizes[FIRST : FIRST + 20], sizes[LAST - 20 : LAST]))
    return [
        Measure("bytes of a turn's events, turns 5–25", early, "B"),
        Measure("bytes of a turn's events, turns 180–200", late, "B"),
        Measure("late / early", late / early, "×", 1.1, "flat: no state is stored again"),
        Measure("file growth a turn, turns 5–200", grown, "B", note="the database file, after a checkpoint"),
    ]


async def _sizes() -> tuple[list[int], float]:
    from agent.interview.context import Context

    engine = Engine()
    stage = _endless(engine.stage(SCENARIO))
    engine.put(Context(stage, CannedObserver(), CannedVoice(), engine.clock))
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "bench.db"
        sizes: list[int] = []
        before = 0
        with LogStore.open(file) as store:
            interview = Interview(SCENARIO, seed=1, store=store, engine=engine, minutes=0)
            await interview.astart()
            for turn in range(LAST):
                length = len(interview.events)
                await interview.asay(f"{ANSWER} {turn}")
                sizes.append(sum(len(json.dumps(event.model_dump(mode="json"))) for event in interview.events[length:]))
                before = _size(file) if turn == FIRST else before
        return sizes, (_size(file) - before) / (LAST - FIRST)


def _size(file: Path) -> int:
    with sqlite3.connect(file) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()
    return file.stat().st_size


def _endless(stage: Stage) -> Stage:
    """The same stage with its arc repeated, so that a session reaches two hundred turns."""
    data = stage.scenario.model_dump(mode="json")
    first = list(data["beats"])
    for lap in range(1, 30):
        data["beats"] += [
            {**beat, "id": f"{beat['id']}-{lap}", "points": [{**point, "id": f"{point['id']}-{lap}"} for point in beat["points"]]}
            for beat in first
        ]
    data["max_turns"] = 10_000
    return replace(stage, scenario=Scenario.model_validate(data))
