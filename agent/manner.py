"""How a sentence is said, beside what it means: a question, a refusal, a figure, who acts, whether it is done or wished for.

Sentence embeddings tell topics apart better than such marks: "we stop scoring now" and "there is no need to stop scoring" lie
close together. Each mark is a number of mean 0 and standard deviation 1 over the sentences of the shipped twists.
"""

from __future__ import annotations

import math
import re
from functools import lru_cache
from typing import NamedTuple

from agent.polarity import turns_away

AT_MOST = 2.0
"""A sentence far longer than any example counts as a long one, no more."""


class Mark(NamedTuple):
    """Words that make a mark, in lower case, and the share of sentences that have it."""

    words: re.Pattern[str]
    share: float

    def in_(self, lowered: str) -> float:
        """The mark of one sentence."""
        return _scaled(bool(self.words.search(lowered)), self.share)


_MARKS = tuple(
    Mark(re.compile(words), share)
    for words, share in (
        (r"\?", 0.10),
        (r"\bnot\b|n['’]t|\bno\b|never|without|nothing", 0.22),
        (r"\d", 0.02),
        (r"\bi\b|\bi['’](?:ll|d|m)\b", 0.31),
        (r"\bwe\b|\bour|\bus\b", 0.34),
        (r"\byou", 0.08),
        (r"\bwould\b|['’]d\b", 0.15),
        (r"\bwill\b|['’]ll\b", 0.04),
        (r"should|must|have to|need", 0.12),
        (r"\bif\b|unless|until", 0.06),
        (r"because|since|so that", 0.03),
        (r"\b(?:was|were|did|had|went|said)\b", 0.07),
        (r"always|every|all|any|just|simply|really", 0.21),
    )
)
_TURNS_AWAY = 0.03
_WORDS, _SPREAD = 10.8, 3.2

MARKS = len(_MARKS) + 2


@lru_cache(maxsize=20_000)
def manner(sentence: str) -> tuple[float, ...]:
    """The marks of `sentence`, `MARKS` of them: words that occur, whether it turns away from what it is about, its length."""
    lowered = sentence.lower()
    length = (len(lowered.split()) - _WORDS) / _SPREAD
    return (*(mark.in_(lowered) for mark in _MARKS), _scaled(turns_away(sentence), _TURNS_AWAY), max(-AT_MOST, min(AT_MOST, length)))


def _scaled(there: bool, share: float) -> float:
    return (there - share) / math.sqrt(share * (1 - share))
