"""Recognising what a sentence means: nearness to example sentences, and cues.

A pattern is heard in a sentence when

- one of its `requires` occurs (if it has any), and
- the cosine similarity to its nearest example, plus `CUE_BONUS` if a cue occurs, reaches `THRESHOLD`, and
- no counter-example is nearer than the nearest example.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from agent.document import Pattern
from agent.protocols import Embedder

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

THRESHOLD = 0.52
CUE_BONUS = 0.12
MAX_SENTENCES = 40
"""Of a very long answer so many sentences are looked at: the first and the last half of them."""


class Hit(NamedTuple):
    """A pattern heard in sentence number `sentence`, with `strength` from 0 to about 1."""

    sentence: int
    strength: float


@dataclass(frozen=True)
class _Compiled:
    examples: NDArray[np.float32]
    not_examples: NDArray[np.float32]
    cues: re.Pattern[str] | None
    requires: re.Pattern[str] | None

    def strength(self, sentence: str, vector: NDArray[np.float32]) -> float:
        if self.requires and not self.requires.search(sentence):
            return 0.0
        nearest = float((self.examples @ vector).max())
        if len(self.not_examples) and float((self.not_examples @ vector).max()) > nearest:
            return 0.0
        return nearest + (CUE_BONUS if self.cues and self.cues.search(sentence) else 0.0)


class Recogniser:
    """Knows a set of patterns by id, and finds them in sentences."""

    def __init__(self, patterns: dict[str, Pattern], embedder: Embedder) -> None:
        self._embedder = embedder
        self._compiled = {name: self._compile(pattern) for name, pattern in patterns.items()}

    def hits(self, said: Sequence[str], only: Iterable[str] | None = None, threshold: float = THRESHOLD) -> dict[str, Hit]:
        """The best hit of every pattern heard in the sentences `said`; `only` limits which patterns are looked for."""
        best: dict[str, Hit] = {}
        for hit_name, hit in self.all_hits(said, only, threshold):
            if hit_name not in best or hit.strength > best[hit_name].strength:
                best[hit_name] = hit
        return best

    def all_hits(self, said: Sequence[str], only: Iterable[str] | None = None, threshold: float = THRESHOLD) -> list[tuple[str, Hit]]:
        """Every pattern heard in every sentence, in the order of the sentences."""
        names = list(self._compiled) if only is None else list(only)
        found = []
        for index, (sentence, vector) in enumerate(zip(said, self._embedder.embed(said), strict=True)):
            lowered = sentence.lower()
            for name in names:
                strength = self._compiled[name].strength(lowered, vector)
                if strength >= threshold:
                    found.append((name, Hit(index, strength)))
        return found

    def _compile(self, pattern: Pattern) -> _Compiled:
        return _Compiled(
            examples=self._embedder.embed(pattern.examples),
            not_examples=self._embedder.embed(pattern.not_examples),
            cues=any_of(pattern.cues),
            requires=any_of(pattern.requires),
        )


def any_of(cues: Sequence[str]) -> re.Pattern[str] | None:
    """One regular expression for all cues, at word boundaries, against lower-case text; None for no cues."""
    return re.compile(r"(?<!\w)(?:" + "|".join(cues) + r")(?!\w)") if cues else None


def looked_at(said: Sequence[str]) -> list[str]:
    """At most `MAX_SENTENCES` of the sentences: the first and the last half."""
    half = MAX_SENTENCES // 2
    return list(said) if len(said) <= MAX_SENTENCES else [*said[:half], *said[-half:]]
