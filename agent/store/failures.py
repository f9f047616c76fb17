"""What a database can fail with, as sentences of the store's own errors."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.exc import DBAPIError, SQLAlchemyError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from agent.errors import StoreCorrupt, StoreError, StoreUnwritable

_RESCUE = (
    "Nothing was changed. Put a backup of the file in its place; or move it away, together with the files of the same "
    "name ending in -wal and -shm, and start again: a new database is made, and sessions exported as JSONL can be imported into it"
)
_SQLITE_UNWRITABLE = {
    sqlite3.SQLITE_BUSY: ("is locked by another program", "Close the other one, or wait a moment, and try again"),
    sqlite3.SQLITE_LOCKED: ("is locked by another program", "Close the other one, or wait a moment, and try again"),
    sqlite3.SQLITE_READONLY: ("is read-only", "Check the permissions of the file and of its folder"),
    sqlite3.SQLITE_PERM: ("may not be opened", "Check the permissions of the file and of its folder"),
    sqlite3.SQLITE_CANTOPEN: ("cannot be opened", "Check the permissions of the file and of its folder"),
    sqlite3.SQLITE_FULL: ("cannot grow: the disk is full", "Make room and try again; everything acknowledged before is saved"),
    sqlite3.SQLITE_IOERR: ("cannot be read or written: the disk is full or failing", "Make room or check the disk, and try again"),
}
_SQLITE_DAMAGED = {
    sqlite3.SQLITE_CORRUPT: "is damaged",
    sqlite3.SQLITE_NOTADB: "is damaged, or is no database at all",
    sqlite3.SQLITE_FORMAT: "is damaged, or is no database at all",
    sqlite3.SQLITE_ERROR: "lacks a table or column it should have",
}
_POSTGRES_UNWRITABLE = ("08", "25006", "28", "3D", "42501", "53", "55", "57")
"""SQLSTATE beginnings: connection, read-only, login, no such database, privilege, resources, locks, shutdown."""


@contextmanager
def in_sentences(place: str) -> Iterator[None]:
    """Turns what the database at `place` raises into a StoreError."""
    try:
        yield
    except DBAPIError as error:
        raise _of_driver(error, place) from error
    except PoolTimeout as error:
        raise StoreUnwritable(f"the database {place} has too many users at once\nTry again in a moment") from error
    except (SQLAlchemyError, sqlite3.Error) as error:
        raise StoreError(f"the database {place} failed: {_first_line(error)}") from error
    except UnicodeError as error:
        raise StoreError(f"the database {place} cannot hold this text: {error}") from error


def damaged(place: str, how: str) -> StoreCorrupt:
    """The error for a database that is damaged, with the way out."""
    return StoreCorrupt(f"the database {place} {how}\n{_RESCUE}")


def unwritable(place: str, how: str, advice: str) -> StoreUnwritable:
    """The error for a database that cannot be written now."""
    return StoreUnwritable(f"the database {place} {how}\n{advice}")


def _of_driver(error: DBAPIError, place: str) -> StoreError:
    if isinstance(error.orig, sqlite3.Error):
        return _of_sqlite(error.orig, place)
    state = getattr(error.orig, "sqlstate", None) or "08"
    if state.startswith(_POSTGRES_UNWRITABLE):
        return unwritable(place, f"cannot be reached or written: {_first_line(error.orig)}", "Check that the server runs and lets you in")
    return StoreError(f"the database {place} failed: {_first_line(error.orig)}")


def _of_sqlite(error: sqlite3.Error, place: str) -> StoreError:
    if "Could not decode to UTF-8" in str(error):
        return damaged(place, "is damaged: it holds text that is none")
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF
    if code in _SQLITE_UNWRITABLE:
        return unwritable(place, *_SQLITE_UNWRITABLE[code])
    if code in _SQLITE_DAMAGED:
        return damaged(place, f"{_SQLITE_DAMAGED[code]} ({error})")
    return StoreError(f"the database {place} failed: {_first_line(error)}")


def _first_line(error: object) -> str:
    return (str(error).strip().splitlines() or [type(error).__name__])[0]
