from __future__ import annotations

import hashlib
import json
import re
from pathlib import Path

import pytest

from agent.document import fingerprint
from agent.errors import InputError
from agent.evaluation.about import About, about_file, begun, keep_about, read_about
from agent.rubric import Rubric
from agent.version import __version__

SUMS = {name: hashlib.sha256(name.encode()).hexdigest() for name in ("two", "one")}


@pytest.fixture
def about(rubric: Rubric) -> About:
    return begun("anna", "person", "eight years of hiring", rubric, SUMS, 7)


def test_it_tells_who_rated_what_with_which_rubric_and_when(about: About, rubric: Rubric, tmp_path: Path) -> None:
    keep_about(about, tmp_path / "anna.jsonl")
    told = json.loads(about_file(tmp_path / "anna.jsonl").read_text(encoding="utf-8"))
    assert (told["rater"], told["kind"], told["background"], told["seed"]) == ("anna", "person", "eight years of hiring", 7)
    assert told["rubric"] == {"id": "core", "version": "1.1.0", "sha256": fingerprint(rubric)}
    assert list(told["items"].items()) == sorted(SUMS.items())
    assert told["package"] == __version__
    assert all(re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+00:00", told[time]) for time in ("started", "last_written"))
    assert [file.name for file in tmp_path.iterdir()] == ["anna.jsonl.about.json"]


def test_it_is_read_back_and_nothing_is_known_where_it_is_not(about: About, tmp_path: Path) -> None:
    assert read_about(tmp_path / "anna.jsonl") is None
    keep_about(about, tmp_path / "anna.jsonl")
    found = read_about(tmp_path / "anna.jsonl")
    assert found
    assert found.model_copy(update={"last_written": about.last_written}) == about


def test_another_sitting_adds_items(about: About, rubric: Rubric) -> None:
    assert about.continued(rubric, {"three": "3", "two": "other"}, rated=["one", "three", "unknown"]).items == {
        **SUMS,
        "three": "3",
        "two": "other",
    }


def test_an_item_that_changed_since_it_was_rated_is_refused(about: About, rubric: Rubric) -> None:
    with pytest.raises(InputError, match="'two' has changed since it was rated"):
        about.continued(rubric, {"two": "other"}, rated=["one", "two"])


def test_another_rubric_is_refused_and_the_first_one_named(about: About, rubric: Rubric) -> None:
    with pytest.raises(InputError, match=r"go on with --rubric core@1\.1\.0"):
        about.continued(rubric.model_copy(update={"version": "2.0.0"}), SUMS, rated=[])


@pytest.mark.parametrize("content", ["", "{", "[]", '{"format": 2}'])
def test_a_damaged_one_is_told(tmp_path: Path, content: str) -> None:
    about_file(tmp_path / "anna.jsonl").write_text(content, encoding="utf-8")
    with pytest.raises(InputError, match="mend it or move it away"):
        read_about(tmp_path / "anna.jsonl")
