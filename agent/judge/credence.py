"""How far each sentence of a talk counts for a level: less, the likelier it is meant for the grading, and the less it belongs to the talk.

    belonging = mean cosine with the two nearest of n: the others' lines and the candidate's other sentences that are not doubted
    suspicion = doubt + n / (n + 5) × (0.24 + 0.045 ln(n) − belonging)
    credence  = 1 up to a suspicion of `CREDIBLE`, 0 from `INCREDIBLE` on, falling evenly in between

In brackets: how much less a sentence belongs than honest ones do on average; beside few others that says little.

Words for whoever grades are about the grade, whatever the talk is about. Sentences that are doubted themselves make nothing belong.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from agent.judge.doubt import doubt

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

CREDIBLE, INCREDIBLE = 0.26, 0.45
"""Up to the first a sentence counts in full for a level, from the second on not at all."""
ALONE, EACH = 0.24, 0.045
"""How far honest sentences belong, on average: beside one other, and more with the logarithm of how many there are."""
SUSPECT = 0.68
"""From where on the report says that a sentence did not count: one honest sentence of a thousand, when left out of the fit."""
FEW = 5
"""Beside so many others, how a sentence belongs says half as much as beside very many."""
NEAREST = 2
TRUSTED = 0.3
"""A sentence of the candidate's that is doubted less makes others belong."""


def suspicion(sentences: Sequence[str], vectors: NDArray[np.float64], others: NDArray[np.float64]) -> NDArray[np.float64]:
    """How likely each sentence is meant for the grading, in this talk: about −0.3 to 1, shape (sentences,).

    `vectors` are their embeddings, shape (sentences, dimensions), `others` those of the lines of everybody else, shape (lines, dimensions).
    """
    import numpy as np

    doubts = np.array([doubt(sentence) for sentence in sentences], dtype=np.float64)
    return doubts + _strange(vectors, others, doubts < TRUSTED)


def credence(suspicion: NDArray[np.float64]) -> NDArray[np.float64]:
    """How far sentences of such suspicion count, 1 to 0."""
    import numpy as np

    share: NDArray[np.float64] = np.clip((INCREDIBLE - suspicion) / (INCREDIBLE - CREDIBLE), 0.0, 1.0)
    return share


def _strange(vectors: NDArray[np.float64], others: NDArray[np.float64], trusted: NDArray[np.bool_]) -> NDArray[np.float64]:
    """How much less than usual each sentence belongs, shape (sentences,); 0 if there is nothing beside it."""
    import numpy as np

    own = np.where(trusted, vectors @ vectors.T, -np.inf)
    np.fill_diagonal(own, -np.inf)
    beside = np.hstack([own, vectors @ others.T])
    count = np.isfinite(beside).sum(axis=1)
    near = np.sort(beside, axis=1)[:, -NEAREST:]
    belonging = np.where(np.isfinite(near), near, 0.0).sum(axis=1) / np.clip(count, 1, NEAREST)
    strange: NDArray[np.float64] = count / (count + FEW) * (ALONE + EACH * np.log(np.maximum(count, 1)) - belonging)
    return strange
