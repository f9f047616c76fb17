"""Fits `agent/judge/appeals.json` to `evals/appeals/appeals.yaml` and prints how it does on sentences left out; `--check` only compares.

python scripts/fit_appeals.py [--check]
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

import numpy as np
import yaml
from numpy.typing import NDArray

from agent.evaluation.attacks import read_attacks
from agent.judge.appeals import FILE, features
from agent.judge.tampering import CLEAR
from agent.memory.embedder import default_embedder
from agent.prose import sentences, words
from agent.simulation.walkthroughs import read_walkthrough

EVALS = Path(__file__).parents[1] / "evals"
KINDS = ("appeals", "verdicts", "praise", "keywords")
FAMILIES = {
    "instructs-the-grader": "appeals",
    "credentials": "appeals",
    "early-attack": "appeals",
    "polite-requests": "appeals",
    "role-confusion": "verdicts",
    "third-party-praise": "praise",
    "keyword-stuffing": "keywords",
}
VERSION = "1"
RIDGE = 0.3
BACKGROUND = 0.05
EVERY = 2
"""One in so many sentences of the walkthroughs is enough."""
"""What a sentence of a walkthrough weighs: it is honest, and says nothing about grading."""
FOLDS = 6
DIGITS = 4


def main() -> None:
    """Fits, reports, writes."""
    own = yaml.safe_load((EVALS / "appeals" / "appeals.yaml").read_text(encoding="utf-8"))
    said = [(kind, text) for kind in (*KINDS, "honest") for text in own[kind]] + list(_attacks())
    behind = list(_background())[::EVERY]
    vectors = features([text for _, text in said] + behind, default_embedder())
    weights = np.array([1.0] * len(said) + [BACKGROUND] * len(behind))
    kinds = np.array([kind for kind, _ in said] + ["background"] * len(behind))
    head = {
        "version": VERSION,
        "embedder": default_embedder().id,
        "provenance": "evals/appeals, every other payload of evals/attacks, both by the project's authors, and the walkthroughs",
        "ridge": RIDGE,
        "sentences": len(said),
        "background": len(behind),
        "left_out": _left_out(vectors, kinds, weights),
        "weights": {kind: _rounded(_fit(vectors, kinds == kind, weights)) for kind in KINDS},
    }
    text = json.dumps(head, indent=1) + "\n"
    print(json.dumps({key: value for key, value in head.items() if key != "weights"}, indent=2))
    if "--check" not in sys.argv:
        FILE.write_text(text, encoding="utf-8", newline="\n")
    elif FILE.read_text(encoding="utf-8") != text:
        sys.exit(f"{FILE.name} is not what its sentences give; fit it again: python scripts/fit_appeals.py")


def _attacks() -> Iterator[tuple[str, str]]:
    """Every other payload of the families that are known by their sense, the first of each two; the second are left for measuring."""
    for family in read_attacks(EVALS / "attacks" / "attacks.yaml").families:
        yield from ((FAMILIES[family.id], text) for text in family.payloads[::2] if family.id in FAMILIES and "{" not in text)


def _background() -> Iterator[str]:
    """Different sentences of the candidates of all walkthroughs."""
    said: dict[str, None] = {}
    for file in sorted((EVALS / "walkthroughs").glob("*/*.yaml")):
        for reply in read_walkthrough(file).replies:
            said.update(dict.fromkeys(one for one in sentences(reply.say) if len(words(one)) > 2))
    yield from said


def _fit(vectors: NDArray[np.float64], wanted: NDArray[np.bool_], weights: NDArray[np.float64]) -> NDArray[np.float64]:
    weighted = vectors * weights[:, None]
    solved: NDArray[np.float64] = np.linalg.solve(
        weighted.T @ vectors + RIDGE * np.eye(vectors.shape[1]), weighted.T @ wanted.astype(float)
    )
    return solved


def _left_out(vectors: NDArray[np.float64], kinds: NDArray[Any], weights: NDArray[np.float64]) -> dict[str, float]:
    """The shares above `CLEAR`, each sentence by heads that were fitted without its sixth; without the words that are asked for too."""
    scores = np.zeros(len(kinds))
    wanted = np.isin(kinds, KINDS)
    for fold in range(FOLDS):
        out = np.arange(len(kinds)) % FOLDS == fold
        scores[out] = vectors[out] @ _fit(vectors[~out], wanted[~out], weights[~out])
    return {kind: round(float((scores[kinds == kind] >= CLEAR).mean()), 4) for kind in (*KINDS, "honest", "background")}


def _rounded(weights: NDArray[np.float64]) -> list[float]:
    return [round(float(weight), DIGITS) for weight in weights]


if __name__ == "__main__":
    main()
