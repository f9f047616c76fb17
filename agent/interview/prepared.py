"""Lines that are found before anybody needs them, so that a cut-in lands at once; and the account of those that nobody needed."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from typing import Any, NamedTuple

from agent.move import Move, Spoken
from agent.scene import Scene

UNUSED = "prepared, not used"
WITHDRAWN = "prepared, withdrawn"


class Key(NamedTuple):
    """The moment a line is for: the answer that is being typed, who cuts in, why, and at which word."""

    session: str
    turn: int
    speaker: str
    pool: str
    about: str

    @classmethod
    def of(cls, move: Move, scene: Scene) -> Key:
        """The key of a move in a scene; `about` is the term or figure that the line picks up."""
        about = move["slots"].get("term") or move["slots"].get("number") or ""
        return cls(scene["session"], scene["turns"], move["speaker"], move["pool"], about)


class _Started(NamedTuple):
    task: asyncio.Task[Spoken]
    calls: list[dict[str, Any]]
    pending: dict[str, Any]


class Prepared:
    """Lines under way, by key. The calls behind a line that is not used are kept until somebody puts them into the log."""

    def __init__(self) -> None:
        self._started: dict[Key, _Started] = {}
        self._spent: dict[str, list[dict[str, Any]]] = {}

    def __contains__(self, key: Key) -> bool:
        return key in self._started

    def start(self, key: Key, line: Coroutine[Any, Any, Spoken], calls: list[dict[str, Any]], pending: dict[str, Any]) -> None:
        """Begins to find a line. `line` adds to `calls` as they end; `pending` accounts for one that has to be broken off."""
        self._started[key] = _Started(asyncio.create_task(line), calls, pending)

    def take(self, key: Key) -> Spoken | None:
        """The line if it is there; else None, and it is given up."""
        started = self._started.get(key)
        if started and started.task.done() and not started.task.cancelled():
            return self._started.pop(key).task.result()
        self._give_up([key] if started else [])
        return None

    def spent(self, session: str, turn: int | None = None) -> list[dict[str, Any]]:
        """The calls that came to nothing since this was asked last; lines for another answer than `turn` are given up, all without it."""
        self._give_up([key for key in self._started if key.session == session and key.turn != turn])
        return self._spent.pop(session, [])

    def _give_up(self, keys: list[Key]) -> None:
        for key in keys:
            task, calls, pending = self._started.pop(key)
            lost = [] if task.done() and not task.cancelled() else [{**pending, "outcome": WITHDRAWN}]
            task.cancel()
            unused = [{**call, "outcome": UNUSED if call["outcome"] == "used" else call["outcome"]} for call in calls]
            self._spent.setdefault(key.session, []).extend([*unused, *lost])
