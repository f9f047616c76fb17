"""Typing errors read as what was meant: so that a slip of the hand moves no grade.

A word in lower case that is in no vocabulary, nor made of two that are, becomes the commonest known word one edit away: a letter left
out, added or changed, or two exchanged.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from agent.memory.embedder import vocabulary

_LETTERS = "abcdefghijklmnopqrstuvwxyz"
_WORD = re.compile(r"(?<![\w.'’/@-])[a-z]{5,}(?![\w'’/@]|-\w|\.\w)")
_ENDINGS = ("s", "es", "d", "ed", "ing", "r", "er", "ers", "ly", "y", "able", "ness", "ization", "ation")
_TO_Y = ("ier", "iers", "ies", "ied")
COMMON = 12_000
"""Rarer words are more often a coincidence than what was meant."""


def spelt(text: str) -> str:
    """`text` with its typing errors read as what was meant."""
    return _WORD.sub(lambda found: _meant(found[0]), text)


@lru_cache(maxsize=20_000)
def _meant(word: str) -> str:
    if not vocabulary() or _is_known(word):
        return word
    known = [near for near in _one_edit_away(word) if vocabulary().get(near, COMMON) < COMMON]
    return min(known, key=lambda near: vocabulary()[near], default=word)


def _is_known(word: str) -> bool:
    known = vocabulary()
    stems = [word[: -len(ending)] for ending in _ENDINGS if word.endswith(ending)]
    doubled = [stem[:-1] for stem in stems if stem[-2:-1] == stem[-1:]]
    if any(word.endswith(ending) and f"{word[: -len(ending)]}y" in known for ending in _TO_Y):
        return True
    if word in known or any(stem in known or f"{stem}e" in known for stem in (*stems, *doubled) if len(stem) > 2):
        return True
    return any(word[:cut] in known and word[cut:] in known for cut in range(2, len(word) - 2))


def _one_edit_away(word: str) -> Iterator[str]:
    for place in range(len(word) + 1):
        before, after = word[:place], word[place:]
        yield from (before + letter + after for letter in _LETTERS)
        if after:
            yield before + after[1:]
            yield from (before + letter + after[1:] for letter in _LETTERS)
        if len(after) > 1:
            yield before + after[1] + after[0] + after[2:]
