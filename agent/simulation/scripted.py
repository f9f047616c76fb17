"""A candidate who plays a walkthrough: answers what was asked last, each reply once."""

from __future__ import annotations

from collections.abc import Sequence

from agent.events import CandidateSaid, Event, Line
from agent.walkthrough import ANY, Reply, Walkthrough


class ScriptedCandidate:
    """Says the replies of a walkthrough, each at the line it was written for."""

    def __init__(self, walkthrough: Walkthrough) -> None:
        self._left = list(walkthrough.replies)

    def next(self, events: Sequence[Event]) -> Reply | None:
        """The reply to the last lines of the log; None when the walkthrough has nothing left to say."""
        for key in asked_last(events):
            found = next((reply for reply in self._left if answers(reply, key)), None)
            if found:
                return self._take(found)
        found = next((reply for reply in self._left if reply.to == ANY), None)
        return self._take(found) if found else None

    def _take(self, reply: Reply) -> Reply:
        self._left.remove(reply)
        return reply


def asked_last(events: Sequence[Event]) -> list[str]:
    """The pools of the authored lines since the last answer, the newest first: 'point/ID/probe', 'twist/SLUG/lines'."""
    since = max((index for index, event in enumerate(events) if isinstance(event, CandidateSaid)), default=-1)
    lines = [event for event in events[since + 1 :] if isinstance(event, Line)]
    return [template.rpartition("#")[0] for line in reversed(lines) for template in reversed(line.templates)]


def answers(reply: Reply, pool: str) -> bool:
    """Whether a reply was written for lines of a pool."""
    parts, wanted = pool.split("/"), reply.to.split("/")
    if wanted[0] == "force":
        return parts == ["twist", wanted[1], "force"]
    if parts[0] == "position" and wanted[0] == "position":
        return wanted[1] in parts[1:3]
    return parts[: len(wanted)] == wanted
