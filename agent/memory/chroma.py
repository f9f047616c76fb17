"""What must be found again by meaning: texts on named shelves, in a chromadb collection that lives as long as the process."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Sequence
from functools import cached_property
from typing import Any
from uuid import uuid4

from agent.memory.embedder import LazyEmbedder
from agent.protocols import Embedder

SHELVES = 2_000
"""Shelves that are kept; the one that was not looked at for longest makes room."""


class ChromaMemory:
    """Finds the nearest of a shelf's texts. A shelf is brought up to date by every question, so nothing has to be kept in step.

    Safe to share between threads.
    """

    def __init__(self, embedder: Embedder | None = None) -> None:
        self._embedder: Embedder = embedder or LazyEmbedder()
        self._shelves: OrderedDict[str, list[str]] = OrderedDict()
        self._lock = threading.Lock()

    def warm(self) -> None:
        """Loads chromadb, which takes a second or two."""
        with self._lock:
            _ = self._collection

    def near(self, shelf: str, texts: Sequence[str], query: str, count: int) -> list[tuple[int, float]]:
        """The `count` nearest of `texts` by index, with cosine similarity, the nearest first."""
        if not texts or count < 1:
            return []
        with self._lock:
            self._fill(shelf, list(texts))
            vector, most = self._embedder.embed([query]), min(count, len(texts))
            found = self._collection.query(query_embeddings=vector, n_results=most, where={"shelf": shelf}, include=["distances"])
        ids, distances = found["ids"][0], found["distances"][0]
        return [(int(name.rpartition("/")[2]), 1 - float(distance)) for name, distance in zip(ids, distances, strict=True)]

    def _fill(self, shelf: str, texts: list[str]) -> None:
        known = self._shelves.get(shelf, [])
        keeps = known == texts[: len(known)]
        new = texts[len(known) :] if keeps else texts
        embedded = self._embedder.embed(new)
        if not keeps:
            self._collection.delete(where={"shelf": shelf})
            known = []
        if new:
            self._collection.add(
                ids=[f"{shelf}/{index}" for index in range(len(known), len(texts))],
                embeddings=embedded,
                metadatas=[{"shelf": shelf}] * len(new),
            )
        self._shelves[shelf] = texts
        self._shelves.move_to_end(shelf)
        self._make_room()

    def _make_room(self) -> None:
        if len(self._shelves) > SHELVES:
            oldest, _ = self._shelves.popitem(last=False)
            self._collection.delete(where={"shelf": oldest})

    @cached_property
    def _collection(self) -> Any:
        import chromadb
        from chromadb.config import Settings

        client = chromadb.EphemeralClient(Settings(anonymized_telemetry=False))
        return client.create_collection(f"shelves-{uuid4().hex}", embedding_function=None, configuration={"hnsw": {"space": "cosine"}})
