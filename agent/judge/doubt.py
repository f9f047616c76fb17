"""How likely a sentence is meant for the grading: one linear head on its embedding, its manner, signs of an attempt and known words.

    x     = [embedding (384), 1/2 × manner / √marks, 1/2 × signs, 2/5 for each known word, 1/2]
    doubt = w · x

Fitted by `scripts/fit_doubt.py` and shipped as `doubt.json`, with the report of its fit. It needs no word of grading, unlike
`agent.judge.appeals`: from `DOUBT` on a sentence does not count, which accuses nobody, and from `SURE` on it is named.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from functools import cache, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from agent.judge.signs import signs, terms
from agent.manner import MARKS, manner
from agent.memory.embedder import default_embedder
from agent.prose import words
from agent.protocols import Embedder

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

FILE = Path(__file__).parent / "doubt.json"
DOUBT, SURE = 0.65, 0.75
"""From where on a sentence does not count, and from where on it is named as an attempt: one honest sentence of 700, and of 5000, when
left out."""
CARRIED = 0.5
"""As `DOUBT`, for the other sentences of a paragraph with an attempt that is named."""
CONSTANT, SIGN, TERM = 0.5, 0.5, 0.4
MANNER = 0.5 * MARKS**-0.5
"""What each mark of manner weighs."""
USUAL = 14
"""In a sentence of more words and pairs of words each weighs less."""
UNIT = 1000
"""Weights are stored as whole thousandths."""


@cache
def shipped() -> dict[str, Any]:
    """The head as it was fitted: version, known words, weights, and where they come from."""
    head: dict[str, Any] = json.loads(FILE.read_text(encoding="utf-8"))
    return head


@lru_cache(maxsize=20_000)
def doubt(sentence: str) -> float:
    """How likely a sentence is meant for the grading: about 0 to 1."""
    return float(features([sentence], default_embedder(), _places())[0] @ _weights()) if len(words(sentence)) > 1 else 0.0


def features(sentences: Sequence[str], embedder: Embedder, places: Mapping[str, int]) -> NDArray[np.float64]:
    """Shape (sentences, dimensions + marks + signs + words + 1); `places` are those of the known words."""
    import numpy as np

    known = np.zeros((len(sentences), len(places)))
    for row, sentence in enumerate(sentences):
        said = terms(sentence)
        known[row, [places[term] for term in said if term in places]] = TERM * min(1.0, (USUAL / max(1, len(said))) ** 0.5)
    together: NDArray[np.float64] = np.hstack(
        [
            embedder.embed(sentences).astype(np.float64),
            MANNER * np.array([manner(sentence) for sentence in sentences]),
            SIGN * np.array([signs(sentence) for sentence in sentences]),
            known,
            np.full((len(sentences), 1), CONSTANT),
        ]
    )
    return together


@cache
def _places() -> dict[str, int]:
    return {term: place for place, term in enumerate(shipped()["terms"])}


@cache
def _weights() -> NDArray[np.float64]:
    import numpy as np

    return np.array(shipped()["weights"], dtype=np.float64) / UNIT
