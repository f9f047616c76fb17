"""Fits the heads of the embedded judge: a weighted ridge regression for each head of each competency.

    w = (XᵀWX + λI)⁻¹ XᵀWy

Wanted of a sentence written for the competency: `supports` 1 if it is evidence, `strong` 1 if strong evidence, `against` 1 if it
speaks against, `touches` 1 if any of them, else 0. Sentences of other competencies and fillers are wanted 0, with less weight.
Wanted of a sentence of a golden, with the value v of the raters' quotes (`Quoted`): `supports` 1 if v > 0.4, `strong` v − 0.5,
`against` −v / 1.5, each within 0 and 1, `touches` 1 if it was quoted; sentences nobody quoted weigh less.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from agent.evaluation.fitting.labels import AskingLine, LabelledSentence, NewsLine, Quoted
from agent.judge.learned.worth import HEADS, Head

RIDGE = 1.5
OTHER = 0.15
FILLER = 0.7
UNQUOTED = 0.3
SUPPORTS_FROM = 0.4
RIDGE_OF_LINES = 1.0
ALSO = 0.6
ASKING = 0.4

Array = NDArray[np.float64]


class Sample(NamedTuple):
    """Inputs of sentences, what each head should say to them, and how much each sentence counts."""

    inputs: Array
    wanted: dict[Head, Array]
    weights: Array


def of_sentences(competency: str, sentences: Sequence[LabelledSentence], inputs: Array) -> Sample:
    """The sample of sentences that were written for some competency."""
    own = np.array([one.competency == competency for one in sentences])
    sign = np.where(own, [one.sign for one in sentences], 0)
    wanted: dict[Head, Array] = {
        "supports": (sign >= 1).astype(float),
        "strong": (sign == 2).astype(float),
        "against": (sign == -1).astype(float),
        "touches": (sign != 0).astype(float),
    }
    return Sample(inputs, wanted, np.where(own, 1.0, OTHER))


def of_fillers(inputs: Array) -> Sample:
    """The sample of sentences that say nothing, or that speak to whoever grades."""
    return Sample(inputs, {head: np.zeros(len(inputs)) for head in HEADS}, np.full(len(inputs), FILLER))


def of_goldens(quotes: Sequence[Quoted], inputs: Array) -> Sample:
    """The sample of sentences of goldens."""
    value = np.array([one.value for one in quotes])
    is_quoted = np.array([one.is_quoted for one in quotes], dtype=bool)
    wanted: dict[Head, Array] = {
        "supports": (value > SUPPORTS_FROM).astype(float),
        "strong": np.clip(value - 0.5, 0, 1),
        "against": np.clip(-value / 1.5, 0, 1),
        "touches": is_quoted.astype(float),
    }
    return Sample(inputs, wanted, np.where(is_quoted, 1.0, UNQUOTED))


def fit_heads(samples: Sequence[Sample]) -> Array:
    """The heads of one competency, shape (len(HEADS), inputs)."""
    inputs = np.vstack([sample.inputs for sample in samples])
    weights = np.concatenate([sample.weights for sample in samples])
    wanted = np.stack([np.concatenate([sample.wanted[head] for sample in samples]) for head in HEADS], axis=1)
    return _ridge(inputs, wanted, weights, RIDGE).T


def fit_asks(competency: str, lines: Sequence[AskingLine], inputs: Array) -> Array:
    """The head that hears whether a line asks for a competency: 1 where it is the first, `ALSO` where it is another. Shape (inputs,)."""
    wanted = [1.0 if line.asks[:1] == (competency,) else ALSO if competency in line.asks else 0.0 for line in lines]
    return _ridge(inputs, np.array(wanted), np.ones(len(lines)), RIDGE_OF_LINES)


def fit_news(news: Sequence[NewsLine], news_inputs: Array, asking: Sequence[AskingLine], asking_inputs: Array) -> Array:
    """The head that hears whether a line changes the scene; lines that ask for adaptability first are news as well. Shape (inputs,)."""
    wanted = [*(float(line.twist) for line in news), *(float(line.asks[:1] == ("adaptability",)) for line in asking)]
    weights = np.array([1.0] * len(news) + [ASKING] * len(asking))
    return _ridge(np.vstack([news_inputs, asking_inputs]), np.array(wanted), weights, RIDGE_OF_LINES)


def _ridge(inputs: Array, wanted: Array, weights: Array, ridge: float) -> Array:
    weighted = inputs * weights[:, None]
    return np.asarray(np.linalg.solve(weighted.T @ inputs + ridge * np.eye(inputs.shape[1]), weighted.T @ wanted), dtype=np.float64)
