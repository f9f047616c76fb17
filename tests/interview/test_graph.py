from __future__ import annotations

import asyncio
import json
from pathlib import Path
from typing import Any

import pytest

from agent.engine import Engine
from agent.events import Line
from agent.interview.graph import build_graph
from agent.interview.nodes import enter, leave
from agent.scene import empty_scene
from agent.session import Interview

SCENARIO = "fraud-trade-off"
ROOT = Path(__file__).parents[2]


def test_the_graph_is_flat_and_named_as_the_design_has_it() -> None:
    drawn = build_graph().compile().get_graph()
    assert set(drawn.nodes) == {"__start__", "open", "observe", "direct", "speak", "close", "__end__"}
    edges = {(edge.source, edge.target) for edge in drawn.edges}
    assert {("open", "speak"), ("observe", "direct"), ("direct", "speak"), ("speak", "close"), ("close", "__end__")} <= edges


@pytest.mark.parametrize(
    ("state", "begins"),
    [
        ({}, "open"),
        ({"scene": empty_scene(), "action": {"type": "message"}}, "observe"),
        ({"scene": empty_scene(), "action": {"type": "silence"}}, "observe"),
        ({"scene": empty_scene(), "action": {"type": "leave"}}, "close"),
        ({"scene": empty_scene() | {"ended": "left"}}, "close"),
    ],
)
def test_where_a_turn_begins(state: dict[str, Any], begins: str) -> None:
    assert asyncio.run(enter(state)) == begins


def test_a_turn_ends_the_scene_only_if_the_plan_says_so() -> None:
    assert asyncio.run(leave({"ends": None})) == "__end__"
    assert asyncio.run(leave({"ends": "arc_finished"})) == "close"


def test_a_checkpointer_and_a_client_of_messages_play_the_same_scene(engine: Engine) -> None:
    from langgraph.checkpoint.memory import InMemorySaver

    graph = build_graph(engine.context(SCENARIO)).compile(checkpointer=InMemorySaver())
    thread: Any = {"configurable": {"thread_id": "one"}}

    async def talk() -> Any:
        await graph.ainvoke({"messages": []}, thread)
        await graph.ainvoke({"messages": [{"role": "user", "content": "Who is hit most by the refusals?"}]}, thread)
        return await graph.ainvoke({"messages": [{"role": "user", "content": "I would start with a small test."}]}, thread)

    state = asyncio.run(talk())
    assert [message.type for message in state["messages"]][:4] == ["ai", "human", "ai", "human"]
    assert state["scene"]["turns"] == 2
    assert state["scene"]["facts"]
    assert json.loads(json.dumps(state["scene"])) == state["scene"], "checkpointed state is plain data"


def test_the_server_finds_the_graph(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    from agent import serving

    place, _, factory = json.loads((ROOT / "langgraph.json").read_text())["graphs"]["interview"].partition(":")
    assert (ROOT / place).resolve() == Path(serving.__file__)
    monkeypatch.setattr(serving, "default_engine", lambda: engine)
    made = getattr(serving, factory)({"configurable": {"scenario": "data-collapse"}})
    state = asyncio.run(made.ainvoke({"messages": []}))
    assert state["scene"]["scenario"] == "data-collapse"


def test_silence_is_answered_by_who_spoke_last(engine: Engine) -> None:
    interview = Interview(SCENARIO, seed=1, engine=engine)
    interview.start()
    said = asyncio.run(interview.asilence(45))
    assert [line.move for line in said] == ["conduct"]
    assert [event.type for event in interview.events[-2:]] == ["silence", "line"]


def test_a_turn_only_returns_what_is_new(engine: Engine) -> None:
    interview = Interview(SCENARIO, seed=1, engine=engine)
    interview.start()
    before = len(interview.events)
    interview.say("I would ask what both errors cost first.")
    new = interview.events[before:]
    assert [event.type for event in new[:2]] == ["candidate_said", "observed"]
    assert any(isinstance(event, Line) for event in new)
