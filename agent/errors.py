"""Every error Hotseat raises on purpose.

    HotseatError                 anything below; the command line prints its sentence and exits with 2
    ├── InputError               what the user typed or piped cannot be used
    │   ├── AnswerError          one answer of a candidate (empty, too long)
    │   └── TranscriptError      a file that should be a transcript
    ├── LibraryError             personas, scenarios, twists, rubrics, prompts
    │   ├── NotInLibrary         no file of that name along the search path
    │   └── InvalidDocument      a file is there and wrong
    ├── StoreError               the database of sessions
    │   ├── SessionNotFound
    │   ├── SequenceConflict     someone else appended first
    │   ├── StoreCorrupt
    │   ├── StoreTooNew          written by a newer version of Hotseat
    │   └── StoreUnwritable      disk full, read-only, locked
    ├── SessionError             a thing this session's state does not allow
    ├── WorkbenchError           a file under repair: its editor, its text, its folder
    └── InstrumentError          a part that measures is broken or missing (the embedder's files)

Messages say what was looked for, where, and the next step.
"""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches
from enum import StrEnum


class HotseatError(Exception):
    """An error a user can mend. Its text is one sentence and a next step."""


class InputError(HotseatError):
    """What the user typed or piped cannot be used."""


class AnswerError(InputError):
    """One answer of a candidate cannot be taken: empty or too long."""


class TranscriptError(InputError):
    """A file that should be a transcript is none."""


class LibraryError(HotseatError):
    """Something is wrong with a persona, scenario, twist, rubric or prompt."""


class NotInLibrary(LibraryError):
    """No file of that name lies along the search path."""

    def __init__(self, kind: str, name: str, *, places: Iterable[object] = (), known: Iterable[str] = ()) -> None:
        near = nearest(name, known)
        looked = "".join(f"\n  looked in {place}" for place in places)
        super().__init__(f"there is no {kind} {name!r}{near}{looked}\nList what there is: hotseat library list")


class InvalidDocument(LibraryError):
    """A data file is there and wrong; the text names file, line and field."""


class StoreError(HotseatError):
    """The database of sessions cannot do what was asked."""


class SessionNotFound(StoreError):
    """No session has that id."""

    def __init__(self, session_id: str, *, known: Iterable[str] = ()) -> None:
        super().__init__(f"there is no session {session_id!r}{nearest(session_id, known)}\nList what there is: hotseat sessions")


class SequenceConflict(StoreError):
    """The log has grown since it was read: another terminal plays the same session."""


class StoreCorrupt(StoreError):
    """The database file is damaged or is no database."""


class StoreTooNew(StoreError):
    """The database was written by a newer version."""


class StoreUnwritable(StoreError):
    """The database cannot be written: full disk, no permission, locked."""


class SessionError(HotseatError):
    """The session's state does not allow this: it has ended, or its mode forbids it."""


class WorkbenchError(HotseatError):
    """A file under repair cannot be edited, read, written or run; the former text is kept."""


class FailureKind(StrEnum):
    """Why a model did not deliver."""

    AUTH = "auth"
    QUOTA = "quota"
    BAD_REQUEST = "bad_request"
    NOT_FOUND = "not_found"
    RATE_LIMITED = "rate_limited"
    SERVER = "server"
    CONNECTION = "connection"
    TIMEOUT = "timeout"
    PROTOCOL = "protocol"
    REFUSED = "refused"
    CUT_OFF = "cut_off"
    UNREADABLE = "unreadable"
    BUDGET = "budget"
    BREAKER = "breaker"
    NOT_RECORDED = "not_recorded"


RETRYABLE = frozenset({FailureKind.RATE_LIMITED, FailureKind.SERVER, FailureKind.CONNECTION, FailureKind.TIMEOUT, FailureKind.PROTOCOL})
"""Failures that may be over at the next attempt."""


class ModelError(HotseatError):
    """A model did not deliver. `retry_after`, in seconds, is what the provider asked for."""

    def __init__(self, kind: FailureKind, message: str, *, retry_after: float | None = None) -> None:
        super().__init__(message)
        self.kind = kind
        self.retry_after = retry_after


class CassetteMiss(ModelError):
    """A call that was never recorded; the text names the nearest one and what differs."""

    def __init__(self, message: str) -> None:
        super().__init__(FailureKind.NOT_RECORDED, message)


class InstrumentError(HotseatError):
    """A part that measures is broken or missing, so there is no result."""


def nearest(name: str, known: Iterable[str]) -> str:
    """The close matches of `name`, as the end of a sentence; empty when there are none."""
    close = get_close_matches(name, sorted(known), n=3, cutoff=0.5)
    return f"; did you mean {' or '.join(repr(match) for match in close)}?" if close else ""
