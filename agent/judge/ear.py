"""Hears patterns in sentences whatever the domain: by what a pattern's examples have in common, in sense and in wording.

    sense    = the sentence's vector
    wording  = tf-idf of its words and word pairs that occur in at least three examples of the rubric, unit length
    strength = cosine of [sense, 0.6 × wording] with the mean over the pattern's examples, + 0.12 if a cue occurs

The mean, not the nearest example: the examples of one pattern come from different domains, so what differs among them
(the domain) cancels out and what they share (the behaviour) stays. Nearest examples, as `agent.recognition` uses them for
the sentences of one scene, heard 21% of 98 sentences from domains that no example comes from; this heard about 80% of them
(the words that patterns require were widened with these sentences, so it is no held-out figure) with 2 false hits in 50,
before `NEAR` and the limits of `agent.judge.evidence` were added: since then it hears fewer.

A pattern is not heard where none of its `requires` occurs, where no cue occurs and no example is at least `NEAR`, or where a
counter-example is near and nearer than every example.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from agent.document import Pattern
from agent.protocols import Embedder
from agent.recognition import CUE_BONUS, any_of

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

WORDING_WEIGHT = 0.6
CLEARLY = 0.4
"""A counter-example farther than this says nothing about a sentence."""
NEAR = 0.33
"""Without a cue some example has to be at least so near in sense: likeness of wording alone is no hit."""
COMMON = 3
"""Words in so many examples of a rubric are words of speech, not of one domain."""

_TOKEN = re.compile(r"[a-z]+(?:'[a-z]+)?|\d[\d.,]*|[?%$€:]")


class _Gate(NamedTuple):
    cues: re.Pattern[str] | None
    requires: re.Pattern[str] | None


class Ear:
    """A set of patterns by name, made ready to be heard."""

    def __init__(self, patterns: dict[str, Pattern], embedder: Embedder) -> None:
        import numpy as np

        self._embedder = embedder
        self._names = list(patterns)
        self._gates = [_Gate(any_of(pattern.cues), any_of(pattern.requires)) for pattern in patterns.values()]
        self._wording = Wording([example for pattern in patterns.values() for example in pattern.examples])
        self._examples = [embedder.embed(pattern.examples) for pattern in patterns.values()]
        self._counters = [embedder.embed(pattern.not_examples) for pattern in patterns.values()]
        means = [
            np.concatenate([vectors.mean(0), WORDING_WEIGHT * self._wording.vectors(pattern.examples).mean(0)])
            for vectors, pattern in zip(self._examples, patterns.values(), strict=True)
        ]
        self._means = np.stack([_unit(mean) for mean in means])

    def strengths(self, sentence: str, threshold: float) -> dict[str, float]:
        """Every pattern heard in `sentence` with at least that strength."""
        import numpy as np

        vector = self._embedder.embed([sentence])[0]
        both = _unit(np.concatenate([vector, WORDING_WEIGHT * self._wording.vectors([sentence])[0]]))
        lowered = sentence.lower()
        found = {}
        for index, similarity in enumerate((self._means @ both).tolist()):
            if similarity + CUE_BONUS >= threshold:
                strength = similarity + self._bonus(index, lowered)
                if strength >= threshold and self._lets_through(index, lowered, vector):
                    found[self._names[index]] = strength
        return found

    def _bonus(self, index: int, lowered: str) -> float:
        cues = self._gates[index].cues
        return CUE_BONUS if cues and cues.search(lowered) else 0.0

    def _lets_through(self, index: int, lowered: str, vector: NDArray[np.float32]) -> bool:
        requires, counters = self._gates[index].requires, self._counters[index]
        if requires and not requires.search(lowered):
            return False
        nearest = float((self._examples[index] @ vector).max())
        counter = float((counters @ vector).max()) if len(counters) else 0.0
        return (nearest >= NEAR or self._bonus(index, lowered) > 0) and (counter < CLEARLY or counter <= nearest)


class Wording:
    """How something is worded: tf-idf vectors over the words and word pairs that many examples share."""

    def __init__(self, examples: Sequence[str]) -> None:
        import numpy as np

        counts = Counter(term for example in examples for term in set(_terms(example)))
        common = sorted(term for term, count in counts.items() if count >= COMMON)
        self._places = {term: place for place, term in enumerate(common)}
        self._weights = np.array([np.log(len(examples) / counts[term]) for term in common], dtype=np.float32)

    def vectors(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Vectors of length 1, or 0 where no word is known; shape (len(texts), number of terms)."""
        import numpy as np

        rows = np.zeros((len(texts), len(self._places)), dtype=np.float32)
        for row, text in zip(rows, texts, strict=True):
            for term in _terms(text):
                if term in self._places:
                    row[self._places[term]] = self._weights[self._places[term]]
        return np.stack([_unit(row) for row in rows]) if len(rows) else rows


def _terms(text: str) -> list[str]:
    """Words, pairs of words and the first word of a text; every figure is the same word."""
    tokens = ["#" if token[0].isdigit() else token for token in _TOKEN.findall(text.lower().replace("’", "'"))]
    return [*tokens, *(f"{one} {two}" for one, two in pairwise(tokens)), *(f"^{token}" for token in tokens[:1])]


def _unit(vector: NDArray[np.float32]) -> NDArray[np.float32]:
    import numpy as np

    length = float(np.linalg.norm(vector))
    return (vector / length).astype(np.float32) if length else vector
