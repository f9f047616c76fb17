"""A text as a reader takes it, whatever its characters are: for recognising what is hidden from filters, never for quoting."""

from __future__ import annotations

import re
import unicodedata

from agent.prose import clean

_LOOKALIKES = str.maketrans(
    "аеорсухіјѕԁһкмтвнАЕОРСТХНВКМІЈЅοινερτακΑΒΕΖΗΙΚΜΝΟΡΤΥΧ", "aeopcyxijsdhkmtbhAEOPCTXHBKMIJSoivepTakABEZHIKMNOPTYX"
)
"""Cyrillic and Greek letters that look like Latin ones."""
_DIGITS = str.maketrans("431057", "aeiost")
_DISGUISED = re.compile(r"(?=\w*[A-Za-z])(?=\w*[аеорсухіјѕԁһкмтвнАЕОРСТХНВКМІЈЅο])\w+")
"""A word of Latin letters and of such that only look like them."""
_LEET = re.compile(r"\b(?=[a-z\d]*[a-z])[a-z\d]*[013457][a-z\d]*\b", re.IGNORECASE)
_SPELT = re.compile(r"(?<![\w.])[^\W_](?:([ .·*_-])[^\W_])(?:\1[^\W_])+(?![\w])")
"""One word with something between all its letters."""
_UNSEEN = re.compile("(?<=[A-Za-z])[\u200b-\u200f\u2060-\u2064\u00ad\u034f\ufe00-\ufe0f](?=[A-Za-z])")
_TAGS = re.compile("[\U000e0020-\U000e007e]{8,}")
_TURNED = re.compile("[\u202d\u202e]")
_FEW = 5


def skeleton(text: str) -> str:
    """`text` without invisible characters, in plain Latin letters, with words that were spelt out joined again."""
    seen = unicodedata.normalize("NFKC", clean(text))
    latin = _DISGUISED.sub(lambda word: word[0].translate(_LOOKALIKES), seen)
    return _SPELT.sub(lambda word: word[0].replace(word[1], ""), _whole_latin(latin))


def unleeted(text: str) -> str:
    """`text` with the digits in its words read as letters; the same text where that changes less than two words."""
    words = [word for word in _LEET.findall(text) if not word[0].isdigit() or not word[-1].isdigit()]
    return _LEET.sub(lambda word: word[0].translate(_DIGITS), text) if len(words) > 1 else text


def hides(text: str) -> bool:
    """True if characters that nobody sees stand between letters, turn the text around, or are a text of their own."""
    return len(_UNSEEN.findall(text)) >= _FEW or bool(_TAGS.search(text) or _TURNED.search(text))


def is_disguised(text: str) -> bool:
    """True if several words are written with letters of another alphabet, between characters, or in letters made for formulas."""
    seen = clean(text)
    drawn = sum(unicodedata.normalize("NFKC", letter) != letter and unicodedata.normalize("NFKC", letter).isascii() for letter in seen)
    return len(_DISGUISED.findall(seen)) > 1 or sum(len(word[0]) > _FEW for word in _SPELT.finditer(seen)) > 1 or drawn > 3 * _FEW


def _whole_latin(text: str) -> str:
    """Words of lookalikes alone are Latin too where most of the text is."""
    letters = [letter for letter in text if letter.isalpha()]
    latin = sum(letter.isascii() for letter in letters)
    return text.translate(_LOOKALIKES) if letters and latin > 0.6 * len(letters) and not text.isascii() else text
