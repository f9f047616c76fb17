"""The log store: every session's events, in one SQLite file or on a PostgreSQL server."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Self

from sqlalchemy import Connection, Engine, delete, func, insert, select, update
from sqlalchemy.exc import IntegrityError

from agent.errors import SequenceConflict, SessionNotFound, StoreCorrupt, StoreError
from agent.events import Event, SessionStarted
from agent.store import codec
from agent.store import schema as db
from agent.store.engine import engine_for, forget_deleted
from agent.store.failures import in_sentences
from agent.store.migrate import bring_to_head
from agent.store.summary import SessionRow, changes, opening, turns_in

LAST = "last"
"""The name that `resolve` takes for the session played last."""

_NEAR = 500
"""How many of the latest sessions are searched for a name that is close."""

_LATEST_FIRST = (db.sessions.c.last_at.desc(), db.sessions.c.id)
_COLUMNS = [db.sessions.c[name] for name in SessionRow.__dataclass_fields__]


class LogStore:
    """Append-only logs of sessions. An append that returned survives a crash of the program and of the machine.

    May be used from several threads; several processes may open the same database.
    """

    def __init__(self, engine: Engine, place: str) -> None:
        self._engine = engine
        self._place = place

    @classmethod
    def open(cls, where: str | Path, *, busy_seconds: float = 5.0) -> Self:
        """The store at a path, or at a URL of SQLite or PostgreSQL. A missing file is made, an old schema upgraded.

        `busy_seconds` is how long to wait for another process that holds the file.

        Raises:
            StoreCorrupt, StoreTooNew, StoreUnwritable: as their names say; nothing was changed.
        """
        engine, place = engine_for(where, busy_seconds=busy_seconds)
        try:
            with in_sentences(place):
                bring_to_head(engine, place, busy_seconds=busy_seconds)
        except BaseException:
            engine.dispose()
            raise
        return cls(engine, place)

    def append(self, session: str, expected: int, events: Sequence[Event]) -> int:
        """Appends to a log that is `expected` events long, all of them or none; returns its new length.

        Raises:
            SequenceConflict: the log has another length.
            SessionNotFound: there is no such session, and `expected` is not 0.
            StoreError: a new log does not start with SessionStarted, or an event cannot be stored.
        """
        rows = [_row(session, seq, event) for seq, event in enumerate(events, expected)]
        with self._writing() as connection:
            if expected == 0:
                self._start(connection, session, events)
            else:
                self._extend(connection, session, expected, events)
            if rows:
                connection.execute(insert(db.events), rows)
        return expected + len(rows)

    def read(self, session: str) -> list[Event]:
        """The whole log, in order.

        Raises:
            SessionNotFound: there is no such session.
            StoreCorrupt: an event is missing or broken; the text says which.
            StoreTooNew: an event is of a newer version.
        """
        table = db.events.c
        with self._reading() as connection:
            length = self._length(connection, session)
            wanted = select(table.seq, table.type, table.at, table.data).where(table.session == session, table.seq < length)
            rows = connection.execute(wanted.order_by(table.seq)).all()
        self._check_whole(session, [row.seq for row in rows], length)
        return [codec.decode(row.type, row.at, row.data, where=self._event(session, row.seq)) for row in rows]

    def resolve(self, prefix: str) -> str:
        """The id that `prefix` is, or that alone begins with it; the session played last for 'last'.

        Raises:
            SessionNotFound: nothing fits; the text names what is near.
            StoreError: several sessions fit.
        """
        with self._reading() as connection:
            found = self._fitting(connection, prefix)
            if prefix in found or len(found) == 1:
                return prefix if prefix in found else found[0]
            if not found:
                raise self._not_found(connection, prefix)
        raise StoreError(f"several sessions begin with {prefix!r}: {', '.join(found[:5])}\nType more of the id")

    def sessions(self, limit: int | None = None) -> list[SessionRow]:
        """The sessions, the one played last first. Reads no log."""
        with self._reading() as connection:
            return [SessionRow(*row) for row in connection.execute(select(*_COLUMNS).order_by(*_LATEST_FIRST).limit(limit))]

    def delete(self, session: str) -> None:
        """Deletes a session and its whole log; its text is overwritten, not only marked as free.

        Raises:
            SessionNotFound: there is no such session.
        """
        with self._writing() as connection:
            if connection.execute(delete(db.sessions).where(db.sessions.c.id == session)).rowcount == 0:
                raise self._not_found(connection, session)
        with self._reading() as connection:
            forget_deleted(connection)

    def close(self) -> None:
        """Gives the database back. Nothing waits to be saved: every append was."""
        with in_sentences(self._place):
            self._engine.dispose()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @contextmanager
    def _writing(self) -> Iterator[Connection]:
        with in_sentences(self._place), self._engine.begin() as connection:
            yield connection

    @contextmanager
    def _reading(self) -> Iterator[Connection]:
        with in_sentences(self._place), self._engine.connect() as connection:
            yield connection

    def _start(self, connection: Connection, session: str, events: Sequence[Event]) -> None:
        started = _started(session, events)
        summary = {**opening(started), **changes(events), "length": len(events), "turns": turns_in(events)}
        try:
            connection.execute(insert(db.sessions), summary)
        except IntegrityError:
            with self._reading() as fresh:
                raise self._conflict(session, 0, self._length(fresh, session)) from None

    def _extend(self, connection: Connection, session: str, expected: int, events: Sequence[Event]) -> None:
        """Moves the summary on, and with it claims the places in the log: only one writer finds the expected length."""
        table = db.sessions.c
        moved = {**changes(events), "length": expected + len(events), "turns": table.turns + turns_in(events)}
        claim = update(db.sessions).where(table.id == session, table.length == expected).values(moved)
        if connection.execute(claim).rowcount == 0:
            raise self._conflict(session, expected, self._length(connection, session))

    def _length(self, connection: Connection, session: str) -> int:
        length: int | None = connection.execute(select(db.sessions.c.length).where(db.sessions.c.id == session)).scalar()
        if length is None:
            raise self._not_found(connection, session)
        return length

    def _fitting(self, connection: Connection, prefix: str) -> list[str]:
        ids = select(db.sessions.c.id)
        if prefix == LAST:
            return list(connection.execute(ids.order_by(*_LATEST_FIRST).limit(1)).scalars())
        if not db.SESSION_ID.fullmatch(prefix):
            return []
        return list(
            connection.execute(ids.where(func.substr(db.sessions.c.id, 1, len(prefix)) == prefix).order_by(db.sessions.c.id)).scalars()
        )

    def _not_found(self, connection: Connection, session: str) -> SessionNotFound:
        known = connection.execute(select(db.sessions.c.id).order_by(*_LATEST_FIRST).limit(_NEAR)).scalars()
        return SessionNotFound(session, known=known)

    def _conflict(self, session: str, expected: int, length: int) -> SequenceConflict:
        return SequenceConflict(
            f"another terminal plays session {session!r}: its log is {length} events long, not {expected}\n"
            "Nothing of this step was saved. Close one of the two, then go on with the session as it now is"
        )

    def _check_whole(self, session: str, found: list[int], length: int) -> None:
        if found == list(range(length)):
            return
        missing = next(seq for seq in range(length) if seq >= len(found) or found[seq] != seq)
        raise StoreCorrupt(f"{self._event(session, missing)} is missing\n{codec.RESCUE}")

    def _event(self, session: str, seq: int) -> str:
        return f"event {seq} of session {session!r} in {self._place}"


def _row(session: str, seq: int, event: Event) -> dict[str, object]:
    return {"session": session, "seq": seq, "type": event.type, "at": event.at, "data": codec.encode(event)}


def _started(session: str, events: Sequence[Event]) -> SessionStarted:
    first = events[0] if events else None
    if not isinstance(first, SessionStarted) or first.session != session:
        raise StoreError(f"the log of session {session!r} does not start with its session_started event\nNothing was saved")
    if not db.SESSION_ID.fullmatch(session):
        raise StoreError(f"{session!r} cannot name a session\nUse letters, digits, '.', '_' and '-', at most 100; not 'last'")
    return first
