"""A text with parts of it replaced, and the way back: which original characters stand behind each of its own."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import NamedTuple

from agent.quotation import Span


class Replacement(NamedTuple):
    """Words for the original characters of `span`. What is `removed` can never be quoted."""

    span: Span
    words: str
    removed: bool = False


class _Piece(NamedTuple):
    here: Span
    there: Span
    kept: bool
    removed: bool


@dataclass(frozen=True)
class Masked:
    """The text as it is shown, in pieces that are kept or replaced."""

    text: str
    pieces: tuple[_Piece, ...]

    @classmethod
    def of(cls, original: str, replacements: Iterable[Replacement]) -> Masked:
        """`original` with the replacements; of two that overlap the earlier stands, and what is removed before all."""
        pieces: list[_Piece] = []
        words: list[str] = []
        place = 0
        for span, shown, kept, removed in _cut(original, _apart(replacements)):
            pieces.append(_Piece(Span(place, place + len(shown)), span, kept, removed))
            words.append(shown)
            place += len(shown)
        return cls("".join(words), tuple(pieces))

    def original(self, span: Span) -> Span | None:
        """Where the characters of `span` stand in the original; None if they stand for something removed."""
        touched = [piece for piece in self.pieces if piece.here.start < span.end and span.start < piece.here.end]
        if not touched or any(piece.removed for piece in touched):
            return None
        first, last = touched[0], touched[-1]
        start = first.there.start + (span.start - first.here.start if first.kept else 0)
        end = last.there.end - (last.here.end - span.end if last.kept else 0)
        return Span(start, end)


def _apart(replacements: Iterable[Replacement]) -> list[Replacement]:
    chosen: list[Replacement] = []
    for one in sorted(replacements, key=lambda each: (not each.removed, each.span.start, -each.span.end)):
        if all(one.span.end <= other.span.start or other.span.end <= one.span.start for other in chosen):
            chosen.append(one)
    return sorted(chosen, key=lambda each: each.span)


def _cut(original: str, replacements: Iterable[Replacement]) -> Iterator[tuple[Span, str, bool, bool]]:
    """Every part with what is shown for it, whether it is kept, and whether it is removed."""
    place = 0
    for span, shown, removed in replacements:
        if place < span.start:
            yield Span(place, span.start), original[place : span.start], True, False
        yield span, shown, False, removed
        place = span.end
    if place < len(original):
        yield Span(place, len(original)), original[place:], True, False
