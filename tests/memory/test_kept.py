from __future__ import annotations

from pathlib import Path

from agent.memory.embedder import default_embedder
from agent.memory.kept import KeptMemory
from tests.memory.test_chroma import QUERY, TEXTS, Watched


def test_the_nearest_text_comes_first(tmp_path: Path) -> None:
    (first, likeness), second = KeptMemory(tmp_path, default_embedder()).near("texts", TEXTS, QUERY, 2)
    assert first == 0
    assert 1 >= likeness > second[1]


def test_a_long_text_is_found_by_any_of_its_sentences(tmp_path: Path) -> None:
    long = " ".join(["We had lunch in the garden with all the colleagues."] * 40 + [TEXTS[0]] * 40)
    ((found, _),) = KeptMemory(tmp_path, default_embedder()).near("texts", [TEXTS[2], long], QUERY, 1)
    assert found == 1


def test_what_was_built_once_is_not_embedded_again(tmp_path: Path) -> None:
    KeptMemory(tmp_path, Watched()).near("texts", TEXTS, QUERY, 1)
    again = Watched()
    KeptMemory(tmp_path, again).near("texts", TEXTS, QUERY, 1)
    assert again.asked == [QUERY]


def test_other_texts_are_another_collection(tmp_path: Path) -> None:
    memory = KeptMemory(tmp_path, default_embedder())
    memory.near("texts", TEXTS, QUERY, 3)
    assert [place for place, _ in memory.near("texts", [TEXTS[1], TEXTS[0]], QUERY, 3)] == [1, 0]


def test_nothing_is_near_to_no_texts(tmp_path: Path) -> None:
    assert KeptMemory(tmp_path, Watched()).near("texts", [], QUERY, 3) == []


def test_a_folder_that_cannot_be_written_is_no_error(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    assert len(KeptMemory(tmp_path / "file" / "below", default_embedder()).near("texts", TEXTS, QUERY, 3)) == 3
