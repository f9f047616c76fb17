"""Finding quotes in turns."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agent.report.quoted import locate, pieces

TEXT = "We’d lose  two points\nof recall, “maybe” more."


@pytest.mark.parametrize(
    ("quote", "found"),
    [
        ("two points\nof recall", "two points\nof recall"),
        ("we'd lose two points of recall", "We’d lose  two points\nof recall"),
        ('"maybe" more', "“maybe” more"),
        ("three points", None),
        ("", None),
    ],
)
def test_a_quote_is_found_whatever_the_marks_and_spaces(quote: str, found: str | None) -> None:
    span = locate(TEXT, quote)

    assert (TEXT[slice(*span)] if span else None) == found


def test_overlapping_quotes_share_a_piece() -> None:
    assert [(piece.text, piece.quotes, piece.ends) for piece in pieces("abcdef", [(1, "abcd"), (2, "cdef")])] == [
        ("ab", (1,), ()),
        ("cd", (1, 2), (1,)),
        ("ef", (2,), (2,)),
    ]


@given(text=st.text(min_size=1), data=st.data())
def test_pieces_are_the_text_and_cover_every_quote(text: str, data: st.DataObject) -> None:
    edges = st.integers(0, len(text))
    cuts = data.draw(st.lists(st.tuples(edges, edges).map(sorted), max_size=4))
    quotes = [(number, text[start:end]) for number, (start, end) in enumerate(cuts, start=1) if text[start:end].strip()]
    cut = pieces(text, quotes)

    assert "".join(piece.text for piece in cut) == text
    for number, quote in quotes:
        assert "".join(piece.text for piece in cut if number in piece.quotes) == quote
