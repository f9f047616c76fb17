"""Texts that do not change, found by meaning: a chromadb collection that is built once and kept in a folder."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from agent.memory.embedder import LazyEmbedder
from agent.prose import sentences
from agent.protocols import Embedder

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


class KeptMemory:
    """Finds the nearest of texts of any length, by the mean of their sentences.

    The collection is named by the texts and the embedder, so other texts make another one. Where the folder cannot be
    written, it lives as long as the process.
    """

    def __init__(self, folder: Path, embedder: Embedder | None = None) -> None:
        self._folder = folder
        self._embedder: Embedder = embedder or LazyEmbedder()
        self._open: dict[str, Any] = {}

    def near(self, shelf: str, texts: Sequence[str], query: str, count: int) -> list[tuple[int, float]]:
        """The `count` nearest of `texts` by index, with cosine similarity, the nearest first."""
        if not texts or count < 1:
            return []
        collection, most = self._collection(shelf, texts), min(count, len(texts))
        found = collection.query(query_embeddings=[self._vector(query)], n_results=most, include=["distances"])
        return [(int(name), 1 - float(distance)) for name, distance in zip(found["ids"][0], found["distances"][0], strict=True)]

    def _collection(self, shelf: str, texts: Sequence[str]) -> Any:
        name = f"{shelf}-{_digest([self._embedder.id, *texts])}"
        if name not in self._open:
            self._open[name] = self._filled(name, texts)
        return self._open[name]

    def _filled(self, name: str, texts: Sequence[str]) -> Any:
        made = _client(self._folder).get_or_create_collection(
            name, embedding_function=None, configuration={"hnsw": {"space": "cosine", "ef_search": max(100, len(texts))}}
        )
        if made.count() < len(texts):  # new, or a start before this one was broken off
            made.upsert(ids=[str(place) for place in range(len(texts))], embeddings=[self._vector(text) for text in texts])
        return made

    def _vector(self, text: str) -> NDArray[np.float32]:
        mean: NDArray[np.float32] = self._embedder.embed(list(sentences(text)) or [text]).mean(axis=0)
        return mean


def _client(folder: Path) -> Any:
    import chromadb
    from chromadb.config import Settings

    quiet = Settings(anonymized_telemetry=False)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        (folder / ".writable").touch()
    except OSError:
        return chromadb.EphemeralClient(quiet)
    return chromadb.PersistentClient(str(folder), quiet)


def _digest(texts: Sequence[str]) -> str:
    return hashlib.sha256("\0".join(texts).encode()).hexdigest()[:24]
