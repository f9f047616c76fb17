"""Recognising what a sentence means: nearness to example sentences, and cues.

A pattern is heard in a sentence when

- one of its `requires` occurs (if it has any), and
- the cosine similarity to its nearest example, plus `CUE_BONUS` if a cue occurs, reaches `THRESHOLD`, and
- no counter-example is nearer than the nearest example.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
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
class Gate:
    """The words a pattern looks for."""

    cues: re.Pattern[str] | None
    requires: re.Pattern[str] | None

    @classmethod
    def of(cls, pattern: Pattern) -> Gate:
        """The gate of a pattern."""
        return cls(any_of(pattern.cues), any_of(pattern.requires))

    def cued(self, sentence: str) -> bool:
        """Whether a cue occurs in a sentence in lower case."""
        return self.cues is not None and self.cues.search(sentence) is not None

    def lets_through(self, sentence: str) -> bool:
        """Whether one of the required words occurs in a sentence in lower case, where there are any."""
        return self.requires is None or self.requires.search(sentence) is not None


class Recogniser:
    """Knows a set of patterns by id, and finds them in sentences."""

    def __init__(self, patterns: dict[str, Pattern], embedder: Embedder) -> None:
        self._embedder = embedder
        self._names = list(patterns)
        self._gates = [Gate.of(pattern) for pattern in patterns.values()]
        self._examples = _Stack([embedder.embed(pattern.examples) for pattern in patterns.values()])
        self._counters = _Stack([embedder.embed(pattern.not_examples) for pattern in patterns.values()])

    def hits(self, said: Sequence[str], only: Container[str] | None = None, threshold: float = THRESHOLD) -> dict[str, Hit]:
        """The best hit of every pattern heard in the sentences `said`; `only` limits which patterns are looked for."""
        best: dict[str, Hit] = {}
        for name, hit in self.all_hits(said, only, threshold):
            if name not in best or hit.strength > best[name].strength:
                best[name] = hit
        return best

    def all_hits(
        self, said: Sequence[str], only: Container[str] | None = None, threshold: float | Mapping[str, float] = THRESHOLD
    ) -> list[tuple[str, Hit]]:
        """Every pattern heard in every sentence, in the order of the sentences; `threshold` may tell one for each pattern."""
        if not self._names or not said:
            return []
        vectors, thresholds = self._embedder.embed(said), self._thresholds(threshold)
        nearest, counter = self._examples.nearest(vectors), self._counters.nearest(vectors)
        near = ((nearest >= thresholds - CUE_BONUS) & (nearest >= counter)).nonzero()
        return [
            (self._names[pattern], Hit(sentence, strength))
            for sentence, pattern in zip(near[0].tolist(), near[1].tolist(), strict=True)
            if only is None or self._names[pattern] in only
            for strength in self._strength(pattern, said[sentence].lower(), float(nearest[sentence, pattern]), float(thresholds[pattern]))
        ]

    def _thresholds(self, told: float | Mapping[str, float]) -> NDArray[np.float64]:
        import numpy as np

        return np.array([told[name] if isinstance(told, Mapping) else told for name in self._names])

    def _strength(self, pattern: int, lowered: str, nearness: float, threshold: float) -> Iterator[float]:
        """The strength of a pattern whose examples are so near, if its words let it be heard: looking for them takes longest."""
        gate = self._gates[pattern]
        strength = nearness + (CUE_BONUS if gate.cued(lowered) else 0.0)
        if strength >= threshold and gate.lets_through(lowered):
            yield strength


class _Stack:
    """Several groups of vectors in one matrix, so that one product compares all sentences with all of them."""

    def __init__(self, groups: Sequence[NDArray[np.float32]]) -> None:
        import numpy as np

        self._sizes = np.array([len(group) for group in groups])
        self._matrix = np.concatenate(groups) if groups else np.zeros((0, 0), dtype=np.float32)
        self._filled = self._sizes > 0
        self._starts = (np.cumsum(self._sizes) - self._sizes)[self._filled]

    def nearest(self, vectors: NDArray[np.float32]) -> NDArray[np.float32]:
        """Per vector and group the highest cosine similarity; -1 for an empty group."""
        import numpy as np

        best = np.full((len(vectors), len(self._sizes)), -1.0, dtype=np.float32)
        if self._filled.any():
            best[:, self._filled] = np.maximum.reduceat(vectors @ self._matrix.T, self._starts, axis=1)
        return best


def any_of(cues: Sequence[str]) -> re.Pattern[str] | None:
    """One regular expression for all cues, at word boundaries, against lower-case text; None for no cues."""
    return _joined("|".join(cues)) if cues else None


@lru_cache(maxsize=20_000)
def _joined(alternatives: str) -> re.Pattern[str]:
    """Compiled once, however often the same pattern is looked at."""
    return re.compile(rf"(?<!\w)(?:{alternatives})(?!\w)")


def looked_at(said: Sequence[str]) -> list[str]:
    """At most `MAX_SENTENCES` of the sentences: the first and the last half."""
    half = MAX_SENTENCES // 2
    return list(said) if len(said) <= MAX_SENTENCES else [*said[:half], *said[-half:]]
