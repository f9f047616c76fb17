"""Whether a line is in English, by its script and its small words: in microseconds, and only as sure as small words are."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from agent.prose import sentences

_ENGLISH_WORDS = (
    "the a an and or but if of to in on at for with from by as is are was were be been it its this that these those i you he she we "
    "they me my your our their us them not no do does did don't can can't will would could should have has had what who how why when "
    "where which there here so then than just about up out i'm it's that's you're we're isn't doesn't won't i'd i'll let's"
)
_FOREIGN_WORDS = (
    # German, Dutch
    "und der das ist nicht wir ich sie ein eine einen mit auf für dass aber wie zu zum wenn kann haben hat sind wird auch noch nur von "
    "den dem des es er bei oder kein keine mir uns warum het een niet van dat maar wij jij voor ik zijn wat hoe waarom ook dit "
    # French, Spanish, Portuguese, Italian
    "le la les est pas vous nous que qui une pour dans je ce mais avec sur sont cette c'est qu'il il elle ne du au et el los las una por "
    "para con pero cómo qué está esto eso usted yo su más muy como não uma com mas você isso são por que che non è per sono questo "
    "come perché anche di della alla gli noi quanto cosa quando "
    # Polish, Swedish, Turkish
    "nie jest się czy ale jak co tak dla och att det som inte är jag vi ett på bir ve bu için değil mi ama"
)
_BOTH = frozenset({"on", "die", "come", "me", "no", "as", "so", "an", "in", "is", "was", "com", "du", "mi", "per", "dos", "co", "vi"})
"""Words of both."""
_ENGLISH = frozenset(_ENGLISH_WORDS.split())
_FOREIGN = frozenset(_FOREIGN_WORDS.split()) - _BOTH
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
FOREIGN_LETTERS = 0.3
"""Share of letters that are not Latin, from which on a line is not in English."""
AT_LEAST = 2
"""Small words of another language that a sentence needs, and more of them than of English ones."""


def not_english(line: str) -> str:
    """The first sentence of a line that is in another language; empty where there is none."""
    return next((sentence for sentence in sentences(line) if _is_foreign(sentence)), "")


def _is_foreign(sentence: str) -> bool:
    said = [word.lower().replace("’", "'") for word in _WORD.findall(sentence)]
    letters = "".join(said)
    if sum(not _is_latin(letter) for letter in letters) > FOREIGN_LETTERS * len(letters):
        return True
    foreign, english = (sum(word in small for word in said) for small in (_FOREIGN, _ENGLISH))
    return foreign >= AT_LEAST and foreign > english


@lru_cache(maxsize=4096)
def _is_latin(letter: str) -> bool:
    return letter.isascii() or unicodedata.name(letter, "").startswith(("LATIN", "MODIFIER", "APOSTROPHE", "RIGHT SINGLE"))
