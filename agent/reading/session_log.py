"""Our session log as JSON lines: a header, then one event a line."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from pydantic import ValidationError

from agent.errors import TranscriptError
from agent.events import LOG_FORMAT, CandidateSaid, Event, Line, SessionStarted, TwistFired, parse_event
from agent.reading.json_text import parsed
from agent.reading.said import Said
from agent.scene import effective
from agent.transcript import Mark

KIND = "session-log"


def is_session_log(text: str) -> bool:
    """Whether the first line is the header of a session log."""
    first = text.lstrip().split("\n", 1)[0][:10_000]
    return first.startswith("{") and '"hotseat"' in first and f'"{KIND}"' in first


def read_session_log(text: str) -> tuple[list[Said], str]:
    """Everything said in a session that still counts, and the session's id.

    Raises:
        TranscriptError: another format version, or a line that is no event.
    """
    lines = [line for line in text.split("\n") if line.strip()]
    header = parsed(lines[0], "line 1 of the session log")
    if header.get("format") != LOG_FORMAT:
        raise TranscriptError(
            f"the session log has format {header.get('format')!r}, this version reads {LOG_FORMAT}; update Hotseat: pip install -U hotseat"
        )
    events = [_event(number, line) for number, line in enumerate(lines[1:], start=2)]
    if header.get("events", len(events)) != len(events):
        raise TranscriptError(
            f"the session log ends after {len(events)} of {header['events']} events, so it was cut off; "
            "export it again: hotseat export --format jsonl"
        )
    session = next((event.session for event in events if isinstance(event, SessionStarted)), str(header.get("session", "")))
    return _said(effective(events)), session


def _event(number: int, line: str) -> Event:
    data = parsed(line, f"line {number} of the session log")
    if not isinstance(data, dict):
        raise TranscriptError(f"line {number} of the session log is no event; export the session again: hotseat export --format jsonl")
    body: dict[str, Any] = data["event"] if isinstance(data.get("event"), dict) else {key: data[key] for key in data if key != "seq"}
    try:
        return parse_event(body)
    except ValidationError as error:
        reason = error.errors()[0]["msg"].lower()
        raise TranscriptError(
            f"line {number} of the session log is no event ({reason}); export the session again: hotseat export --format jsonl"
        ) from None


def _said(events: Sequence[Event]) -> list[Said]:
    said: list[Said] = []
    twist: TwistFired | None = None
    for event in events:
        if isinstance(event, TwistFired):
            twist = event
        elif isinstance(event, CandidateSaid):
            said.append(Said("Candidate", event.text, seconds=event.seconds, role="candidate"))
        elif isinstance(event, Line):
            broken = twist if twist and twist.by == event.speaker else None
            said.append(Said(event.speaker, event.text, role="interviewer", mark=_mark(broken) if broken else None))
            twist = None if broken else twist
    return said


def _mark(twist: TwistFired) -> Mark:
    return Mark(turn=1, kind="twist", label=twist.twist, text=twist.twist.replace("-", " "))
