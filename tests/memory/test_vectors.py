from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from agent.memory.embedder import MiniLM, _installed_files
from agent.memory.vectors import prepare

TEXTS = ["We start with a shadow test.", "Who decides?", "The labels come late."]


class Counting(MiniLM):
    """Counts the sentences that are really embedded."""

    ran = 0

    def _run(self, encoded, length):
        self.ran += len(encoded)
        return super()._run(encoded, length)


@pytest.fixture
def fresh():
    files = _installed_files()
    assert files
    return lambda: Counting(*files)


def never() -> bool:
    return False


def test_a_second_start_embeds_nothing(tmp_path: Path, fresh) -> None:
    first, second = fresh(), fresh()
    prepare(first, TEXTS, tmp_path, never)
    prepare(second, TEXTS, tmp_path, never)
    assert (first.ran, second.ran) == (3, 0)
    assert np.array_equal(first.embed(TEXTS), second.embed(TEXTS))


def test_only_what_is_new_is_embedded(tmp_path: Path, fresh) -> None:
    prepare(fresh(), TEXTS, tmp_path, never)
    later = fresh()
    prepare(later, [*TEXTS, "A new sentence."], tmp_path, never)
    assert later.ran == 1


@pytest.mark.parametrize("damage", [b"", b"PK\x03\x04 cut off", b"\x00" * 500])
def test_a_damaged_file_is_made_again(tmp_path: Path, fresh, damage: bytes) -> None:
    prepare(fresh(), TEXTS, tmp_path, never)
    file = next(tmp_path.iterdir())
    file.write_bytes(damage)
    again, last = fresh(), fresh()
    prepare(again, TEXTS, tmp_path, never)
    prepare(last, TEXTS, tmp_path, never)
    assert (again.ran, last.ran) == (3, 0)


def test_a_folder_that_cannot_be_written_is_no_error(tmp_path: Path, fresh) -> None:
    (tmp_path / "file").write_text("in the way")
    embedder = fresh()
    prepare(embedder, TEXTS, tmp_path / "file", never)
    assert embedder.ran == 3


def test_it_stops_when_told_to(tmp_path: Path, fresh) -> None:
    embedder = fresh()
    prepare(embedder, TEXTS, tmp_path, lambda: True)
    assert embedder.ran == 0
