"""Listening to a whole library: only files that changed are listened to again."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Sequence
from pathlib import Path

from agent import heads, polarity, prose, recognition
from agent.errors import LibraryError
from agent.hearing import examples, kept
from agent.interview import observer, questions
from agent.library import Library
from agent.library.loading import Loaded
from agent.library.problem import Problem
from agent.memory.vectors import prepare
from agent.protocols import Embedder

LISTENED_TO = ("twist", "scenario", "persona")
_RULES = (heads, polarity, prose, recognition, observer, questions, examples)


class Hearing:
    """Listens to the examples of documents as the observer would.

    Args:
        embedder: of all sentences.
        cache: the folder with vectors and findings of earlier runs.
    """

    def __init__(self, embedder: Embedder, cache: Path) -> None:
        self._embedder, self._cache = embedder, cache

    def __call__(self, documents: Sequence[Loaded], library: Library) -> Iterator[Problem]:
        """Examples that are not heard, counter-examples that are, and patterns that cannot tell the two apart."""
        said_anywhere = _said_anywhere(library)
        rules = _rules(said_anywhere, self._embedder)
        keyed = [(kept.key_of(loaded.path, rules), loaded) for loaded in documents if loaded.kind in LISTENED_TO]
        known = kept.read(self._cache)
        new = {key: loaded for key, loaded in keyed if key not in known}
        if new:
            texts = [text for loaded in new.values() for text in examples.texts(loaded)]
            prepare(self._embedder, [*said_anywhere, *texts], self._cache, lambda: False)
            known |= {key: kept.packed(examples.check(loaded, said_anywhere, self._embedder)) for key, loaded in new.items()}
            kept.write(self._cache, known, [key for key, _ in keyed])
        for key, loaded in keyed:
            yield from kept.unpacked(loaded.path, known[key])


def _said_anywhere(library: Library) -> list[str]:
    try:
        return observer.background(library.acts())
    except LibraryError:
        return []


def _rules(said_anywhere: Sequence[str], embedder: Embedder) -> bytes:
    """All that decides what is heard, beside the file itself."""
    code = b"".join(Path(module.__file__).read_bytes() for module in _RULES if module.__file__)
    return hashlib.sha256(code + json.dumps([embedder.id, *said_anywhere]).encode()).digest()
