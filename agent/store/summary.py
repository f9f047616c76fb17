"""What a list of sessions shows of each, kept up to date by every append."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from agent.events import CandidateSaid, Ended, Event, Graded, SessionStarted


@dataclass(frozen=True)
class SessionRow:
    """One session in a list. Times are in seconds since the epoch.

    `turns` counts the answers ever given, `ended` is the value of an EndReason, `overall` the score of the last grading;
    both are None until then.
    """

    id: str
    scenario: str
    mode: str
    started_at: float
    last_at: float
    turns: int
    ended: str | None
    overall: float | None


def opening(started: SessionStarted) -> dict[str, Any]:
    """The columns of a session that begins."""
    return {"id": started.session, "scenario": started.scenario, "mode": started.mode.value, "started_at": started.at}


def changes(events: Sequence[Event]) -> dict[str, Any]:
    """The columns, other than counts, that these events set."""
    changed: dict[str, Any] = {"last_at": events[-1].at} if events else {}
    for event in events:
        if isinstance(event, Ended):
            changed["ended"] = event.reason.value
        elif isinstance(event, Graded):
            changed["overall"] = _overall(event.report)
    return changed


def turns_in(events: Sequence[Event]) -> int:
    """How many answers of the candidate are among them."""
    return sum(isinstance(event, CandidateSaid) for event in events)


def _overall(report: dict[str, Any]) -> float | None:
    overall = report.get("overall")
    score = overall.get("score") if isinstance(overall, dict) else None
    return float(score) if isinstance(score, int | float) else None
