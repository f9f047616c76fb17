from __future__ import annotations

from collections.abc import Sequence
from queue import SimpleQueue

import numpy as np
import pytest
from numpy.typing import NDArray

from agent.memory import handful
from agent.memory.chroma import ChromaMemory
from agent.memory.embedder import default_embedder
from agent.memory.handful import Handful

TEXTS = ["The labels arrive forty days late.", "We keep the old rules as a fallback.", "Nobody was told about the release."]
QUERY = "How long does it take until labels come in?"


class Watched:
    """The real embedder, with what it was asked for."""

    id = "watched"

    def __init__(self) -> None:
        self.asked: list[str] = []

    def embed(self, texts: Sequence[str]) -> NDArray[np.float32]:
        self.asked += texts
        return default_embedder().embed(texts)


class Many(ChromaMemory):
    """A database that tells what it was asked for, and finds the first."""

    def __init__(self) -> None:
        super().__init__(default_embedder())
        self.asked: list[Sequence[str]] = []
        self.readied: SimpleQueue[str] = SimpleQueue()

    def warm(self) -> None:
        self.readied.put("warm")

    def near(self, shelf: str, texts: Sequence[str], query: str, count: int) -> list[tuple[int, float]]:
        self.asked.append(texts)
        return [(0, 1.0)]


@pytest.fixture
def embedder() -> Watched:
    return Watched()


@pytest.fixture
def many() -> Many:
    return Many()


@pytest.fixture
def memory(embedder: Watched, many: Many) -> Handful:
    return Handful(embedder, many)


@pytest.mark.parametrize("count", [1, 2, 3, 50])
def test_it_finds_what_the_database_finds(memory: Handful, count: int) -> None:
    found, expected = memory.near("talk", TEXTS, QUERY, count), ChromaMemory(default_embedder()).near("talk", TEXTS, QUERY, count)
    assert [index for index, _ in found] == [index for index, _ in expected]
    assert [score for _, score in found] == pytest.approx([score for _, score in expected], abs=1e-3)


@pytest.mark.parametrize(("texts", "count"), [([], 3), (TEXTS, 0)])
def test_of_nothing_nothing_is_found(memory: Handful, embedder: Watched, texts: list[str], count: int) -> None:
    assert memory.near("talk", texts, QUERY, count) == []
    assert embedder.asked == []


def test_a_shelf_that_grew_embeds_only_what_is_new(memory: Handful, embedder: Watched) -> None:
    memory.near("talk", TEXTS[1:], QUERY, 1)
    assert memory.near("talk", [*TEXTS[1:], TEXTS[0]], QUERY, 1)[0][0] == 2
    assert sorted(embedder.asked) == sorted([*TEXTS, QUERY, QUERY])


@pytest.mark.parametrize("later", [TEXTS[1:], TEXTS[:1], [TEXTS[2], TEXTS[1]], [TEXTS[0], TEXTS[0]]])
def test_of_a_shelf_that_changed_what_is_there_now_is_found(memory: Handful, later: list[str]) -> None:
    memory.near("talk", TEXTS, QUERY, 3)
    assert sorted(index for index, _ in memory.near("talk", later, QUERY, 3)) == list(range(len(later)))


def test_the_shelf_looked_at_longest_ago_makes_room(memory: Handful, embedder: Watched, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(handful, "SHELVES", 2)
    for shelf in ("first", "second", "first", "third"):
        memory.near(shelf, TEXTS[:1], QUERY, 1)
    embedder.asked.clear()
    memory.near("first", TEXTS[:1], QUERY, 1)
    assert embedder.asked == [QUERY]
    memory.near("second", TEXTS[:1], QUERY, 1)
    assert embedder.asked == [QUERY, TEXTS[0], QUERY]


def test_many_are_left_to_the_database_which_is_readied_before_and_once(
    memory: Handful, many: Many, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(handful, "A_HANDFUL", 2)
    memory.near("talk", TEXTS[:1], QUERY, 1)
    assert many.readied.empty()
    memory.near("talk", TEXTS[:2], QUERY, 1)
    assert many.readied.get(timeout=10) == "warm"
    assert many.asked == []
    assert memory.near("talk", TEXTS, QUERY, 1) == [(0, 1.0)]
    assert many.asked == [TEXTS]
    assert many.readied.empty()
