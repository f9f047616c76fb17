"""A memory for few texts, which are compared one by one; many are left to another memory."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Sequence
from typing import TYPE_CHECKING

from agent.memory.chroma import ChromaMemory
from agent.protocols import Embedder

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

A_HANDFUL = 200
"""Texts up to which they are compared one by one: 0.03 to 0.2 ms, where the database takes 1 to 2, and 13 for its first answer."""
SHELVES = 500
"""Shelves whose vectors are kept; the one that was not looked at for longest makes room."""


class Handful:
    """Finds the nearest of a shelf's texts. The database is loaded, in a thread, once a shelf is half as large as it has to be for it.

    Safe to share between threads.
    """

    def __init__(self, embedder: Embedder, many: ChromaMemory) -> None:
        self._embedder, self._many = embedder, many
        self._shelves: OrderedDict[str, dict[str, NDArray[np.float32]]] = OrderedDict()
        self._lock = threading.Lock()
        self._readied = False

    def near(self, shelf: str, texts: Sequence[str], query: str, count: int) -> list[tuple[int, float]]:
        """The `count` nearest of `texts` by index, with cosine similarity, the nearest first."""
        if len(texts) > A_HANDFUL // 2:
            self._ready()
        if len(texts) > A_HANDFUL:
            return self._many.near(shelf, texts, query, count)
        return self._compared(shelf, texts, query, count) if texts and count > 0 else []

    def _compared(self, shelf: str, texts: Sequence[str], query: str, count: int) -> list[tuple[int, float]]:
        cosines = self._vectors(shelf, texts) @ self._embedder.embed([query])[0]
        return [(index, float(cosines[index])) for index in (-cosines).argsort(kind="stable")[:count].tolist()]

    def _vectors(self, shelf: str, texts: Sequence[str]) -> NDArray[np.float32]:
        import numpy as np

        with self._lock:
            known = self._shelves.pop(shelf, {})
        new = [text for text in dict.fromkeys(texts) if text not in known]
        known = known | dict(zip(new, self._embedder.embed(new), strict=True))
        with self._lock:
            self._shelves[shelf] = {text: known[text] for text in texts}
            if len(self._shelves) > SHELVES:
                self._shelves.popitem(last=False)
        return np.stack([known[text] for text in texts])

    def _ready(self) -> None:
        with self._lock:
            is_first, self._readied = not self._readied, True
        if is_first:
            threading.Thread(target=self._many.warm, daemon=True).start()
