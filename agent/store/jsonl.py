"""A session's log as a file: a header line with the format's version, then one event a line."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, BinaryIO

from pydantic import ValidationError

from agent.errors import InputError, SequenceConflict
from agent.events import LOG_FORMAT, Event, SessionStarted, parse_event
from agent.protocols import EventStore
from agent.store.codec import encode_line, problem_of
from agent.store.schema import SESSION_ID

KIND = "session-log"


def to_jsonl(events: Sequence[Event]) -> str:
    """The whole log of one session. The header counts the events, so that a file that was cut off is noticed."""
    header = {"hotseat": KIND, "format": LOG_FORMAT, "session": _start_of(events).session, "events": len(events)}
    lines = [json.dumps(header), *(encode_line(event, seq) for seq, event in enumerate(events))]
    return "".join(f"{line}\n" for line in lines)


def import_jsonl(store: EventStore, path: Path, *, as_id: str | None = None) -> str:
    """Puts the log in `path` into the store, under its own id or another; returns the id.

    Raises:
        InputError: the file is no whole log of one session (the text names the line), or the id is taken or no id.
    """
    events = read_jsonl(path)
    session = as_id or _start_of(events).session
    if not SESSION_ID.fullmatch(session):
        raise InputError(f"{session!r} cannot name a session\nUse letters, digits, '.', '_' and '-', at most 100; not 'last'")
    try:
        store.append(session, 0, [_start_of(events).model_copy(update={"session": session}), *events[1:]])
    except SequenceConflict as error:
        raise InputError(
            f"there is a session {session!r} already\nImport the file under another id, or delete that session first"
        ) from error
    return session


def read_jsonl(path: Path) -> list[Event]:
    """The log in a file, checked whole.

    Raises:
        InputError: it cannot be read, or is no whole log of one session; the text names the line.
    """
    try:
        with path.open("rb") as file:
            return _checked(path, _documents(path, file))
    except OSError as error:
        raise InputError(
            f"the file {str(path)!r} cannot be read: {error.strerror or error}\nGive a file made by: hotseat export"
        ) from error


def _checked(path: Path, documents: Iterator[tuple[int, Any]]) -> list[Event]:
    number, first = next(documents, (1, None))
    header = _header(path, first)
    events: list[Event] = []
    for number, document in documents:
        events.append(_event(path, number, document, seq=len(events)))
        _check_place(path, number, events, header["session"])
    if not events or len(events) != header.get("events", len(events)):
        raise _wrong(path, number, f"the log ends after {len(events)} of {header.get('events', 'its')} events; the file was cut off")
    return events


def _documents(path: Path, file: BinaryIO) -> Iterator[tuple[int, Any]]:
    """Every line's number and what it holds."""
    for number, raw in enumerate(file, 1):
        try:
            yield number, json.loads(raw.decode("utf-8-sig" if number == 1 else "utf-8"), parse_constant=_no_constant)
        except UnicodeDecodeError as error:
            raise _wrong(path, number, f"this is no UTF-8 text ({error.reason})") from error
        except (ValueError, RecursionError) as error:
            cut = "" if raw.endswith(b"\n") else "; the file may have been cut off here"
            raise _wrong(path, number, f"this is no JSON{cut}") from error


def _header(path: Path, header: Any) -> dict[str, Any]:
    if not isinstance(header, dict) or header.get("hotseat") != KIND or not isinstance(header.get("session"), str):
        raise _wrong(path, 1, f'a session log begins with {{"hotseat": "{KIND}", "format": {LOG_FORMAT}, "session": …}}')
    version = header.get("format")
    if type(version) is not int or version < 1:
        raise _wrong(path, 1, f"{version!r} is no format of a session log")
    if version > LOG_FORMAT:
        raise InputError(
            f"{path}, line 1: the log has format {version}, this version of Hotseat reads up to {LOG_FORMAT}\n"
            "Upgrade: pip install --upgrade hotseat"
        )
    return header


def _event(path: Path, number: int, document: Any, *, seq: int) -> Event:
    if not isinstance(document, dict):
        raise _wrong(path, number, "an event is a JSON object")
    found = document.pop("seq", None)
    if type(found) is not int or found != seq:
        raise _wrong(path, number, f"the event has seq {found!r} where {seq} is due; lines are missing, doubled or out of order")
    try:
        return parse_event(document)
    except ValidationError as error:
        raise _wrong(path, number, f"this is no event of this version: {problem_of(error)}") from error


def _check_place(path: Path, number: int, events: list[Event], session: str) -> None:
    """A log has one start, its first event, and that names the session of the header."""
    event = events[-1]
    if isinstance(event, SessionStarted) != (len(events) == 1):
        raise _wrong(path, number, f"a log begins with session_started, and with that alone; this is {event.type}")
    if isinstance(event, SessionStarted) and event.session != session:
        raise _wrong(path, number, f"the session is {event.session!r} here and {session!r} in the first line")


def _start_of(events: Sequence[Event]) -> SessionStarted:
    first = events[0]
    assert isinstance(first, SessionStarted)
    return first


def _no_constant(name: str) -> None:
    raise ValueError(f"{name} is not JSON")


def _wrong(path: Path, number: int, what: str) -> InputError:
    return InputError(f"{path}, line {number}: {what}\nNothing was imported. Give a file made by: hotseat export --format jsonl")
