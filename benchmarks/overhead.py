"""The engine's share of a turn: graph, director, fold and append, with an observer and a voice that cost nothing.

Compared in the same run with a bare LangGraph graph of the same three nodes, without a checkpointer and with
LangGraph's SQLite saver.
"""

from __future__ import annotations

import asyncio
import itertools
import tempfile
from functools import partial
from pathlib import Path
from typing import Any, TypedDict

from agent.engine import Engine
from agent.interview.context import Context
from agent.move import Hear, Move, Spoken
from agent.observation import Observation
from agent.scene import Scene
from agent.session import Interview
from agent.store import LogStore
from benchmarks.measure import Measure, percentile, timed

TURNS = 300
SCENARIO = "fraud-trade-off"
ANSWER = "I would start with a shadow test on 5% of the traffic, because it is safe."
SEEN: Observation = {
    "words": 30,
    "acts": [{"act": "number", "quote": "5% of the traffic"}, {"act": "choice", "quote": "I would start with a shadow test"}],
    "points": [],
    "facts": [],
    "questions": [],
    "conditions": [],
    "hardening": [],
    "behaviours": [],
    "contingencies": [],
    "recall": None,
    "interest": {},
    "claims": [],
    "addressed": None,
    "relatedness": 0.5,
    "echo": {"quote": "I would start with a shadow test", "number": "5%", "term": ""},
}


class CannedObserver:
    """Sees the same in every answer, at once."""

    id = "canned"

    async def observe(self, answer: str, scene: Scene) -> Observation:
        """The same observation."""
        return SEEN


class CannedVoice:
    """Says a number, at once."""

    id = "canned"

    def __init__(self) -> None:
        self._count = itertools.count()

    async def speak(self, move: Move, scene: Scene, hear: Hear | None = None) -> Spoken:
        """The next number."""
        number = next(self._count)
        return Spoken(text=f"Line {number}.", templates=(f"{move['pool']}#{number}",))


class State(TypedDict, total=False):
    """What the bare graph carries."""

    text: str
    turn: int


def measures() -> list[Measure]:
    """p50 of our turn, of a bare graph, and of a bare graph with the SQLite saver."""
    ours, bare, saved = (percentile(asyncio.run(taken), 0.5) for taken in (_ours(), _bare(), _saved()))
    return [
        Measure("bare LangGraph, three nodes, p50", bare, "ms", note="no checkpointer"),
        Measure("bare LangGraph with SQLite saver, p50", saved, "ms"),
        Measure("engine overhead of a turn, p50", ours, "ms", saved, "graph, director, fold, append; observer and voice canned"),
        Measure("engine overhead / bare graph", ours / bare, "×", 3),
    ]


async def _ours() -> list[float]:
    engine = Engine()
    engine.put(Context(engine.stage(SCENARIO), CannedObserver(), CannedVoice(), engine.clock))
    taken: list[float] = []
    with tempfile.TemporaryDirectory() as folder, LogStore.open(Path(folder) / "bench.db") as store:
        while len(taken) < TURNS:
            interview = Interview(SCENARIO, seed=len(taken), store=store, engine=engine)
            await interview.astart()
            taken += await timed(partial(interview.asay, ANSWER), 10, warm=1)
    return taken


async def _bare() -> list[float]:
    compiled = _graph().compile()
    return await timed(lambda: compiled.ainvoke({"text": ANSWER}), TURNS)


async def _saved() -> list[float]:
    from langgraph.checkpoint.sqlite.aio import AsyncSqliteSaver

    with tempfile.TemporaryDirectory() as folder:
        async with AsyncSqliteSaver.from_conn_string(str(Path(folder) / "saver.db")) as saver:
            compiled = _graph().compile(checkpointer=saver)
            return await timed(lambda: compiled.ainvoke({"text": ANSWER}, {"configurable": {"thread_id": "one"}}), TURNS)


def _graph() -> Any:
    from langgraph.graph import END, START, StateGraph

    async def node(state: State) -> State:
        return {"turn": state.get("turn", 0) + 1}

    graph = StateGraph(State)
    for name in ("observe", "direct", "speak"):
        graph.add_node(name, node)
    for one, other in itertools.pairwise((START, "observe", "direct", "speak", END)):
        graph.add_edge(one, other)
    return graph
