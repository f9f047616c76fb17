from __future__ import annotations

from collections import Counter
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from agent.errors import CassetteMiss
from agent.llm import cassette_miss
from agent.llm.call import PromptPin, Schema
from agent.llm.cassette import Player
from agent.llm.cassette_file import read
from tests.llm.recording import CALL, failure, messages, record


@pytest.mark.parametrize(
    ("changes", "difference"),
    [
        ({"temperature": 0.7}, "temperature 0.7 / 0.2"),
        ({"temperature": None}, "temperature not there / 0.2"),
        ({"seed": 8}, "seed 8 / 7"),
        ({"max_tokens": 400}, "max_tokens 400 / 200"),
        ({"repeat": 1}, "repeat 1 / 0"),
        ({"form": "text"}, "form differs from character 1: 'text' / 'schema'"),
        ({"prompt": PromptPin("voice/line@1.1.0", "a" * 63 + "b")}, "prompt.sha256 differs from character 64: 'b' / 'a'"),
        ({"schema": Schema("Line", {"type": "object"})}, "schema.body.type 'object' / not there"),
        ({"messages": messages("We roll forward.")}, "messages[1].content differs from character 9: 'forward.' / 'back.'"),
        ({"messages": CALL.messages[:1]}, "messages[1].content not there / 'We roll back.'"),
    ],
)
def test_a_miss_names_the_nearest_call_and_what_differs(tmp_path: Path, changes: dict[str, Any], difference: str) -> None:
    record(tmp_path, replace(CALL, messages=messages("Something else altogether."), seed=1000))
    near = record(tmp_path)
    error = failure(Player(tmp_path, "voice"), replace(CALL, **changes))

    assert isinstance(error, CassetteMiss)
    assert "no answer to this call of the voice (voice/line@1.1.0)" in str(error)
    assert f"The nearest is {near.relative_to(tmp_path)}, where (asked / recorded):" in str(error)
    assert f"\n  {difference}\n" in str(error)
    assert "Record it: " in str(error)


def test_the_nearest_call_is_one_of_the_same_role(tmp_path: Path) -> None:
    judge = replace(CALL, role="judge", prompt=PromptPin("judge/competency@1.1.0", "c" * 64))
    far = record(tmp_path, replace(judge, messages=messages("A long transcript.")))
    record(tmp_path)

    error = failure(Player(tmp_path, "judge"), replace(judge, messages=CALL.messages))
    assert f"The nearest is {far.relative_to(tmp_path)}" in str(error)


def test_what_is_the_same_in_all_calls_is_not_looked_into_and_a_folder_is_read_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A schema of a thousand parts is compared as a whole; a second miss finds what the first one read."""
    schema = Schema("Line", {"properties": {f"field-{number}": {"type": "string"} for number in range(1000)}})
    for seed in range(8):
        record(tmp_path, replace(CALL, schema=schema, seed=seed))
    reads = Counter[Path]()
    monkeypatch.setattr(cassette_miss, "read", lambda path: reads.update([path]) or read(path))
    player = Player(tmp_path, "voice")

    first, second = (failure(player, replace(CALL, schema=schema, seed=seed)) for seed in (100, 200))

    assert set(reads.values()) == {1}
    assert len(reads) == 8
    assert ["seed 100 / 0" in str(first), "seed 200 / 0" in str(second)] == [True, True]
    assert list(cassette_miss.differing({"a": schema.body, "b": [1, 2]}, {"a": schema.body, "b": [1]})) == [("b[1]", 2, None)]


def test_a_file_that_was_mended_is_read_again(tmp_path: Path) -> None:
    file = record(tmp_path)
    whole = file.read_bytes()
    file.write_bytes(b"{")
    player = Player(tmp_path, "voice")
    assert "it holds no calls at all" in str(failure(player, replace(CALL, seed=8)))

    file.write_bytes(whole)
    assert "seed 8 / 7" in str(failure(player, replace(CALL, seed=8)))
