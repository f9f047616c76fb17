"""Linear heads on frozen embeddings: one per pattern, fitted to its examples, so that a new wording is recognised by what it means.

A head is a weighted ridge regression of 1 for the pattern's examples and 0 for its counter-examples, its rivals' examples and a
background of things people say, on the sentence embedding, its manner (`agent.manner`), a cue feature and a constant:

    w = (XᵀWX + λI)⁻¹ XᵀWy

Fitting a head anew without one sentence is not needed to know what it would say to it (Golub, Heath and Wahba 1979): in the
dual form, with G = (XXᵀ + λW⁻¹)⁻¹ and a = Gy, the held-out prediction of sentence i is y_i - a_i / G_ii.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from agent.document import Pattern
from agent.manner import MARKS, manner
from agent.recognition import Gate

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from agent.protocols import Embedder

RIDGE = 0.5
MANNER = MARKS**-0.5
"""What each mark of manner weighs: all of them together about as much as the embedding."""
CUE = 0.6
"""What a cue weighs, beside an embedding of length 1."""
CONSTANT = 0.5
BACKGROUND = 0.1
RIVAL = 0.5


@dataclass(frozen=True)
class Sample:
    """What one head is fitted to: sentences, what it should say to each, and how much each counts."""

    sentences: tuple[str, ...]
    wanted: tuple[float, ...]
    weights: tuple[float, ...]

    @classmethod
    def of(cls, pattern: Pattern, rivals: Sequence[str] = (), background: Sequence[str] = ()) -> Sample:
        """The sample of a pattern; a sentence that is an example of it is never among its rivals."""
        own = {*pattern.examples, *pattern.not_examples}
        parts = (
            [(sentence, 1.0, 1.0) for sentence in pattern.examples],
            [(sentence, 0.0, 1.0) for sentence in pattern.not_examples],
            [(sentence, 0.0, RIVAL) for sentence in rivals if sentence not in own],
            [(sentence, 0.0, BACKGROUND) for sentence in background],
        )
        sentences, wanted, weights = zip(*(row for part in parts for row in part), strict=True)
        return cls(sentences, wanted, weights)


class Heads:
    """The heads of several patterns. `rivals`: the examples of each speak against all others."""

    def __init__(self, patterns: Mapping[str, Pattern], background: Sequence[str], embedder: Embedder, *, rivals: bool = False) -> None:
        import numpy as np

        self._embedder = embedder
        self._names = list(patterns)
        self._gates = [Gate.of(pattern) for pattern in patterns.values()]
        against = {name: _rivals(name, patterns) if rivals else () for name in patterns}
        behind = _Background(background, embedder)
        gated = zip(patterns.items(), self._gates, strict=True)
        fitted = [_fitted(Sample.of(pattern, against[name]), gate, behind, embedder) for (name, pattern), gate in gated]
        weights = np.stack(fitted) if fitted else np.zeros((0, 2), dtype=np.float32)
        self._meant = np.ascontiguousarray(weights[:, :-2], dtype=np.float64)
        self._cue = CUE * weights[:, -2].astype(np.float64)
        self._constant = CONSTANT * weights[:, -1]

    def scores(self, sentence: str, least: float = -math.inf) -> dict[str, float]:
        """What each head says to a sentence, about 0 to 1; only those whose required words occur, and that say at least `least`."""
        if not self._gates:
            return {}
        meant = self._meant @ _meaning_of(sentence, self._embedder) + self._constant
        within_reach = (meant + self._cue.clip(0) >= least).nonzero()[0].tolist()
        return {name: score for index in within_reach for name, score in self._said(index, sentence.lower(), meant) if score >= least}

    def _said(self, index: int, lowered: str, meant: NDArray[np.float64]) -> Iterator[tuple[str, float]]:
        """What one head says, if its required words occur: looking for words takes longer than all the rest."""
        gate = self._gates[index]
        if gate.lets_through(lowered):
            yield self._names[index], float(meant[index]) + (float(self._cue[index]) if gate.cued(lowered) else 0.0)


def held_out(pattern: Pattern, background: Sequence[str], embedder: Embedder, rivals: Sequence[str] = ()) -> dict[str, float]:
    """What the head of a pattern would say to each of its examples and counter-examples if that sentence had not been in its sample."""
    import numpy as np

    gate, sample = Gate.of(pattern), Sample.of(pattern, rivals, background)
    features = _features(sample.sentences, gate, embedder)
    inverse = np.linalg.inv(features @ features.T + RIDGE * np.diag(1 / np.array(sample.weights)))
    wanted = np.array(sample.wanted)
    predicted = wanted - (inverse @ wanted) / np.diag(inverse)
    own = len(pattern.examples) + len(pattern.not_examples)
    return {
        sentence: float(predicted[index]) if gate.lets_through(sentence.lower()) else -1.0
        for index, sentence in enumerate(sample.sentences[:own])
    }


def _rivals(name: str, patterns: Mapping[str, Pattern]) -> list[str]:
    return [example for other, pattern in patterns.items() if other != name for example in pattern.examples]


class _Background:
    """The part of the normal equations that all heads share: what the background adds, but for the cue."""

    def __init__(self, sentences: Sequence[str], embedder: Embedder) -> None:
        import numpy as np

        self._lowered = [sentence.lower() for sentence in sentences]
        meanings = _meaning(sentences, embedder)
        self._plain: NDArray[np.float64] = np.hstack([meanings, np.zeros((len(sentences), 1)), np.full((len(sentences), 1), CONSTANT)])
        self._square = BACKGROUND * self._plain.T @ self._plain

    def square(self, gate: Gate) -> NDArray[np.float64]:
        """XᵀWX of the background, with the cues of one pattern."""
        import numpy as np

        cues = np.array([CUE if gate.cued(sentence) else 0.0 for sentence in self._lowered])
        square: NDArray[np.float64] = self._square.copy()
        if len(cues):
            square[-2, :] = square[:, -2] = BACKGROUND * cues @ self._plain
            square[-2, -2] = BACKGROUND * cues @ cues
        return square


def _fitted(sample: Sample, gate: Gate, behind: _Background, embedder: Embedder) -> NDArray[np.float32]:
    import numpy as np

    features = _features(sample.sentences, gate, embedder)
    weighted = features * np.array(sample.weights)[:, None]
    square = weighted.T @ features + behind.square(gate) + RIDGE * np.eye(features.shape[1])
    solved: NDArray[np.float32] = np.linalg.solve(square, weighted.T @ np.array(sample.wanted)).astype(np.float32)
    return solved


def _features(sentences: Sequence[str], gate: Gate, embedder: Embedder) -> NDArray[np.float64]:
    """Shape (sentences, dimensions + marks + 2): embedding, manner, cue, constant."""
    import numpy as np

    cues = np.array([[CUE if gate.cued(sentence.lower()) else 0.0] for sentence in sentences])
    return np.hstack([_meaning(sentences, embedder), cues, np.full((len(sentences), 1), CONSTANT)])


def _meaning(sentences: Sequence[str], embedder: Embedder) -> NDArray[np.float64]:
    """Shape (sentences, dimensions + marks): what is meant, and in what manner."""
    import numpy as np

    manners = np.array([manner(sentence) for sentence in sentences]).reshape(len(sentences), MARKS)
    together: NDArray[np.float64] = np.hstack([embedder.embed(sentences).astype(np.float64), MANNER * manners])
    return together


def _meaning_of(sentence: str, embedder: Embedder) -> NDArray[np.float64]:
    """The same for one sentence."""
    import numpy as np

    return np.concatenate([embedder.embed([sentence])[0].astype(np.float64), MANNER * np.array(manner(sentence))])
