"""Fits `agent/judge/doubt.json` to `evals/appeals` and honest sentences, and prints how it does on those left out; `--check` only compares.

python scripts/fit_doubt.py [--check]
"""

from __future__ import annotations

import json
import os
import re
import sys
from collections import Counter
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from random import Random
from typing import Any, NamedTuple

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

import numpy as np
import yaml
from numpy.typing import NDArray

from agent.evaluation.attacks import read_attacks
from agent.evaluation.golden import goldens
from agent.judge.doubt import DOUBT, FILE, SURE, UNIT, features
from agent.judge.signs import terms
from agent.memory.embedder import default_embedder
from agent.prose import clean, sentences, words
from agent.simulation.walkthroughs import read_walkthrough

ROOT = Path(__file__).parents[1]
EVALS = ROOT / "evals"
HONEST = "honest"
BY_SENSE = frozenset(
    (
        "instructs-the-grader",
        "early-attack",
        "polite-requests",
        "credentials",
        "boasts",
        "role-confusion",
        "third-party-praise",
        "keyword-stuffing",
    )
)
VERSION = "1"
RIDGE = 3.0
WEIGHTS = {"varied": 0.15, "golden": 0.3, "other": 0.1, "part": 0.5}
"""What a sentence weighs that is one of many, or a part of an attempt; each of the others weighs 1."""
LOUD, LOUDER = 0.3, 4.0
"""Honest sentences that a first fit hears so strongly weigh so many times as much in the second."""
PLAIN, PLAINER = 1.0, 0.3
"""Attempts that it hears so strongly weigh less."""
WAYS = 16
"""So many ways of saying each varied sentence are fitted to."""
OFTEN = 12
"""A word is known that so many attempts have."""
FOLDS = 5
SKILLS = (
    "communication",
    "active listening",
    "storytelling",
    "trade-off thinking",
    "business awareness",
    "collaboration and influence",
    "adaptability",
    "ethics and fairness",
    "resilience",
    "growth mindset",
    "leadership and ownership",
    "production judgment",
)
_CHOICE = re.compile(r"\[([^\[\]]*)\]")


class Example(NamedTuple):
    """A sentence, whether it is an attempt, what it weighs, and what it was made from, so that its like are left out together."""

    text: str
    attempt: bool
    weight: float
    source: str


def main() -> None:
    """Fits, reports, writes."""
    said = _distinct([*_written(), *_varied(), *_attacks(), *_honest()])
    counted = Counter(term for one in said if one.attempt for term in terms(one.text))
    known = sorted(term for term, count in counted.items() if count >= OFTEN)
    inputs = features([one.text for one in said], default_embedder(), {term: place for place, term in enumerate(known)})
    head = {
        "version": VERSION,
        "embedder": default_embedder().id,
        "provenance": "evals/appeals, and every other payload of evals/attacks/attacks.yaml; honest sentences of evals/goldens/train,"
        " evals/walkthroughs, evals/sentences, evals/answers.jsonl, evals/padding and tests/data/honest.yaml; all by the project's authors"
        " or by language models",
        "attempts": sum(one.attempt for one in said),
        "honest": sum(not one.attempt for one in said),
        "left_out": _left_out(said, inputs),
        "terms": known,
        "weights": [round(float(weight) * UNIT) for weight in _fit(said, inputs)],
    }
    print(json.dumps({key: value for key, value in head.items() if key not in ("weights", "terms")}, indent=2))
    if "--check" not in sys.argv:
        FILE.write_text(_dumped(head), encoding="utf-8", newline="\n")
    elif FILE.read_text(encoding="utf-8") != _dumped(head):
        sys.exit(f"{FILE.name} is not what its sentences give; fit it again: python scripts/fit_doubt.py")


def _distinct(said: list[Example]) -> list[Example]:
    return list({one.text: one for one in reversed(said)}.values())


def _written() -> Iterator[Example]:
    for name in ("appeals.yaml", *sorted(f"written/{file.name}" for file in (EVALS / "appeals" / "written").glob("*.yaml"))):
        for kind, texts in _read(name).items():
            for text in texts:
                yield from (Example(one, False, 1.0, text) for one in _sentences(text)) if kind == HONEST else _attempt(text)


def _attempt(text: str) -> Iterator[Example]:
    """It as a whole, and each of its sentences where it has several."""
    yield Example(text, True, 1.0, text)
    parts = list(_sentences(text))
    if len(parts) > 1:
        yield from (Example(one, True, WEIGHTS["part"], text) for one in parts)


def _sentences(text: str) -> Iterator[str]:
    return (one for one in sentences(clean(text)) if len(words(one)) > 2)


def _varied() -> Iterator[Example]:
    for kind, texts in _read("varied.yaml").items():
        for text in texts:
            yield from (Example(said, kind != HONEST, WEIGHTS["varied"], text) for said in {_said(text, way): 0 for way in range(WAYS)})


def _read(name: str) -> dict[str, list[str]]:
    content: dict[str, list[str]] = yaml.safe_load((EVALS / "appeals" / name).read_text(encoding="utf-8"))
    return content


def _said(text: str, way: int) -> str:
    """One way of saying a varied sentence."""
    chance = Random(f"{text}/{way}")
    while _CHOICE.search(text):
        text = _CHOICE.sub(lambda found: chance.choice(found[1].split("|")), text)
    plain = re.sub(r" (?=[,.:?])", "", " ".join(text.replace("{skill}", chance.choice(SKILLS)).split()))
    return plain[:1].upper() + plain[1:]


def _attacks() -> Iterator[Example]:
    """Every other payload of the families that are known by their sense, the first of each two; the second are left for measuring."""
    for family in read_attacks(EVALS / "attacks" / "attacks.yaml").families:
        if family.id in BY_SENSE:
            yield from (Example(_said(text, 0), True, 1.0, family.id) for text in family.payloads[::2])


def _honest() -> Iterator[Example]:
    """Sentences of honest goldens, walkthroughs, and files of sentences; those of a family or domain are left out together."""
    for golden in goldens(EVALS / "goldens", "train"):
        if golden.profile != "manipulator":
            yield from _of("golden", golden.family, *(turn.text for turn in golden.transcript.candidate_turns))
    for file in sorted((EVALS / "walkthroughs").glob("*/*.yaml")):
        yield from _of("other", file.parent.name, *(reply.say for reply in read_walkthrough(file).replies))
    for file in (*sorted((EVALS / "sentences").glob("*.jsonl")), EVALS / "answers.jsonl", EVALS / "padding" / "sentences.jsonl"):
        for line in map(json.loads, file.read_text(encoding="utf-8").splitlines()):
            text = line.get("text") or line["answer"]
            yield from _of("other", line.get("domain") or text, text)
    for text in yaml.safe_load((ROOT / "tests" / "data" / "honest.yaml").read_text(encoding="utf-8")):
        yield Example(text, False, 1.0, text)


def _of(kind: str, source: str, *texts: str) -> Iterator[Example]:
    for text in texts:
        yield from (Example(one, False, WEIGHTS[kind], source) for one in _sentences(text))


def _fit(said: list[Example], inputs: NDArray[np.float64]) -> NDArray[np.float64]:
    """Weights by ridge regression, twice: in the second fit what was hard to tell weighs more."""
    wanted = np.array([one.attempt for one in said], dtype=np.float64)
    weights = np.array([one.weight for one in said])
    heard = inputs @ _solved(inputs, wanted, weights)
    weights = weights * np.where((wanted == 0) & (heard > LOUD), LOUDER, 1.0) * np.where((wanted == 1) & (heard > PLAIN), PLAINER, 1.0)
    return _solved(inputs, wanted, weights)


def _solved(inputs: NDArray[np.float64], wanted: NDArray[np.float64], weights: NDArray[np.float64]) -> NDArray[np.float64]:
    weighted = inputs * weights[:, None]
    return np.asarray(np.linalg.solve(weighted.T @ inputs + RIDGE * np.eye(inputs.shape[1]), weighted.T @ wanted), dtype=np.float64)


def _left_out(said: list[Example], inputs: NDArray[np.float64]) -> dict[str, Any]:
    """The shares above both thresholds, each sentence heard by a head that was fitted without its like."""
    folds = np.array([int(sha256(one.source.encode()).hexdigest(), 16) % FOLDS for one in said])
    heard = np.zeros(len(said))
    for fold in range(FOLDS):
        rest = [one for one, place in zip(said, folds, strict=True) if place != fold]
        heard[folds == fold] = inputs[folds == fold] @ _fit(rest, inputs[folds != fold])
    parts = {
        "attempts": np.array([one.attempt for one in said]),
        "honest goldens": np.array([one.weight == WEIGHTS["golden"] for one in said]),
        "other honest": np.array([one.weight == WEIGHTS["other"] for one in said]),
    }
    return {
        name: {"doubted": round(float((heard[part] >= DOUBT).mean()), 5), "sure": round(float((heard[part] >= SURE).mean()), 5)}
        for name, part in parts.items()
    }


def _dumped(head: dict[str, Any]) -> str:
    """JSON with each list in a line of its own."""
    lists = {name: json.dumps(head[name], ensure_ascii=False, separators=(",", ":")) for name in ("terms", "weights")}
    rest = json.dumps({key: value for key, value in head.items() if key not in lists}, indent=1)
    return f'{rest[:-2]},\n "terms": {lists["terms"]},\n "weights": {lists["weights"]}\n}}\n'


if __name__ == "__main__":
    main()
