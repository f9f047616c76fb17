"""The session store: logs of events in SQLite or PostgreSQL, and their export as JSONL. SQLAlchemy is loaded on first use."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from agent.store.jsonl import import_jsonl, to_jsonl
    from agent.store.sqlite import LogStore
    from agent.store.summary import SessionRow

_HOME = {
    "LogStore": "agent.store.sqlite",
    "SessionRow": "agent.store.summary",
    "import_jsonl": "agent.store.jsonl",
    "to_jsonl": "agent.store.jsonl",
}

__all__ = ["LogStore", "SessionRow", "import_jsonl", "to_jsonl"]


def __getattr__(name: str) -> Any:
    if name not in _HOME:
        raise AttributeError(f"module 'agent.store' has no attribute {name!r}")
    return getattr(import_module(_HOME[name]), name)
