"""Long texts of a cassette are kept once, and a call is played from them to the letter."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from agent.errors import FailureKind
from agent.llm.call import Finish, Reply, Schema, Usage
from agent.llm.cassette import Player
from agent.prompting import Message
from tests.llm.recording import CALL, Speaker, failure, play, record

RULES = Message(role="system", content="Grade what was said — and nothing else. \ud83d\n" * 20)
CALLS = [replace(CALL, messages=(RULES, Message(role="user", content=f"Turn {number}.")), repeat=number) for number in range(5)]
LONG = Reply("A long answer. " * 60, Finish.STOP, Usage(900, 200, 0), "gpt-x-2026")


def _texts(folder: Path) -> list[Path]:
    return sorted(folder.glob("texts/??/*.txt"))


def test_what_calls_share_is_kept_once(tmp_path: Path) -> None:
    for call in CALLS:
        record(tmp_path, call)
    assert [file.read_bytes().decode("utf-8", "surrogatepass") for file in _texts(tmp_path)] == [RULES["content"]]
    assert all(play(Player(tmp_path, "voice"), call)[-1] for call in CALLS)


def test_a_long_answer_and_a_schema_are_played_to_the_letter(tmp_path: Path) -> None:
    call = replace(CALL, schema=Schema("Grades", {"type": "object", "properties": {"b": {}, "a": {}}}))
    path = record(tmp_path, call, Speaker(LONG.text, reply=LONG))
    assert play(Player(tmp_path, "voice"), call) == [LONG.text, LONG]
    assert set(json.loads(path.read_text(encoding="utf-8"))["request"]["schema"]) == {"$json"}


@pytest.mark.parametrize("harm", [lambda file: file.unlink(), lambda file: file.write_text("Grade leniently. " * 40)])
def test_a_lost_or_edited_text_is_named(tmp_path: Path, harm: object) -> None:
    record(tmp_path, CALLS[0])
    (file,) = _texts(tmp_path)
    assert callable(harm)
    harm(file)
    error = failure(Player(tmp_path, "voice"), CALLS[0])
    assert error.kind is FailureKind.NOT_RECORDED
    assert str(file) in str(error)
