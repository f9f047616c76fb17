"""How strongly a sentence of a post fits each of several patterns."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from agent.document import Pattern
from agent.jobpost.post import Sentence
from agent.prose import words
from agent.protocols import Embedder
from agent.recognition import CUE_BONUS, any_of

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

SECTION_BONUS = 0.06
"""For a cue in the heading above the sentence."""
CLAUSE = 0.03
"""What a clause counts less than a whole sentence."""
FEWEST = 3
_CLAUSE = re.compile(r"[,;:]\s+(?:and\s+|or\s+)?|\s+and\s+")


class Matcher:
    """Patterns by id. A strength is the cosine to the nearest example, with a bonus for cues; 0 where a counter-example is nearer.

    Posts put several things into one sentence, so its clauses are looked at as well, at a small discount.
    """

    def __init__(self, patterns: Mapping[str, Pattern], embedder: Embedder) -> None:
        self._embedder = embedder
        self._patterns = patterns
        self._cues = {name: any_of(pattern.cues) for name, pattern in patterns.items()}

    def strengths(self, sentences: Sequence[Sentence]) -> dict[str, list[float]]:
        """Per pattern the strength of each sentence."""
        parts = [(index, part) for index, one in enumerate(sentences) for part in parts_of(one.text)]
        if not parts:
            return {name: [] for name in self._patterns}
        vectors = self._embedder.embed([part for _, part in parts])
        return {name: self._of(name, sentences, parts, vectors) for name in self._patterns}

    def _of(self, name: str, sentences: Sequence[Sentence], parts: Sequence[tuple[int, str]], vectors: NDArray[np.float32]) -> list[float]:
        pattern = self._patterns[name]
        near = (vectors @ self._embedder.embed(pattern.examples).T).max(axis=1)
        far = (vectors @ self._embedder.embed(pattern.not_examples).T).max(axis=1) if pattern.not_examples else near * 0 - 1
        best = [0.0] * len(sentences)
        for (index, part), cosine, against in zip(parts, near.tolist(), far.tolist(), strict=True):
            whole = part == sentences[index].text
            strength = 0.0 if against > cosine else cosine + self._bonus(name, part, sentences[index].section) - (0 if whole else CLAUSE)
            best[index] = max(best[index], strength)
        return best

    def _bonus(self, name: str, part: str, section: str) -> float:
        cues = self._cues[name]
        if cues is None:
            return 0.0
        own = CUE_BONUS if cues.search(part.lower()) else 0.0
        return own + (SECTION_BONUS if cues.search(section.lower()) else 0.0)


def parts_of(text: str) -> list[str]:
    """A sentence, and its clauses of three words and more where it has several."""
    clauses = [clause.strip() for clause in _CLAUSE.split(text)]
    return list(dict.fromkeys([text, *(clause for clause in clauses if len(words(clause)) >= FEWEST)]))
