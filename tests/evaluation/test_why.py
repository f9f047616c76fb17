"""Reasons in words: no error number, no colon before nothing."""

from __future__ import annotations

from pathlib import Path

import pytest

from agent.errors import InputError
from agent.evaluation.comparing.answers import read_answers
from agent.evaluation.comparing.baseline import read_baseline
from agent.evaluation.comparing.sides import read_sides
from agent.evaluation.ratings import read_ratings


@pytest.mark.parametrize("read", [read_ratings, read_sides, lambda path: read_answers([path])])
def test_a_file_that_is_not_there_has_no_error_number(read, tmp_path: Path) -> None:
    with pytest.raises(InputError) as refused:
        read(tmp_path / "nowhere.jsonl")
    assert "cannot read" in str(refused.value)
    assert "No such file or directory" in str(refused.value)
    assert "Errno" not in str(refused.value)


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "is no baseline: Invalid JSON"),
        (b"[]", "is no baseline: Input should be"),
        (b'{"judge": "x"}', "is no baseline: canary: Field"),
    ],
)
def test_a_damaged_baseline_names_a_place_only_where_there_is_one(content: bytes, says: str, tmp_path: Path) -> None:
    file = tmp_path / "baseline.json"
    file.write_bytes(content)
    with pytest.raises(InputError) as refused:
        read_baseline(file)
    assert says in str(refused.value)
    assert ": :" not in str(refused.value)


def test_a_line_that_is_no_json_or_no_utf_8_says_so(tmp_path: Path) -> None:
    file = tmp_path / "ratings.jsonl"
    for content, says in (
        (b'{"item"', "line 1 is no JSON object: it is no JSON (expecting ':' delimiter, character 8)"),
        (b"\xff", "UTF-8"),
    ):
        file.write_bytes(content)
        with pytest.raises(InputError) as refused:
            read_ratings(file)
        assert says in str(refused.value)
