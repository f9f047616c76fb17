from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path

import pytest

from agent.errors import CassetteMiss, FailureKind, ModelError
from agent.llm.call import Reply
from agent.llm.cassette import Player
from tests.llm.recording import CALL, REPLY, failure, play, record


def test_the_key_is_the_hash_of_the_request(tmp_path: Path) -> None:
    path = record(tmp_path)
    request = {
        "provider": "openai",
        "base_url": None,
        "model": "gpt-x",
        "prompt": {"name": "voice/line@1.1.0", "sha256": "a" * 64},
        "max_tokens": 200,
        "temperature": 0.2,
        "seed": 7,
        "form": "schema",
        "repeat": 0,
        "schema": None,
        "messages": [{"role": "system", "content": "You are Mara. " * 10}, {"role": "user", "content": "We roll back."}],
    }

    key = hashlib.sha256(json.dumps(request, sort_keys=True, separators=(",", ":")).encode()).hexdigest()
    assert path == tmp_path / key[:2] / f"{key}.json"


def cut_short(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-40])


def edit_reply(path: Path) -> None:
    path.write_text(path.read_text(encoding="utf-8").replace("pages you", "praises you"), encoding="utf-8")


def come_from_a_newer_version(path: Path) -> None:
    path.write_text(path.read_text(encoding="utf-8").replace('"format": 2', '"format": 3'), encoding="utf-8")


def become_another_file(path: Path) -> None:
    path.write_text('{"format": 1}', encoding="utf-8")


def become_a_folder(path: Path) -> None:
    path.unlink()
    path.mkdir()


def be_empty(path: Path) -> None:
    path.write_bytes(b"")


@pytest.mark.parametrize(
    ("harm", "message"),
    [
        (cut_short, "it is no whole JSON"),
        (be_empty, "it is no whole JSON"),
        (edit_reply, "its checksum does not fit its content"),
        (come_from_a_newer_version, "it has format 3, this version reads 1, 2"),
        (become_another_file, "its checksum does not fit"),
        (become_a_folder, "it cannot be read"),
    ],
)
def test_a_damaged_file_is_named(tmp_path: Path, harm: Callable[[Path], None], message: str) -> None:
    path = record(tmp_path)
    harm(path)
    error = failure(Player(tmp_path, "voice"))

    assert error.kind is FailureKind.NOT_RECORDED
    assert f"the cassette file {path} cannot be played: {message}" in str(error)


def test_a_renamed_file_is_named(tmp_path: Path) -> None:
    other, path = record(tmp_path, replace(CALL, seed=8)), record(tmp_path)
    path.write_bytes(other.read_bytes())

    assert "its name is not the key of the request in it" in str(failure(Player(tmp_path, "voice")))


def test_a_damaged_neighbour_is_in_nobodys_way(tmp_path: Path) -> None:
    be_empty(record(tmp_path, replace(CALL, seed=8)))
    record(tmp_path)

    assert play(Player(tmp_path, "voice"))[-1] == REPLY
    assert isinstance(failure(Player(tmp_path, "voice"), replace(CALL, seed=9)), CassetteMiss)


def test_a_folder_that_cannot_be_written(tmp_path: Path) -> None:
    (tmp_path / "file").touch()

    with pytest.raises(ModelError, match="cannot be written: Not a directory; name another folder"):
        record(tmp_path / "file" / "cassette")


WRITER = """
import sys
from pathlib import Path
from agent.llm.call import Address, Finish, Reply
from agent.llm.cassette_file import Entry, request_of, write
from agent.llm.redaction import Redaction
from tests_call import CALL

for round in range(40):
    text = str(round) * 20_000
    request = request_of(CALL, Address("openai", "gpt-x"), Redaction({}))
    write(Entry(request, ((0.0, text),), Reply(text, Finish.STOP, None, "m"), None, "now", ""), Path(sys.argv[1]), Redaction({}))
"""


def test_processes_that_write_the_same_entry_never_leave_a_broken_one(tmp_path: Path) -> None:
    (tmp_path / "tests_call.py").write_text(
        "from agent.llm.call import Call, PromptPin\n"
        f"CALL = Call('voice', {CALL.messages!r}, PromptPin{tuple(CALL.prompt)!r}, 200, temperature=0.2, seed=7)\n",
        encoding="utf-8",
    )
    (tmp_path / "writer.py").write_text(WRITER, encoding="utf-8")
    root = Path(__file__).parents[2]
    cassette = tmp_path / "cassette"
    record(cassette)
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join((os.environ["PYTHONPATH"], str(root), str(tmp_path)))}
    command = (sys.executable, str(tmp_path / "writer.py"), str(cassette))
    player = Player(cassette, "voice")

    with ExitStack() as stack:
        writers = [stack.enter_context(subprocess.Popen(command, cwd=root, env=environment)) for _ in range(2)]
        while any(writer.poll() is None for writer in writers):
            assert isinstance(play(player)[-1], Reply)
    assert [writer.returncode for writer in writers] == [0, 0]
    assert [path.name for path in cassette.rglob("*.tmp")] == []
