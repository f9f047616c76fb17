from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest

from agent.errors import InstrumentError
from agent.memory.embedder import BATCH, MiniLM, _installed_files, batched

SENTENCES = [
    "What does a false decline cost us?",
    "How much do we lose when an honest customer is refused?",
    "The latency budget is forty milliseconds.",
    "Yes.",
    "",
    *(f"This is sentence number {number} of a longer list." for number in range(2 * BATCH)),
]


@pytest.fixture(scope="module")
def files() -> tuple[Path, Path]:
    found = _installed_files()
    assert found, "the packages with the model are dependencies"
    return found


@pytest.fixture(scope="module")
def embedder(files: tuple[Path, Path]) -> MiniLM:
    return MiniLM(*files)


def test_vectors_have_length_one(embedder: MiniLM) -> None:
    vectors = embedder.embed(SENTENCES)
    assert vectors.shape == (len(SENTENCES), 384)
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)


def test_nobody_waits_who_has_nothing_to_learn(embedder: MiniLM) -> None:
    embedder.embed(["Yes."])

    with embedder._lock, ThreadPoolExecutor() as others:
        assert others.submit(embedder.embed, ["Yes."]).result(timeout=5).shape == (1, 384)


def test_a_vector_does_not_depend_on_its_neighbours(embedder: MiniLM, files: tuple[Path, Path]) -> None:
    other = MiniLM(*files)
    assert np.array_equal(embedder.embed(SENTENCES), np.stack([other.embed([one])[0] for one in reversed(SENTENCES)])[::-1])


def test_near_in_meaning_is_near(embedder: MiniLM) -> None:
    cost, loss, latency = embedder.embed(SENTENCES[:3])
    assert cost @ loss > cost @ latency + 0.2


def test_nothing_gives_nothing(embedder: MiniLM) -> None:
    assert embedder.embed([]).shape == (0, 384)


def test_another_model_file_is_refused(tmp_path: Path, files: tuple[Path, Path]) -> None:
    wrong = tmp_path / "model.onnx"
    wrong.write_bytes(b"not the model")
    with pytest.raises(InstrumentError, match="sha256"):
        MiniLM(wrong, files[1])


def test_batches_hold_everything_once() -> None:
    texts = [str(number) for number in range(2 * BATCH + 1)]
    assert [one for batch in batched(texts) for one in batch] == texts
    assert max(len(batch) for batch in batched(texts)) == BATCH
