"""Words held against words: does an answer contradict what the candidate said before?"""

from __future__ import annotations

import re
from collections.abc import Sequence

from agent.interview.echo import best_clause
from agent.observation import Recall
from agent.prose import words
from agent.protocols import Embedder, Memory
from agent.scene import Claim, Scene

LONG_AGO = 8
"""Turns of the transcript between the two, at least; before that it is one line of thought."""
NEAR = 0.5
ABOUT_THE_SAME = 0.6
"""Cosine of the two with the words masked in which they differ."""
CANDIDATES = 4
SHORTEST = 5
"""Words of a claim that is worth holding against somebody."""

_NEGATION = re.compile(r"\b(?:not|never|no longer|nothing|nobody|without|cannot)\b|n[’']t\b", re.I)
_FIGURE = re.compile(r"(?<![\w.])([$€£]?)\s?(\d[\d,]*(?:\.\d+)?)\s?(%|percent|[a-z]+)?", re.I)
_PLANS = re.compile(
    r"\b(?:i|we)(?:['’](?:d|ll)| would| should| will| can| could| go| start)\b|\blet['’]?s\b|\bgoing to\b|\bthe plan\b", re.I
)
_CORRECTS = re.compile(
    r"\b(?:i (?:was|am) wrong|i(?:'ve| have)? change[d]? my mind|i said .* but|earlier i said|i take (?:that|it) back|i correct|correction|"
    r"instead of what i|i have to revise|now that|since the|after what you)\b",
    re.I,
)
_OPPOSITES = (
    ("lower", "raise"), ("decrease", "increase"), ("drop", "keep"), ("less", "more"), ("stop", "start"), ("after", "before"),
    ("block", "allow"), ("refuse", "accept"), ("simple", "complex"), ("manual", "automatic"), ("batch", "real-time"), ("loosen", "tighten"),
    ("slow", "fast"), ("safe", "risky"), ("cheap", "expensive"), ("small", "large"), ("first", "last"), ("enough", "too little"),
    ("against", "for"), ("disagree", "agree"), ("remove", "add"), ("yes", "no"),
)  # fmt: skip
_PREFERENCE = re.compile(
    r"(.{3,60}?)\s+(?:matters? more than|(?:is|are) more important than|(?:comes?|goes?) before|rather than|over|instead of)\s+(.{3,60})",
    re.I,
)


class Recollection:
    """Finds what the candidate claimed long ago and now contradicts."""

    def __init__(self, memory: Memory, embedder: Embedder) -> None:
        self._memory = memory
        self._embedder = embedder

    def contradicted(self, statements: Sequence[str], scene: Scene) -> Recall | None:
        """The earlier claim and the new words, or None. Plans from before the last twist may change without a word about it."""
        claims = _open_to_doubt(scene)
        if not claims:
            return None
        quotes = [claim["quote"] for claim in claims]
        for statement in statements:
            quote = best_clause(statement)
            if not quote or _CORRECTS.search(statement):
                continue
            for index, similarity in self._memory.near(scene["session"], quotes, quote, CANDIDATES):
                if similarity >= NEAR and self._contradict(quotes[index], quote):
                    return Recall(turn=claims[index]["turn"], earlier=quotes[index], quote=quote)
        return None

    def _contradict(self, earlier: str, now: str) -> bool:
        if _swapped(earlier, now, self._embedder):
            return True
        masked = _without_figures(earlier, now) or _without_negation(earlier, now) or _without_opposites(earlier, now)
        return masked is not None and _cosine(*masked, self._embedder) >= ABOUT_THE_SAME


def _open_to_doubt(scene: Scene) -> list[Claim]:
    since = scene["twist_turn"]
    heard = scene["to"] or scene["last_speaker"]
    return [
        claim
        for claim in scene["claims"]
        if scene["answer_turn"] - claim["turn"] >= LONG_AGO
        and (claim["turn"] >= since or not _PLANS.search(claim["quote"]))
        and len(words(claim["quote"])) >= SHORTEST
        and claim["turn"] not in scene["recalled"]
        and claim["to"] in (None, heard)
    ]


def _without_figures(earlier: str, now: str) -> tuple[str, str] | None:
    """Both without their figures, if each has one of the same kind and they differ."""
    first, second = _FIGURE.search(earlier), _FIGURE.search(now)
    if not first or not second or (first[1], (first[3] or "").lower()) != (second[1], (second[3] or "").lower()):
        return None
    return (_FIGURE.sub("", earlier), _FIGURE.sub("", now)) if first[2] != second[2] else None


def _without_negation(earlier: str, now: str) -> tuple[str, str] | None:
    if bool(_NEGATION.search(earlier)) == bool(_NEGATION.search(now)):
        return None
    return _NEGATION.sub("", earlier), _NEGATION.sub("", now)


def _without_opposites(earlier: str, now: str) -> tuple[str, str] | None:
    for one, other in _OPPOSITES:
        for left, right in ((one, other), (other, one)):
            if _has(earlier, left) and _has(now, right) and not _has(now, left) and not _has(earlier, right):
                return _drop(earlier, left), _drop(now, right)
    return None


def _swapped(earlier: str, now: str, embedder: Embedder) -> bool:
    """'Speed over accuracy' before, 'accuracy over speed' now."""
    first, second = _PREFERENCE.search(earlier), _PREFERENCE.search(now)
    if not first or not second:
        return False
    straight = min(_cosine(first[1], second[1], embedder), _cosine(first[2], second[2], embedder))
    crossed = min(_cosine(first[1], second[2], embedder), _cosine(first[2], second[1], embedder))
    return crossed >= ABOUT_THE_SAME and crossed > straight + 0.15


def _has(text: str, word: str) -> bool:
    return re.search(rf"\b{word}(?:s|ed|ing|d)?\b", text, re.I) is not None


def _drop(text: str, word: str) -> str:
    return re.sub(rf"\b{word}(?:s|ed|ing|d)?\b", "", text, flags=re.I)


def _cosine(one: str, other: str, embedder: Embedder) -> float:
    vectors = embedder.embed([one.strip() or "nothing", other.strip() or "nothing"])
    return float(vectors[0] @ vectors[1])
