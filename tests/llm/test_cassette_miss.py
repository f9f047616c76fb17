from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from agent.errors import CassetteMiss
from agent.llm.call import PromptPin, Schema
from agent.llm.cassette import Player
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
