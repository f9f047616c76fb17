from __future__ import annotations

import os
import random
import resource
import sqlite3
import subprocess
import sys
from contextlib import contextmanager
from pathlib import Path

import pytest

from agent.errors import StoreCorrupt, StoreError, StoreTooNew, StoreUnwritable
from agent.store.sqlite import LogStore


@pytest.fixture
def played(database, start, turn):
    """A database with one session of 41 events, closed."""
    with LogStore.open(database) as store:
        store.append("one", 0, [start()])
        for number in range(10):
            store.append("one", 1 + 4 * number, turn(number))
    return database


@pytest.fixture
def log(start, turn):
    return [start(), *(event for number in range(10) for event in turn(number))]


def _edit(database: Path, statement: str, *values: object) -> None:
    connection = sqlite3.connect(database)
    connection.execute(statement, values)
    connection.commit()
    connection.close()


# --- damage ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "content", [b"Dear diary,\n" * 400, b"hi", b"S", b"SQLite format 3\x00", bytes(8192), random.Random(1).randbytes(8192)]
)
def test_a_file_that_is_no_database_is_refused_and_left_alone(database, content):
    database.parent.mkdir()
    database.write_bytes(content)
    with pytest.raises(StoreCorrupt, match=r"sessions\.db (is|has) .*\n.*move it away"):
        LogStore.open(database)
    assert (database.read_bytes(), [path.name for path in database.parent.iterdir()]) == (content, ["sessions.db"])


def test_a_database_cut_off_is_refused_and_left_alone(played):
    whole = played.read_bytes()
    for length in (1, 99, 100, 4096, 8192, len(whole) // 2, len(whole) - 4096, len(whole) - 1):
        played.write_bytes(whole[:length])
        with pytest.raises(StoreCorrupt), LogStore.open(played) as store:
            store.read("one")
        assert played.read_bytes() == whole[:length]


def test_an_emptied_file_does_not_cost_the_sessions_in_its_write_ahead_log(database, store, start):
    store.append("one", 0, [start()])
    copy = database.with_name("copy.db")
    copy.touch()
    copied = copy.with_name("copy.db-wal")
    copied.write_bytes(database.with_name("sessions.db-wal").read_bytes())
    with pytest.raises(StoreCorrupt, match="has lost its content; sessions may still lie beside it"):
        LogStore.open(copy)
    assert copied.stat().st_size > 0


def test_garbage_in_the_middle_is_an_error_or_harmless_and_never_another_log(played, log):
    whole, chance = played.read_bytes(), random.Random(4)
    refused = 0
    for _ in range(150):
        at = chance.randrange(100, len(whole) - 64)
        played.write_bytes(whole[:at] + chance.randbytes(64) + whole[at + 64 :])
        try:
            with LogStore.open(played) as store:
                assert store.read("one") == log
        except StoreError:
            refused += 1
    assert refused > 20


@pytest.mark.parametrize("data", ["", "{", "[]", "null", "7", '{"text": 5}', "{}", "[" * 100_000, '{"text": "a\\ud800', "\x00"])
def test_a_broken_event_is_named_and_other_sessions_play_on(played, start, data):
    _edit(played, "UPDATE events SET data = ? WHERE seq = 5", data)
    with LogStore.open(played) as store:
        with pytest.raises(StoreCorrupt, match="event 5 of session 'one'"):
            store.read("one")
        store.append("two", 0, [start("two")])
        assert store.read("two") == [start("two")]


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE events SET at = 'noon' WHERE seq = 5",
        "UPDATE events SET data = x'ff00' WHERE seq = 5",
        "UPDATE events SET data = 12 WHERE seq = 5",
        "UPDATE events SET type = 'line' WHERE seq = 5",
        "DELETE FROM events WHERE seq = 5",
        "DELETE FROM events WHERE seq >= 5",
    ],
)
def test_a_log_that_is_not_whole_is_named_at_its_first_gap(played, statement):
    _edit(played, statement)
    with LogStore.open(played) as store, pytest.raises(StoreCorrupt, match="event 5 of session 'one'"):
        store.read("one")


def test_text_that_is_no_text_is_damage(played):
    _edit(played, "UPDATE events SET data = CAST(x'fffe' AS TEXT) WHERE seq = 5")
    with LogStore.open(played) as store, pytest.raises(StoreCorrupt, match="text that is none"):
        store.read("one")


def test_a_lost_table_is_damage(played):
    _edit(played, "DROP TABLE events")
    with LogStore.open(played) as store, pytest.raises(StoreCorrupt, match="lacks a table"):
        store.read("one")


@pytest.mark.parametrize("change", ["type = 'telepathy'", """data = json_insert(data, '$.mood', 'calm')"""])
def test_an_event_of_a_newer_version_asks_for_an_upgrade(played, change):
    _edit(played, f"UPDATE events SET {change} WHERE seq = 5")
    with LogStore.open(played) as store, pytest.raises(StoreTooNew, match=r"event 5 of session 'one' .*newer version"):
        store.read("one")


# --- places that cannot be written ----------------------------------------------------------------


def test_a_database_held_by_another_program_is_waited_for_and_then_refused(played, log, turn):
    holder = sqlite3.connect(played)
    holder.execute("BEGIN IMMEDIATE")
    with LogStore.open(played, busy_seconds=0.1) as store:
        with pytest.raises(StoreUnwritable, match="locked by another program"):
            store.append("one", 41, turn(99))
        assert store.read("one") == log
        holder.close()
        assert store.append("one", 41, turn(99)) == 45


def test_a_new_database_held_by_another_program_is_refused(database):
    database.parent.mkdir()
    holder = sqlite3.connect(database)
    holder.execute("BEGIN IMMEDIATE")
    with pytest.raises(StoreUnwritable, match="locked by another program"):
        LogStore.open(database, busy_seconds=0.1)
    holder.close()


def test_a_read_only_database_can_be_read(played, log, turn):
    with LogStore.open(f"sqlite:///file:{played}?mode=ro&uri=true") as store:
        assert store.read("one") == log
        with pytest.raises(StoreUnwritable, match="read-only"):
            store.append("one", 41, turn(99))


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write anywhere")
def test_a_folder_without_permission_is_named(tmp_path):
    tmp_path.chmod(0o500)
    with pytest.raises(StoreUnwritable, match="cannot be made or opened: Permission denied"):
        LogStore.open(tmp_path / "sessions.db")


def test_places_that_cannot_be_a_file_are_named(tmp_path, played):
    with pytest.raises(StoreUnwritable, match="is a folder"):
        LogStore.open(tmp_path)
    for place in (played / "below.db", tmp_path / ("x" * 300), tmp_path / "nul\x00"):
        with pytest.raises(StoreUnwritable, match="cannot be made or opened"):
            LogStore.open(place)


def test_a_missing_file_by_uri_is_named(tmp_path):
    with pytest.raises(StoreUnwritable, match="cannot be opened"):
        LogStore.open(f"sqlite:///file:{tmp_path}/none.db?mode=ro&uri=true")


# --- a full disk ----------------------------------------------------------------------------------


def _fill(database: Path, turn) -> int:
    """Plays on until there is no room; how long the log was when the last append returned."""
    with LogStore.open(database) as store:
        lengths = [len(store.read("one"))]
        with pytest.raises(StoreUnwritable, match=r"disk is full.*\nMake room"):
            _play_on(store, lengths, turn)
        assert len(store.read("one")) == lengths[-1]
    return lengths[-1]


def _play_on(store: LogStore, lengths: list[int], turn) -> None:
    for number in range(5_000):
        lengths.append(store.append("one", lengths[-1], turn(number)))


def _goes_on(database: Path, length: int, turn) -> None:
    with LogStore.open(database) as store:
        assert len(store.read("one")) == length
        assert store.append("one", length, turn(1)) == length + 4


@contextmanager
def _files_no_larger_than(size: int):
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


def test_when_files_may_not_grow_nothing_acknowledged_is_lost(played, turn):
    with _files_no_larger_than(300_000):
        length = _fill(played, turn)
    assert length > 41
    _goes_on(played, length, turn)


def test_a_new_database_without_room_is_refused_and_made_later(database):
    with _files_no_larger_than(6_000), pytest.raises(StoreUnwritable, match="disk is full"):
        LogStore.open(database)
    with LogStore.open(database) as store:
        assert store.sessions() == []


@pytest.fixture
def small_disk(tmp_path):
    """A real file system of 400 kB."""
    disk = tmp_path / "disk"
    disk.mkdir()
    mounted = sys.platform == "linux" and os.geteuid() == 0
    if (
        not mounted
        or subprocess.run(["mount", "-t", "tmpfs", "-o", "size=400k", "tmpfs", disk], check=False, capture_output=True).returncode
    ):
        pytest.skip("no file system may be mounted here")
    yield disk
    subprocess.run(["umount", disk], check=True)


def test_on_a_full_disk_nothing_acknowledged_is_lost(small_disk, start, turn):
    database, ballast = small_disk / "sessions.db", small_disk / "ballast"
    ballast.write_bytes(bytes(100_000))
    with LogStore.open(database) as store:
        store.append("one", 0, [start()])
    length = _fill(database, turn)
    assert length > 1
    ballast.unlink()
    _goes_on(database, length, turn)


def test_a_disk_that_is_full_from_the_start_is_named(small_disk):
    with pytest.raises(OSError, match="No space left"):
        (small_disk / "ballast").write_bytes(bytes(500_000))
    with pytest.raises(StoreUnwritable, match=r"full|No space left"):
        LogStore.open(small_disk / "sessions.db")
