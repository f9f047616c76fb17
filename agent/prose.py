"""Plain text as people type it: made safe to show, cut into sentences and words."""

from __future__ import annotations

import re
import unicodedata
from itertools import islice

_ANSI = re.compile(r"\x1b(?:\[[0-?]*[ -/]*[@-~]|\][^\x07\x1b\n]*(?:\x07|\x1b\\)|[@-Z\\-_])")
_INVISIBLE = re.compile("[\u200b-\u200f\u202a-\u202e\u2060-\u2069\u00ad\ufeff\ufff9-\ufffb]|[\U000e0000-\U000e007f]")
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f]")
"""Unicode's category Cc but for newline and tab."""
_SURROGATE = re.compile("[\ud800-\udfff]")
_SENTENCE_END = re.compile(r"(?<=[.!?…])[\"')\]»”’]*\s+|\n+")
_ABBREVIATION = re.compile(r"(?:\b(?:e\.g|i\.e|etc|vs|approx|Mr|Mrs|Ms|Dr|No|Fig|cf|resp)\.|\b[A-Z]\.)$")
_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*(?:[-./][^\W_]+)*")


def clean(text: str) -> str:
    """`text` without terminal escapes, control and invisible characters, in Unicode NFC, with plain newlines.

    Lone surrogates become U+FFFD. Runs of more than two newlines become two.
    """
    text = _INVISIBLE.sub("", _ANSI.sub("", _SURROGATE.sub("\ufffd", text).replace("\r\n", "\n").replace("\r", "\n")))
    return re.sub(r"\n{3,}", "\n\n", unicodedata.normalize("NFC", _CONTROL.sub("", text))).strip()


def sentences(text: str) -> list[str]:
    """The sentences of `text`, each a literal part of it, in order. List items and lines count as sentences."""
    found: list[str] = []
    start = 0
    for match in _SENTENCE_END.finditer(text):
        if "\n" not in match.group() and _ABBREVIATION.search(text[start : match.start()].rstrip("\"')]»”’")):
            continue
        found.append(text[start : match.end()])
        start = match.end()
    found.append(text[start:])
    return [sentence.strip() for sentence in found if sentence.strip()]


def after_words(text: str, count: int) -> str:
    """What stands in `text` after its first `count` words."""
    if count <= 0:
        return text
    match = next(islice(_WORD.finditer(text), count - 1, None), None)
    return text[match.end() :] if match else ""


def words(text: str) -> list[str]:
    """The words of `text`; numbers and hyphenated compounds are one word each."""
    return _WORD.findall(text)
