"""Words that an English reader cannot read as a sentence: another language, or a code."""

from __future__ import annotations

import base64
import binascii
import codecs
import re
from collections.abc import Sequence

from agent.judge.language import foreign_share, function_words, is_latin
from agent.memory.embedder import vocabulary
from agent.prose import words

_CODED = re.compile(r"(?<![\w/.])(?:[A-Za-z0-9+/]{32,}={0,2}|(?:[01]{8}\s+){4,}[01]{8}|(?:%[0-9A-Fa-f]{2}|[\w.~-])*(?:%20[\w.~-]+){3,})")
_HEX = re.compile(r"(?:[0-9a-f]{2})+")
_PRINTABLE = range(32, 127)
ENOUGH = 5
"""Fewer words are in no language for certain."""
UNKNOWN = 0.5
"""With more words that no English reader knows, and none that holds a sentence together, a text is not English."""


def unreadable(text: str) -> str | None:
    """What keeps `text` from being read, as the end of a sentence; None if it can be read."""
    said = words(text)
    if any(_is_code(found[0]) for found in _CODED.finditer(text)) or _is_turned(text, said):
        return "hides words in a code"
    return "says something in another language" if _is_foreign(text, said) else None


def _is_code(found: str) -> bool:
    if "%" in found or " " in found:
        return True
    try:
        raw = bytes.fromhex(found) if _HEX.fullmatch(found) else base64.b64decode(found + "=" * (-len(found) % 4))
    except (ValueError, binascii.Error):
        return False
    return sum(byte in _PRINTABLE for byte in raw) > 0.9 * len(raw)


def _is_turned(text: str, said: Sequence[str]) -> bool:
    """True if it is English only when read backwards, or with every letter moved by thirteen."""
    if len(said) < ENOUGH or function_words(said):
        return False
    return any(
        function_words(sorted({word.lower() for word in words(turned)})) > 1 for turned in (text[::-1], codecs.encode(text, "rot13"))
    )


def _is_foreign(text: str, said: Sequence[str]) -> bool:
    if not is_latin(text):
        return any(letter.isalpha() for letter in text)
    if len(said) < ENOUGH:
        return False
    return foreign_share(said) > 0.5 or (function_words(said) < 0.15 * len(said) and _unknown_share(said) > UNKNOWN)


def _unknown_share(said: Sequence[str]) -> float:
    """The share of words in lower case that no English reader knows; names and abbreviations do not count."""
    plain = [word for word in said if word.islower() and word.isalpha()]
    known = vocabulary()
    return sum(word not in known for word in plain) / len(plain) if known and len(plain) >= ENOUGH - 1 else 0.0
