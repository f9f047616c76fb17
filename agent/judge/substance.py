"""Substance: does a sentence say something that could be wrong, done or checked, or would it fit anywhere?

A linear head on frozen sentence embeddings, fitted by `scripts/fit_substance.py` to the sentences of the shipped walkthroughs
(1 for those of a strong candidate, 0 middling, -1 weak, as their authors meant them) and shipped as `substance.json`, with the
report of its fit: cross-validated by scenario, so every figure is about scenes that the head has not seen.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any

from agent.judge.delivery import without_fillers
from agent.protocols import Embedder

FILE = Path(__file__).parent / "substance.json"
CONSTANT = 0.5
"""The feature that every sentence has, so that the head has an intercept."""


@cache
def shipped() -> dict[str, Any]:
    """The head as it was fitted: its version, weights, and where they come from."""
    head: dict[str, Any] = json.loads(FILE.read_text(encoding="utf-8"))
    return head


def substance(sentences: Sequence[str], embedder: Embedder) -> list[float]:
    """About -1 to 1 for each sentence; 0 for all where the embedder is not the kind that the head was fitted on."""
    import numpy as np

    weights = np.array(shipped()["weights"])
    vectors = embedder.embed([without_fillers(sentence) for sentence in sentences])
    if not len(sentences) or vectors.shape[1] + 1 != len(weights):
        return [0.0] * len(sentences)
    return [round(float(score), 4) for score in vectors @ weights[:-1] + CONSTANT * weights[-1]]
