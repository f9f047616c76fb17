"""What LangSmith gets to see of a turn: its steps and how long they took, and none of the words.

LangGraph traces itself as soon as LANGSMITH_TRACING is true, with everything that was said. A turn is therefore run with a
tracer of its own, which leaves out inputs and outputs, and of an error all but its kind.
"""

from __future__ import annotations

import os
import re
from functools import cache
from typing import TYPE_CHECKING, Any

from agent.llm.telemetry import is_text_wanted

if TYPE_CHECKING:
    from langchain_core.runnables import RunnableConfig
    from langsmith import Client

_NAMESPACES = ("LANGSMITH", "LANGCHAIN")
_CLASS = re.compile(r"\w*")
"""How the text of an error begins."""


def run_config() -> RunnableConfig:
    """The config to run the graph with: a tracer that keeps the words back, where LangSmith would trace the run.

    Empty where nothing is traced, where `HOTSEAT_TRACE_TEXT` is 1, and inside a `tracing_context` with a client of its own.
    """
    from langsmith.run_helpers import get_tracing_context
    from langsmith.utils import tracing_is_enabled

    context = get_tracing_context()
    if not tracing_is_enabled() or is_text_wanted() or context["client"] is not None:
        return {}

    from langchain_core.tracers.langchain import LangChainTracer

    return {"callbacks": [LangChainTracer(client=_client(), project_name=context["project_name"], tags=context["tags"])]}


@cache
def _client() -> Client:
    """One for the whole process, because each has a thread that sends. What the user has set about hiding stays as it is."""
    from langsmith import Client

    return Client(hide_inputs=_hidden("HIDE_INPUTS"), hide_outputs=_hidden("HIDE_OUTPUTS"), anonymizer=_without_message)


def _hidden(name: str) -> bool | None:
    """True, unless the environment has a say; then None, by which LangSmith asks the environment."""
    return None if any(os.environ.get(f"{namespace}_{name}", "").strip() for namespace in _NAMESPACES) else True


def _without_message(data: dict[str, Any]) -> dict[str, Any]:
    """`data` as it is, unless it is an error, which LangSmith wraps so: its class stays, its message may quote an answer."""
    return {"error": _CLASS.findall(str(data["error"]))[0]} if data.keys() == {"error"} else data
