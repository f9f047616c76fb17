from __future__ import annotations

import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Engine, create_engine, event, inspect

from agent.errors import StoreCorrupt, StoreTooNew
from agent.store import migrate, schema
from agent.store.sqlite import LogStore

_OPEN = "import sys; from agent.store.sqlite import LogStore; LogStore.open(sys.argv[1]).close(); print('alembic' in sys.modules)"


def test_migrations_lead_to_the_tables_that_the_store_uses(database, store):
    engine = create_engine(f"sqlite:///{database}")
    with engine.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), schema.metadata) == []
    engine.dispose()


def test_the_known_revisions_are_those_of_the_scripts():
    scripts = ScriptDirectory(str(Path(schema.__file__).parent / "migrations"))
    assert tuple(script.revision for script in reversed(list(scripts.walk_revisions()))) == schema.KNOWN


def test_alembic_is_not_loaded_to_make_or_to_open_a_new_database(database):
    loaded = [subprocess.run([sys.executable, "-c", _OPEN, database], check=True, capture_output=True, text=True).stdout for _ in range(2)]
    assert loaded == ["False\n", "False\n"]


def test_migrating_from_nothing_makes_what_a_new_database_has(tmp_path, database, store):
    migrated = create_engine(f"sqlite:///{tmp_path / 'migrated.db'}")
    with migrated.begin() as connection:
        migrate._upgrade(connection)
    made = create_engine(f"sqlite:///{database}")
    assert _tables(migrated) == _tables(made)
    assert "sessions" in _tables(made)
    migrated.dispose()
    made.dispose()


def _tables(engine):
    found = inspect(engine)
    columns = {
        table: [(one["name"], str(one["type"]), one["nullable"], one["primary_key"]) for one in found.get_columns(table)]
        for table in found.get_table_names()
    }
    with engine.connect() as connection:
        return columns | {"version": connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalar()}


def test_processes_that_open_a_new_store_at_once_all_succeed(database):
    started = [subprocess.Popen([sys.executable, "-c", _OPEN, database], stdout=subprocess.DEVNULL) for _ in range(3)]
    assert [process.wait() for process in started] == [0] * 3


def test_a_store_that_another_process_makes_between_two_looks_is_opened(database):
    looks = []

    def make_it_meanwhile(*_):
        looks.append(1)
        if len(looks) == 1:
            subprocess.run([sys.executable, "-c", _OPEN, database], check=True, stdout=subprocess.DEVNULL)

    event.listen(Engine, "after_cursor_execute", make_it_meanwhile)
    try:
        with LogStore.open(database) as store:
            assert store.sessions() == []
    finally:
        event.remove(Engine, "after_cursor_execute", make_it_meanwhile)


def test_a_half_made_database_is_finished(database):
    database.parent.mkdir()
    database.touch()
    with LogStore.open(database) as store:
        assert store.sessions() == []


def test_a_folder_with_signs_of_its_own_is_no_trouble(tmp_path):
    with LogStore.open(tmp_path / "100% mine? #1 é" / "my sessions.db") as store:
        assert store.sessions() == []


def test_a_newer_database_is_refused_and_left_alone(database, store, start):
    store.append("one", 0, [start()])
    store.close()
    _execute(database, "UPDATE alembic_version SET version_num = '0999'")
    before = database.read_bytes()
    with pytest.raises(StoreTooNew, match="its schema is '0999', this version knows '0001'\nUpgrade"):
        LogStore.open(database)
    assert database.read_bytes() == before


@pytest.mark.parametrize("statement", ["CREATE TABLE sessions (x)", "CREATE TABLE invoices (x)"])
def test_the_database_of_another_program_is_refused_and_left_alone(database, statement):
    database.parent.mkdir()
    _execute(database, statement)
    before = database.read_bytes()
    with pytest.raises(StoreCorrupt, match="is one of another program"):
        LogStore.open(database)
    assert (database.read_bytes(), [path.name for path in database.parent.iterdir()]) == (before, ["sessions.db"])


def _execute(database: Path, statement: str) -> None:
    connection = sqlite3.connect(database)
    connection.execute(statement)
    connection.commit()
    connection.close()
