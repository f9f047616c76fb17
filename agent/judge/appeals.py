"""Whether a sentence speaks to whoever grades, as one, or in praise of the speaker: three linear heads on frozen embeddings.

Fitted by `scripts/fit_appeals.py` and shipped as `appeals.json`, with the report of their fit. They hear paraphrases that no list
of phrases has; `agent.judge.tampering` lets them decide only where a sentence also has a word about grading.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from functools import cache, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from agent.manner import MARKS, manner
from agent.memory.embedder import default_embedder
from agent.protocols import Embedder

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

FILE = Path(__file__).parent / "appeals.json"
CONSTANT = 0.5
MANNER = 0.5 * MARKS**-0.5
"""What each mark of manner weighs."""


@cache
def shipped() -> dict[str, Any]:
    """The heads as they were fitted: version, weights, and where they come from."""
    head: dict[str, Any] = json.loads(FILE.read_text(encoding="utf-8"))
    return head


@lru_cache(maxsize=20_000)
def appeals(sentence: str) -> dict[str, float]:
    """How strongly a sentence appeals to the grader, gives a verdict or praises the speaker: about 0 to 1 each."""
    import numpy as np

    meant = features([sentence], default_embedder())[0]
    return {kind: float(meant @ np.array(weights)) for kind, weights in shipped()["weights"].items()}


def features(sentences: Sequence[str], embedder: Embedder) -> NDArray[np.float64]:
    """Shape (sentences, dimensions + marks + 1): embedding, manner, constant."""
    import numpy as np

    manners = np.array([manner(sentence) for sentence in sentences]).reshape(len(sentences), MARKS)
    constant = np.full((len(sentences), 1), CONSTANT)
    together: NDArray[np.float64] = np.hstack([embedder.embed(sentences).astype(np.float64), MANNER * manners, constant])
    return together
