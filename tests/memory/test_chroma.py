from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest
from numpy.typing import NDArray

from agent.memory import chroma
from agent.memory.chroma import ChromaMemory
from agent.memory.embedder import default_embedder

TEXTS = ["The labels arrive forty days late.", "We keep the old rules as a fallback.", "Nobody was told about the release."]
QUERY = "How long does it take until labels come in?"


class Watched:
    """The real embedder, with what it was asked for; it fails when told to."""

    id = "watched"

    def __init__(self) -> None:
        self.asked: list[str] = []
        self.fails = False

    def embed(self, texts: Sequence[str]) -> NDArray[np.float32]:
        if self.fails:
            raise OSError("the weights are gone")
        self.asked += texts
        return default_embedder().embed(texts)


@pytest.fixture
def embedder() -> Watched:
    return Watched()


@pytest.fixture
def memory(embedder: Watched) -> ChromaMemory:
    return ChromaMemory(embedder)


def test_the_nearest_come_first_with_their_cosine(memory: ChromaMemory) -> None:
    found = memory.near("talk", TEXTS, QUERY, 3)
    cosines = default_embedder().embed(TEXTS) @ default_embedder().embed([QUERY])[0]
    assert [index for index, _ in found] == np.argsort(-cosines).tolist()
    assert [score for _, score in found] == pytest.approx(sorted(cosines, reverse=True), abs=1e-3)


@pytest.mark.parametrize(("count", "number"), [(1, 1), (2, 2), (50, 3)])
def test_there_are_at_most_as_many_as_asked_for_and_as_there_are(memory: ChromaMemory, count: int, number: int) -> None:
    assert len(memory.near("talk", TEXTS, QUERY, count)) == number


def test_an_empty_shelf_has_nothing_and_embeds_nothing(memory: ChromaMemory, embedder: Watched) -> None:
    assert memory.near("talk", [], QUERY, 3) == []
    assert embedder.asked == []


def test_a_shelf_that_grew_embeds_only_what_is_new(memory: ChromaMemory, embedder: Watched) -> None:
    memory.near("talk", TEXTS[1:], QUERY, 1)
    assert memory.near("talk", [*TEXTS[1:], TEXTS[0]], QUERY, 1)[0][0] == 2
    assert embedder.asked == [*TEXTS[1:], QUERY, TEXTS[0], QUERY]


@pytest.mark.parametrize("later", [TEXTS[1:], TEXTS[:1], [TEXTS[2], TEXTS[1]]])
def test_of_a_shelf_that_shrank_or_changed_nothing_old_is_found(memory: ChromaMemory, later: list[str]) -> None:
    memory.near("talk", TEXTS, QUERY, 3)
    found = memory.near("talk", later, TEXTS[2], 3)
    assert sorted(index for index, _ in found) == list(range(len(later)))
    best = int(np.argmax(default_embedder().embed(later) @ default_embedder().embed([TEXTS[2]])[0]))
    assert found[0][0] == best


def test_a_shelf_that_was_emptied_is_found_again_as_it_is_filled_anew(memory: ChromaMemory) -> None:
    memory.near("talk", TEXTS, QUERY, 1)
    memory.near("talk", [], QUERY, 1)
    assert memory.near("talk", [TEXTS[2], TEXTS[0]], QUERY, 3)[0][0] == 1


def test_two_shelves_know_nothing_of_each_other(memory: ChromaMemory) -> None:
    memory.near("one", TEXTS, QUERY, 1)
    assert memory.near("two", TEXTS[1:], QUERY, 3) == memory.near("two/0", TEXTS[1:], QUERY, 3)
    assert sorted(index for index, _ in memory.near("two", TEXTS[1:], TEXTS[0], 3)) == [0, 1]
    assert memory.near("one", TEXTS, QUERY, 1)[0][0] == 0


def test_two_memories_know_nothing_of_each_other(memory: ChromaMemory) -> None:
    memory.near("talk", TEXTS, QUERY, 1)
    assert [index for index, _ in ChromaMemory().near("talk", TEXTS[2:], QUERY, 3)] == [0]


def test_the_shelf_not_looked_at_for_longest_makes_room(memory: ChromaMemory, embedder: Watched, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(chroma, "SHELVES", 2)
    for shelf in ("one", "two", "one", "three"):
        memory.near(shelf, TEXTS, QUERY, 1)
    embedder.asked.clear()
    found = [memory.near(shelf, TEXTS, QUERY, 3) for shelf in ("one", "three", "two")]
    assert found[0] == found[1] == found[2]
    assert embedder.asked == [QUERY, QUERY, *TEXTS, QUERY]


def test_after_a_failure_only_what_is_on_the_shelf_is_found(memory: ChromaMemory, embedder: Watched) -> None:
    memory.near("talk", TEXTS, QUERY, 1)
    embedder.fails = True
    with pytest.raises(OSError, match="gone"):
        memory.near("talk", [*TEXTS, "More."], QUERY, 1)
    embedder.fails = False
    assert [index for index, _ in memory.near("talk", ["Bananas are yellow."], TEXTS[2], 3)] == [0]
