"""Opening a database: the file and its permissions, the settings of a connection, and all that is SQLite's or PostgreSQL's alone."""

from __future__ import annotations

import os
import time
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url
from sqlalchemy.exc import ArgumentError, OperationalError

from agent.errors import StoreError
from agent.store.failures import damaged, unwritable

_MIGRATION_LOCK = 0x486F7473
"""Any number, the same in every Hotseat."""


def engine_for(where: str | Path, *, busy_seconds: float) -> tuple[Engine, str]:
    """The engine for a path or a URL, and what to call the database in messages. SQLite's file is created where missing.

    Raises:
        StoreError: the URL is wrong, the file cannot be made, or the driver is not installed.
    """
    url = _url(where)
    if url.get_backend_name() == "postgresql":
        return _postgres(url), url.render_as_string()
    path = _file_of(url)
    if path is not None:
        _prepare_file(path)
    engine = create_engine(url, connect_args={"timeout": busy_seconds})
    event.listen(engine, "connect", _set_pragmas)
    return engine, str(path or url.database)


def use_wal(connection: Connection, *, busy_seconds: float) -> None:
    """Switches SQLite's file to a write-ahead log, which it then stays in; nothing for other databases.

    SQLite does not wait for a lock here by itself, so this waits while another process does the same.
    """
    if connection.dialect.name != "sqlite":
        return
    end = time.monotonic() + busy_seconds
    while True:
        try:
            connection.exec_driver_sql("PRAGMA journal_mode=WAL")
        except OperationalError as error:
            if "locked" not in str(error) or time.monotonic() > end:
                raise
            time.sleep(0.01)
        else:
            return


def begin_alone(connection: Connection) -> None:
    """Begins a transaction that no other migration can run beside."""
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql("BEGIN IMMEDIATE")
    else:
        connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_MIGRATION_LOCK})")


def forget_deleted(connection: Connection) -> None:
    """Empties SQLite's write-ahead log, where copies of deleted text would lie until it is overwritten."""
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")


def _set_pragmas(connection: Any, _record: object) -> None:
    """What an SQLite connection needs: every commit on the disk, references checked, deleted text overwritten."""
    for pragma in ("synchronous=FULL", "foreign_keys=ON", "secure_delete=ON"):
        connection.execute(f"PRAGMA {pragma}").close()


def _url(where: str | Path) -> URL:
    if isinstance(where, Path) or "://" not in where:
        return URL.create("sqlite", database=str(Path(where).expanduser().absolute()))
    try:
        url = make_url(where)
    except ArgumentError as error:
        raise StoreError("the database URL cannot be read\nGive a file, or postgresql://user@host/name") from error
    if url.drivername not in {"sqlite", "postgresql", "postgres", "postgresql+psycopg"}:
        raise StoreError(f"there is no store for {url.drivername!r}\nGive a file, or postgresql://user@host/name")
    return url if url.drivername == "sqlite" else url.set(drivername="postgresql+psycopg")


def _postgres(url: URL) -> Engine:
    try:
        return create_engine(url)
    except ModuleNotFoundError as error:
        raise StoreError("PostgreSQL needs its driver, which is not installed\nInstall it: pip install 'hotseat[postgres]'") from error


def _file_of(url: URL) -> Path | None:
    if not url.database or url.database == ":memory:":
        raise StoreError("sessions are kept in a file\nGive one, as in sqlite:///sessions.db")
    return None if url.database.startswith("file:") else Path(url.database)


def _prepare_file(path: Path) -> None:
    """Makes the file, for its owner alone, where it is missing. Looks at an existing one without touching it."""
    try:
        if path.is_dir():
            raise unwritable(str(path), "is a folder", "Give the name of a file in it")
        if not path.exists():
            _make(path)
        elif _has_lost_its_content(path):
            raise damaged(str(path), "has lost its content; sessions may still lie beside it, in the file ending in -wal")
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or error
        raise unwritable(
            str(path), f"cannot be made or opened: {reason}", "Check the folder, its permissions and the room on the disk"
        ) from error


def _make(path: Path) -> None:
    for folder in reversed([parent for parent in path.parents if not parent.exists()]):
        folder.mkdir(mode=0o700, exist_ok=True)
    try:
        os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
    except FileExistsError:
        return


def _has_lost_its_content(path: Path) -> bool:
    """SQLite would take such a file for a new one, write over it, and throw its write-ahead log away."""
    size, log = path.stat().st_size, path.with_name(f"{path.name}-wal")
    return size == 1 or (size == 0 and log.exists() and log.stat().st_size > 0)
