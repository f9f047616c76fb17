"""A store that forgets: logs in memory, for one process."""

from __future__ import annotations

from collections.abc import Sequence

from agent.errors import SequenceConflict, SessionNotFound
from agent.events import Event


class MemoryStore:
    """Keeps logs in a dict."""

    def __init__(self) -> None:
        self._logs: dict[str, list[Event]] = {}

    def append(self, session: str, expected: int, events: Sequence[Event]) -> int:
        """Appends to a log that is `expected` events long; returns its new length.

        Raises:
            SequenceConflict: the log has another length.
        """
        log = self._logs.setdefault(session, [])
        if len(log) != expected:
            raise SequenceConflict(f"session {session!r} has {len(log)} events, expected {expected}; read it again")
        log.extend(events)
        return len(log)

    def read(self, session: str) -> list[Event]:
        """The whole log, in order.

        Raises:
            SessionNotFound: there is no such session.
        """
        if session not in self._logs:
            raise SessionNotFound(session, known=self._logs)
        return list(self._logs[session])
