"""Bad input and bad days: each ends in a clear sentence and exit code 2, never a traceback."""

from __future__ import annotations

import resource
import sqlite3
import subprocess
import sys

import pytest

from agent.store import LogStore

COMMANDS = ("play", "resume", "sessions", "replay", "grade", "export", "import", "delete", "lint", "library")
BAD = (
    ("nosuch",),
    ("play", "fraud-trade-of"),
    ("play",),
    ("play", "fraud-trade-off", "--answers", "nowhere.txt"),
    ("play", "fraud-trade-off", "--answers", "."),
    ("play", "fraud-trade-off", "--seed", "x"),
    ("play", "fraud-trade-off", "--seed", "-1"),
    ("play", "fraud-trade-off", "--minutes", "-3"),
    ("play", "fraud-trade-off", "--library", "nowhere"),
    ("play", "../../etc/passwd"),
    ("resume", "nosuch"),
    ("resume",),
    ("replay", "nosuch"),
    ("replay", ""),
    ("export", "nosuch"),
    ("export", "last", "--format", "pdf"),
    ("delete", "nosuch", "--yes"),
    ("delete",),
    ("import", "nowhere.jsonl"),
    ("import", "."),
    ("grade",),
    ("grade", "nosuch"),
    ("grade", "./nowhere.json"),
    ("grade", "."),
    ("library", "show", "nosuch"),
    ("library", "new", "persona", "Not A Slug"),
    ("lint", "nowhere"),
)


@pytest.mark.parametrize("arguments", BAD, ids=" ".join)
def test_a_bad_command_ends_in_a_sentence(hotseat, arguments) -> None:
    done = hotseat(*arguments)
    assert done.code == 2
    assert done.err.strip()
    assert "Traceback" not in done.err + done.out


def test_a_name_that_is_near_is_offered(hotseat) -> None:
    assert "fraud-trade-off" in hotseat("play", "fraud-trade-of").err


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_explains_itself(hotseat, command) -> None:
    done = hotseat(command, "--help")
    assert done.code == 0
    assert command in done.out


@pytest.mark.parametrize("content", [b"not a database at all, only text" * 100, b"SQLite format 3\x00" + b"\xff" * 5000])
def test_a_damaged_database_is_named_and_left_alone(hotseat, tmp_path, content) -> None:
    file = tmp_path / "sessions.db"
    file.write_bytes(content)
    done = hotseat("sessions", HOTSEAT_DB=str(file))
    assert done.code == 2
    assert str(file) in done.err
    assert "Traceback" not in done.err
    assert file.read_bytes() == content


def test_a_database_of_a_newer_version_is_left_alone(hotseat, tmp_path) -> None:
    file = tmp_path / "sessions.db"
    LogStore.open(file).close()
    with sqlite3.connect(file) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    connection.close()
    done = hotseat("sessions", HOTSEAT_DB=str(file))
    assert done.code == 2
    assert "newer version" in done.err


def test_a_folder_is_no_database(hotseat, tmp_path) -> None:
    done = hotseat("sessions", HOTSEAT_DB=str(tmp_path))
    assert done.code == 2
    assert "Traceback" not in done.err


@pytest.mark.usefixtures("warm")
def test_a_full_disk_ends_in_a_sentence_and_keeps_what_was_saved(home) -> None:
    """Files may not grow beyond a limit, which SQLite reports as a full disk."""
    command = [sys.executable, "-m", "agent", "play", "fraud-trade-off", "--seed", "1", "--plain", "--no-grade"]
    answers = "\n".join(f"I would start with a small test, number {number}, and compare what both errors cost." for number in range(12))
    limit = 60_000
    done = subprocess.run(
        command,
        input=answers,
        capture_output=True,
        text=True,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit)),
    )
    assert done.returncode == 2
    assert "Traceback" not in done.stderr
    assert "disk" in done.stderr
    with LogStore.open(home / "hotseat/sessions.db") as store:
        rows = store.sessions()
        assert len(rows) <= 1
        for row in rows:
            assert sum(event.type == "candidate_said" for event in store.read(row.id)) == row.turns


def test_a_reader_who_goes_away_is_no_failure(home) -> None:
    process = subprocess.Popen([sys.executable, "-m", "agent", "library", "list"], stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    assert process.stdout
    process.stdout.close()
    _, said = process.communicate()
    assert b"Traceback" not in said
