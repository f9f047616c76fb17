"""Brings a database to the schema of this version. Alembic is loaded only to upgrade an older one."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import Column, Connection, Engine, MetaData, String, Table, inspect, text

from agent.errors import StoreTooNew
from agent.store.engine import begin_alone, use_wal
from agent.store.failures import damaged
from agent.store.schema import HEAD, KNOWN, metadata

_SCRIPTS = Path(__file__).parent / "migrations"
_VERSION_TABLE = "alembic_version"


def bring_to_head(engine: Engine, place: str, *, busy_seconds: float) -> None:
    """Creates or upgrades the schema where needed, in one transaction.

    Raises:
        StoreTooNew: a newer version of Hotseat wrote it.
        StoreCorrupt: it is a database of something else.
    """
    with engine.connect() as connection:
        if _version(connection, place) == HEAD:
            return
        connection.rollback()
        use_wal(connection, busy_seconds=busy_seconds)
        begin_alone(connection)
        found = _version(connection, place)
        if found is None:
            _create(connection)
        elif found != HEAD:
            _upgrade(connection)
        connection.commit()


def _version(connection: Connection, place: str) -> str | None:
    """The revision of the database; None when it is empty.

    The tables are listed once: another process may make them all between two looks.
    """
    tables = set(inspect(connection).get_table_names())
    versioned = _VERSION_TABLE in tables
    found = connection.execute(text(f"SELECT version_num FROM {_VERSION_TABLE}")).scalar() if versioned else None
    others = sorted(tables - {_VERSION_TABLE})
    if found is None and others:
        raise damaged(place, f"is one of another program: it holds the tables {', '.join(others[:5])}")
    if found is not None and found not in KNOWN:
        raise _too_new(place, found)
    return found


def _too_new(place: str, found: str) -> StoreTooNew:
    return StoreTooNew(
        f"the database {place} was written by a newer version of Hotseat: its schema is {found!r}, this version knows {HEAD!r}\n"
        "Upgrade: pip install --upgrade hotseat; or give this version a database of its own"
    )


def _create(connection: Connection) -> None:
    """The newest schema at once; a test holds it against what the migrations make."""
    metadata.create_all(connection)
    versions = Table(_VERSION_TABLE, MetaData(), Column("version_num", String(32), primary_key=True))
    versions.create(connection)
    connection.execute(versions.insert().values(version_num=HEAD))


def _upgrade(connection: Connection) -> None:
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(_SCRIPTS).replace("%", "%%"))
    config.attributes["connection"] = connection
    command.upgrade(config, "head")
