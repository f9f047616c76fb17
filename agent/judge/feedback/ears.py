"""Hears the mistakes that are recognised by meaning: one head for each, fitted to its examples once per embedder."""

from __future__ import annotations

from functools import lru_cache
from weakref import WeakKeyDictionary

from agent.document import Pattern
from agent.heads import Heads
from agent.judge.feedback.data import mistakes
from agent.protocols import Embedder

KEPT = 2048
"""Sentences whose scores are kept, since every mistake asks for them."""


class Ears:
    """The heads of all mistakes that have examples; the examples of each speak against all others."""

    def __init__(self, embedder: Embedder) -> None:
        self._heads = Heads(patterns(), background(), embedder, rivals=True)
        self._scores = lru_cache(KEPT)(self._heads.scores)

    def hears(self, mistake: str, sentence: str, threshold: float) -> bool:
        """Whether the head of a mistake says at least `threshold` to a sentence that has one of its required words."""
        return self._scores(sentence).get(mistake, 0.0) >= threshold


def patterns() -> dict[str, Pattern]:
    """The patterns that are recognised by heads."""
    return {name: kind.heard for name, kind in mistakes().items() if kind.heard}


def background() -> list[str]:
    """What people say without a mistake: the counter-examples of all of them."""
    return [sentence for pattern in patterns().values() for sentence in pattern.not_examples]


_FITTED: WeakKeyDictionary[Embedder, Ears] = WeakKeyDictionary()


def ears_of(embedder: Embedder) -> Ears:
    """The ears of an embedder, fitted when they are first needed."""
    if embedder not in _FITTED:
        _FITTED[embedder] = Ears(embedder)
    return _FITTED[embedder]
