"""Finds a quote in a text: as it stands there, or with other marks, spaces and capitals, and says where that is."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from agent.prose import clean

_MARKS = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"', "«": '"', "»": '"', "–": "-", "—": "-", "…": "..."})
_EDGES = " \"'.,;:"
"""What a copyist adds to, or leaves off, the ends of a quote."""


class Span(NamedTuple):
    """A part of a text, in characters from `start` up to `end`."""

    start: int
    end: int

    def of(self, text: str) -> str:
        """The words there."""
        return text[self.start : self.end]


class Plain(NamedTuple):
    """A text in lower case with plain marks and single spaces, and for every character the span it came from."""

    text: str
    origin: tuple[Span, ...]


def located(quote: str, text: str) -> Span | None:
    """Where `quote` stands in `text` as whole words; None if it does not."""
    return located_in(quote, plain(text))


def located_in(quote: str, text: Plain) -> Span | None:
    """See `located`; for many quotes from the same text."""
    wanted = _wanted(quote)
    return _found(wanted, text) or _found(wanted.strip(_EDGES), text)


@lru_cache(maxsize=4096)
def _wanted(quote: str) -> str:
    """A quote in the form in which it is looked for; models repeat themselves."""
    return plain(quote).text.strip()


def _found(wanted: str, text: Plain) -> Span | None:
    start = text.text.find(wanted) if wanted else -1
    while start >= 0:
        end = start + len(wanted)
        if _is_whole(text.text, start, end):
            return Span(text.origin[start].start, text.origin[end - 1].end)
        start = text.text.find(wanted, start + 1)
    return None


def plain(text: str) -> Plain:
    """`text` in NFKC and lower case, with plain quotation marks and dashes, single spaces and nothing invisible."""
    characters: list[str] = []
    origin: list[Span] = []
    for span in _clusters(text):
        shown = _shown(span.of(text))
        if shown == " " and characters[-1:] == [" "]:
            continue
        characters.extend(shown)
        origin.extend([span] * len(shown))
    return Plain("".join(characters), tuple(origin))


def _clusters(text: str) -> Iterator[Span]:
    """Every character with the accents that follow it."""
    start = 0
    for place in range(1, len(text) + 1):
        if place == len(text) or not unicodedata.combining(text[place]):
            yield Span(start, place)
            start = place


@lru_cache(maxsize=4096)
def _shown(cluster: str) -> str:
    return " " if cluster.isspace() else unicodedata.normalize("NFKC", clean(cluster)).translate(_MARKS).casefold()


def _is_whole(text: str, start: int, end: int) -> bool:
    """Whether no word is cut in two at either end."""
    begins = start == 0 or not (text[start - 1].isalnum() and text[start].isalnum())
    return begins and (end == len(text) or not (text[end - 1].isalnum() and text[end].isalnum()))
