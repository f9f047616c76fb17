"""The interview as a flat LangGraph state machine: one run of the graph is one turn."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, Any

from agent.interview import nodes
from agent.interview.context import Context

if TYPE_CHECKING:
    from langgraph.graph import StateGraph

Node = Callable[[dict[str, Any], Context], Awaitable[dict[str, Any]]]


def build_graph(context: Context | None = None) -> StateGraph[Any, Context, Any, Any]:
    """The uncompiled graph. With `context` its nodes are bound to it; else it comes with each run."""
    from langgraph.graph import END, START, StateGraph

    from agent.interview.state import TurnState

    graph: StateGraph[Any, Context, Any, Any] = StateGraph(TurnState, context_schema=None if context else Context)
    named = {"open": nodes.open_scene, "observe": nodes.observe, "direct": nodes.plan, "speak": nodes.speak, "close": nodes.close}
    for name, node in named.items():
        graph.add_node(name, _seated(node, context))
    graph.add_conditional_edges(START, nodes.enter, ["open", "observe", "close"])
    graph.add_edge("open", "speak")
    graph.add_edge("observe", "direct")
    graph.add_edge("direct", "speak")
    graph.add_conditional_edges("speak", nodes.leave, ["close", END])
    graph.add_edge("close", END)
    return graph


def _seated(node: Node, context: Context | None) -> Any:
    from langgraph.runtime import Runtime

    async def seated(state: dict[str, Any], runtime: Runtime[Context]) -> dict[str, Any]:
        return await node(state, context or runtime.context)

    seated.__annotations__["runtime"] = Runtime
    return seated
