"""The same graph for LangGraph's own server and tools: `langgraph.json` names `make_graph`.

The server keeps the state in its checkpointer, one thread a session. The first run of a thread opens the scene; each
further run takes the last human message as the candidate's answer. `configurable.scenario` names the scene; without it
the first of the library is played.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from agent.engine import default_engine
from agent.interview.graph import build_graph
from agent.interview.tracing import run_config

if TYPE_CHECKING:
    from langchain_core.runnables import RunnableConfig


def make_graph(config: RunnableConfig) -> Any:
    """The compiled graph, bound to the scenario that `config` names."""
    engine = default_engine()
    scenario = config.get("configurable", {}).get("scenario") or engine.library.names("scenario")[0]
    return build_graph(engine.context(scenario)).compile().with_config(run_config())
