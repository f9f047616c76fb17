"""The state of the graph: what one turn reads and writes. Plain dicts, so that any checkpointer can keep it."""

from __future__ import annotations

from typing import Annotated, Any, TypedDict

from langchain_core.messages import AnyMessage
from langgraph.graph.message import add_messages

from agent.action import Action
from agent.scene import Scene


class TurnState(TypedDict, total=False):
    """One turn. `events` are new ones, for the log; `scene` is the fold over the log with them in.

    `messages` mirrors the talk for clients that know nothing but messages.
    """

    messages: Annotated[list[AnyMessage], add_messages]
    action: Action | None
    scene: Scene | None
    events: list[dict[str, Any]]
    moves: list[dict[str, Any]]
    ends: str | None
    ending: str | None
