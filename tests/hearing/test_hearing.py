"""Only what changed is listened to again, and a cache that cannot be used is no error."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from agent.hearing import Hearing
from agent.hearing.kept import FINDINGS
from agent.library import Library
from agent.library.lint import lint
from agent.library.problem import Problem
from agent.library.starter import start
from agent.memory.embedder import LazyEmbedder

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

RIGHT, WRONG = '"It gives you a list of the parcels', '"First. It gives you a list of the parcels'


class Counting(LazyEmbedder):
    """The installed embedder, which counts how often it is asked."""

    def __init__(self) -> None:
        self.asked = 0

    def embed(self, texts: Sequence[str]) -> NDArray[np.float32]:
        self.asked += 1
        return super().embed(texts)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    root = tmp_path / "own"
    for kind, name in (("rubric", "core"), ("persona", "warehouse"), ("twist", "new-target"), ("scenario", "parcels")):
        start(Library([root]), kind, name, root)
    scenario = root / "personas/scenarios/parcels.yaml"
    scenario.write_text(scenario.read_text(encoding="utf-8").replace(RIGHT, WRONG), encoding="utf-8")
    return root


def heard(root: Path, embedder: Counting, cache: Path) -> list[Problem]:
    return [problem for problem in lint(Library([root]), further=Hearing(embedder, cache)) if "this example is several" in problem.message]


def test_what_did_not_change_is_not_listened_to_again(root: Path, tmp_path: Path) -> None:
    embedder = Counting()
    first = heard(root, embedder, tmp_path / "cache")
    assert [problem.field for problem in first] == ["beats[0].points[0].heard.examples[1]"]
    assert embedder.asked > 0

    embedder.asked = 0
    assert heard(root, embedder, tmp_path / "cache") == first
    assert embedder.asked == 0


def test_what_changed_is(root: Path, tmp_path: Path) -> None:
    embedder = Counting()
    heard(root, embedder, tmp_path / "cache")
    scenario = root / "personas/scenarios/parcels.yaml"
    scenario.write_text(scenario.read_text(encoding="utf-8").replace(WRONG, RIGHT), encoding="utf-8")

    embedder.asked = 0
    assert heard(root, embedder, tmp_path / "cache") == []
    assert embedder.asked > 0


def test_two_files_of_the_same_content_both_have_their_problems(root: Path, tmp_path: Path) -> None:
    other = tmp_path / "other" / "personas/scenarios/parcels.yaml"
    other.parent.mkdir(parents=True)
    other.write_bytes((root / "personas/scenarios/parcels.yaml").read_bytes())
    found = lint(Library([root, tmp_path / "other"]), further=Hearing(LazyEmbedder(), tmp_path / "cache"))
    assert len({problem.path for problem in found if "this example is several" in problem.message}) == 2


@pytest.mark.parametrize("content", ["", "[]", "{", '{"a": 1'])
def test_findings_that_cannot_be_read_are_found_again(root: Path, tmp_path: Path, content: str) -> None:
    (tmp_path / "cache").mkdir()
    (tmp_path / "cache" / FINDINGS).write_text(content, encoding="utf-8")
    assert len(heard(root, Counting(), tmp_path / "cache")) == 1


def test_a_cache_that_cannot_be_written_is_no_error(root: Path, tmp_path: Path) -> None:
    (tmp_path / "cache").write_text("a file where the folder should be", encoding="utf-8")
    assert len(heard(root, Counting(), tmp_path / "cache")) == 1
