"""What each sentence is worth to each competency: linear heads on frozen sentence embeddings and the manner of a sentence.

    x       = [embedding (384), 1/2 × manner / √marks, 1/2]
    head(x) = w · x

Five heads for each competency, fitted by ridge regression (`agent.evaluation.fitting.heads`): `supports`, some evidence for it;
`strong`, evidence of the upper levels; `against`, evidence of the lowest; `touches`, evidence of any kind; all about 0 to 1.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Literal, get_args

from agent.manner import MARKS, manner
from agent.protocols import Embedder

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

Head = Literal["supports", "strong", "against", "touches"]
HEADS: tuple[Head, ...] = get_args(Head)
MANNER = 0.5 * MARKS**-0.5
CONSTANT = 0.5

Worth = Mapping[Head, "NDArray[np.float64]"]
"""What every sentence is worth to one competency: an array of shape (sentences,) for each head."""


def inputs(sentences: Sequence[str], embedder: Embedder) -> NDArray[np.float64]:
    """What the heads see of sentences, shape (sentences, dimensions + marks + 1)."""
    import numpy as np

    vectors = embedder.embed(sentences).astype(np.float64)
    marks = np.array([manner(sentence) for sentence in sentences]).reshape(len(sentences), MARKS)
    return np.hstack([vectors, MANNER * marks, np.full((len(sentences), 1), CONSTANT)])


def vectors_of(seen: NDArray[np.float64]) -> NDArray[np.float64]:
    """The embeddings among the inputs, shape (sentences, dimensions)."""
    return seen[:, : -(MARKS + 1)]


def worth(seen: NDArray[np.float64], heads: NDArray[np.float64]) -> Worth:
    """The worth of sentences to one competency; `heads` has shape (len(HEADS), dimensions + marks + 1)."""
    return dict(zip(HEADS, heads @ seen.T, strict=True))
