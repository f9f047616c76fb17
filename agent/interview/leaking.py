"""Facts that a line gives away in other words: it lies nearer to one that was not told than to anything that may be said.

Only statements are looked at, and of those only the ones that share a rare word or a figure with a hidden fact: comparing what
sentences mean takes milliseconds, comparing their words does not.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from agent.interview.figures import figures, values
from agent.interview.stage import Stage
from agent.prose import sentences, words
from agent.protocols import Embedder
from agent.scenario import Fact

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

NEAR = 0.6
"""Cosine similarity to a sentence of a hidden fact from which on a statement may give it away."""
NEARER = 0.03
"""By how much it has to be nearer to the fact than to anything that may be said."""
SHORTEST, LONGEST = 6, 24
"""Words of a statement that is looked at."""
ABOUT = 0.12
"""Figures so near to each other, as a share of the larger, are the same one roughly."""
STEM, RARE = 5, 4
"""Letters of a word that are compared, and that it has at least."""


class _Known(NamedTuple):
    """A fact: its sentences, the beginnings of its words, its figures."""

    told: tuple[str, ...]
    stems: frozenset[str]
    values: frozenset[float]


class Leaks:
    """Finds facts of one stage in other words.

    Args:
        stage: the scenario and its facts.
        said_freely: what may be said at any time: the papers, the views, the questions of the scene.
        embedder: what sentences are compared with.
    """

    def __init__(self, stage: Stage, said_freely: Iterable[str], embedder: Embedder) -> None:
        self._stage, self._embedder = stage, embedder
        self._free = list(dict.fromkeys(sentence for text in said_freely for sentence in sentences(text)))

    def found(self, line: str, told: Iterable[str], heard: Sequence[str]) -> Iterator[str]:
        """The statements of a line that give away a fact that is not among those `told`; `heard` is what has been said."""
        hidden = [known for fact, known in self._facts.items() if fact not in set(told)]
        known = self._free_stems | _stems(heard)
        for sentence in sentences(line):
            if _is_statement(sentence) and (near := [fact for fact in hidden if _touches(sentence, fact, known)]):
                yield from self._given_away(sentence, near, heard)

    def warm(self) -> None:
        """Embeds what lines are compared with."""
        _ = self._vectors, self._free_vectors

    def sentences(self) -> list[str]:
        """All that lines are compared with."""
        return [*self._free, *(sentence for fact in self._facts.values() for sentence in fact.told)]

    def _given_away(self, sentence: str, near: Sequence[_Known], heard: Sequence[str]) -> Iterator[str]:
        vector = self._embedder.embed([sentence])[0]
        nearest = max(float((self._vectors[fact] @ vector).max()) for fact in near)
        if nearest >= NEAR and nearest >= NEARER + float((self._free_vectors @ vector).max()):
            said = [one for text in heard for one in sentences(text)]
            if not said or nearest > float((self._embedder.embed(said) @ vector).max()):
                yield sentence

    @cached_property
    def _facts(self) -> dict[str, _Known]:
        return {fact.id: _known(fact) for fact in self._stage.scenario.facts}

    @cached_property
    def _vectors(self) -> dict[_Known, NDArray[np.float32]]:
        return {fact: self._embedder.embed(fact.told) for fact in self._facts.values()}

    @cached_property
    def _free_vectors(self) -> NDArray[np.float32]:
        return self._embedder.embed(self._free or ["…"])

    @cached_property
    def _free_stems(self) -> frozenset[str]:
        return _stems(self._free)


def _known(fact: Fact) -> _Known:
    lines = [*fact.told, *(line for lines in fact.told_by.values() for line in lines)]
    told = dict.fromkeys([fact.short, *(sentence for line in lines for sentence in sentences(line))])
    return _Known(tuple(told), _stems(told), frozenset(values(" ".join(told))))


def _is_statement(sentence: str) -> bool:
    return "?" not in sentence and SHORTEST <= len(words(sentence)) <= LONGEST


def _touches(sentence: str, fact: _Known, known: frozenset[str]) -> bool:
    """Whether a sentence shares two words with a fact, or one that nobody has said, or a figure roughly."""
    shared = (_stems([sentence]) & fact.stems) - _COMMON
    return len(shared) > 1 or bool(shared - known) or any(_roughly(one, fact.values) for one in _shares(sentence))


def _roughly(value: float, among: Iterable[float]) -> bool:
    return any(abs(value - one) <= ABOUT * max(value, one) for one in among)


_COMMON_WORDS = (
    "about above after again also another because been before being between both came could does done down each even ever every from "
    "have having here into just know like long made make many more most much must never none once only other over people same should "
    "since some something still such take than that their them then there these they thing things this those though through time "
    "times under until very want well were what when where which while will with without would your years week weeks month months"
)
_COMMON = frozenset(word[:STEM] for word in _COMMON_WORDS.split())
"""Words that say nothing about what a sentence is about."""
_IN = re.compile(
    r"\b(one|two|three|four|five|six|seven|eight|nine|\d) (?:in|out of|of) (?:every |the )?"
    r"(two|three|four|five|six|seven|eight|nine|ten|\d+)\b",
    re.I,
)
_PARTS = {"half": 50.0, "a third": 33.0, "two thirds": 67.0, "a quarter": 25.0, "three quarters": 75.0, "a fifth": 20.0, "a tenth": 10.0}


def _shares(sentence: str) -> list[float]:
    """The figures of a sentence that are more than a way of talking, and its shares in per cent."""
    parts = [value for part, value in _PARTS.items() if part in sentence.lower()]
    return [*(figure.value for figure in figures(sentence) if figure.matters), *parts, *(_share(match) for match in _IN.finditer(sentence))]


def _share(match: re.Match[str]) -> float:
    part, whole = (next(figures(group)).bare for group in match.groups())
    return 100 * part / whole


def _stems(texts: Iterable[str]) -> frozenset[str]:
    return frozenset(word.lower()[:STEM] for text in texts for word in words(text) if len(word) >= RARE)
