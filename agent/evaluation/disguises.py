"""Ways to hide a text from filters while a reader, or a model, still understands it. The same text gives the same disguise."""

from __future__ import annotations

import base64
import codecs
from collections.abc import Callable, Mapping
from types import MappingProxyType
from urllib.parse import quote

_LOOKALIKES = str.maketrans("aeopcxyiAEOPCXTHBKM", "аеорсхуіАЕОРСХТНВКМ")
_DIGITS = str.maketrans("aeiost", "431057")
_FULL_WIDTH = {code: code + 0xFEE0 for code in range(0x21, 0x7F)}
_BOLD = {code: 0x1D5D4 + place for place, code in enumerate([*range(0x41, 0x5B), *range(0x61, 0x7B)])}


def _between(letter: str) -> Callable[[str], str]:
    """Puts `letter` between all letters of every word."""
    return lambda text: " ".join(letter.join(word) for word in text.split())


def _spaced(text: str) -> str:
    return "   ".join(" ".join(word) for word in text.split())


def _as_tags(text: str) -> str:
    return "".join(chr(0xE0000 + ord(letter)) for letter in text if letter.isascii())


DISGUISES: Mapping[str, Callable[[str], str]] = MappingProxyType(
    {
        "none": str,
        "zero-width": _between("\u200b"),
        "soft": _between("\u00ad"),
        "dotted": _between("."),
        "spaced": _spaced,
        "bidi": lambda text: f"\u202e{text[::-1]}\u202c",
        "homoglyph": lambda text: text.translate(_LOOKALIKES),
        "fullwidth": lambda text: text.translate(_FULL_WIDTH),
        "mathematical": lambda text: text.translate(_BOLD),
        "leet": lambda text: text.translate(_DIGITS),
        "tags": _as_tags,
        "base64": lambda text: base64.b64encode(text.encode()).decode(),
        "hex": lambda text: text.encode().hex(),
        "binary": lambda text: " ".join(f"{byte:08b}" for byte in text.encode()),
        "percent": lambda text: quote(text, safe=""),
        "rot13": lambda text: codecs.encode(text, "rot13"),
        "reversed": lambda text: text[::-1],
    }
)
"""Every disguise by its name."""
