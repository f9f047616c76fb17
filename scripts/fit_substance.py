"""Fits `agent/judge/substance.json` to the shipped walkthroughs and prints how it does on scenes left out; `--check` only compares.

python scripts/fit_substance.py [--check]
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

import numpy as np
from numpy.typing import NDArray

from agent.judge.substance import CONSTANT, FILE
from agent.library import Library
from agent.library.library import shipped
from agent.memory.embedder import default_embedder
from agent.prose import sentences, words
from agent.simulation.walkthroughs import read_walkthrough

WALKTHROUGHS = Path(__file__).parents[1] / "evals" / "walkthroughs"
WANTED = {"strong": 1.0, "middling": 0.0, "weak": -1.0}
VERSION = "1"
RIDGE = 5.0
FOLDS = 6
DIGITS = 4
SHORTEST = 4


class Play(NamedTuple):
    """The sentences of one walkthrough."""

    scene: str
    candidate: str
    vectors: NDArray[np.float64]


def main() -> None:
    """Fits, reports, writes."""
    plays = list(_plays())
    head = {
        "version": VERSION,
        "embedder": default_embedder().id,
        "provenance": "sentences of the shipped walkthroughs, labelled by their authors' intention; no person rated them",
        "ridge": RIDGE,
        "sentences": sum(len(play.vectors) for play in plays),
        "left_out": _left_out(plays),
        "weights": [round(float(weight), DIGITS) for weight in _fit(plays)],
    }
    text = json.dumps(head, indent=1) + "\n"
    print(json.dumps({key: value for key, value in head.items() if key != "weights"}, indent=2))
    if "--check" not in sys.argv:
        FILE.write_text(text, encoding="utf-8", newline="\n")
    elif FILE.read_text(encoding="utf-8") != text:
        sys.exit(f"{FILE.name} is not what the walkthroughs give; fit it again: python scripts/fit_substance.py")


def _plays() -> Iterator[Play]:
    """Every walkthrough, but for scenes in which somebody else than the candidate is graded."""
    library = Library((shipped(),))
    for file in sorted(WALKTHROUGHS.glob("*/*.yaml")):
        walkthrough = read_walkthrough(file)
        if library.scenario(walkthrough.scenario).graded is None:
            said = [one for reply in walkthrough.replies for one in sentences(reply.say) if len(words(one)) >= SHORTEST]
            vectors = default_embedder().embed(said).astype(np.float64)
            yield Play(walkthrough.scenario, walkthrough.candidate, np.hstack([vectors, np.full((len(said), 1), CONSTANT)]))


def _fit(plays: Iterable[Play]) -> NDArray[np.float64]:
    """Weighted ridge: every walkthrough counts the same, however long it is."""
    plays = list(plays)
    mean = np.mean([len(play.vectors) for play in plays])
    features = np.vstack([play.vectors for play in plays])
    wanted = np.concatenate([np.full(len(play.vectors), WANTED[play.candidate]) for play in plays])
    weights = np.concatenate([np.full(len(play.vectors), mean / len(play.vectors)) for play in plays])
    weighted = features * weights[:, None]
    fitted: NDArray[np.float64] = np.linalg.solve(weighted.T @ features + RIDGE * np.eye(features.shape[1]), weighted.T @ wanted)
    return fitted


def _left_out(plays: list[Play]) -> dict[str, Any]:
    """How often the mean over a walkthrough's sentences puts two candidates right, in scenes that were left out of the fit."""
    scenes = sorted({play.scene for play in plays})
    means: dict[tuple[str, str], float] = {}
    for fold in range(FOLDS):
        out = set(scenes[fold::FOLDS])
        head = _fit(play for play in plays if play.scene not in out)
        means.update({(play.scene, play.candidate): float((play.vectors @ head).mean()) for play in plays if play.scene in out})
    pairs = (("strong", "middling"), ("middling", "weak"), ("strong", "weak"))
    right = {f"{high} over {low}": sum(means[scene, high] > means[scene, low] for scene in scenes) for high, low in pairs}
    return {"scenes": len(scenes), "folds": FOLDS, **right}


if __name__ == "__main__":
    main()
