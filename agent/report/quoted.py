"""Finding a quote in the turn it comes from, to show it there."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

_SAME = str.maketrans({"“": '"', "”": '"', "‘": "'", "’": "'", "–": "-", "—": "-", "\u00a0": " "})


class Piece(NamedTuple):
    """A stretch of a turn: the numbers of the quotes that cover it, and of those that end with it."""

    text: str
    quotes: tuple[int, ...] = ()
    ends: tuple[int, ...] = ()


def locate(text: str, quote: str) -> tuple[int, int] | None:
    """Where `quote` stands in `text`: literally, else whatever the case, the spacing and the kind of quote marks."""
    start = text.find(quote)
    if start >= 0 and quote:
        return start, start + len(quote)
    words = quote.translate(_SAME).split()
    pattern = r"\s+".join(re.escape(word) for word in words)
    match = re.search(pattern, text.translate(_SAME), re.IGNORECASE) if words else None
    return match.span() if match else None


def pieces(text: str, quotes: Sequence[tuple[int, str]]) -> list[Piece]:
    """`text` cut where the numbered quotes begin and end. Together the pieces are `text` again."""
    spans = [(number, span) for number, quote in quotes if (span := locate(text, quote))]
    cuts = sorted({0, len(text), *(edge for _, span in spans for edge in span)})
    return [
        Piece(
            text[start:end],
            tuple(number for number, span in spans if span[0] <= start and end <= span[1]),
            tuple(number for number, span in spans if span[1] == end),
        )
        for start, end in pairwise(cuts)
    ]
