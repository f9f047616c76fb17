"""A quote is found where it stands, however it was copied, and never where it does not."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agent.quotation import located

ANSWER = "Mara, I’d roll back  first – it can't wait.\nThen we look at the ﬁgures: 12 % is “too much”, naïve or not."


@pytest.mark.parametrize(
    ("quote", "words"),
    [
        ("I’d roll back  first", "I’d roll back  first"),
        ("i'd roll back first - it can't wait", "I’d roll back  first – it can't wait"),
        ("“I'd roll back first”", "I’d roll back  first"),
        ("it can't wait. Then we look", "it can't wait.\nThen we look"),
        ("look at the figures", "look at the ﬁgures"),
        ("nai\u0308ve or not", "naïve or not"),
        ('12 % is \u00ad"too much"...', "12 % is “too much"),
    ],
)
def test_a_quote_is_found_with_other_marks(quote: str, words: str) -> None:
    span = located(quote, ANSWER)
    assert span
    assert span.of(ANSWER) == words


@pytest.mark.parametrize("quote", ["", "…", "we roll back", "roll back it can't wait", "an't wait", "oll back", "12 % is much"])
def test_what_is_not_there_is_not_found(quote: str) -> None:
    assert located(quote, ANSWER) is None


@given(st.lists(st.text(st.characters(categories=["L", "N", "Po", "Sm"]), min_size=1), min_size=1), st.data())
def test_all_words_in_a_row_are_found(parts: list[str], data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(parts) - 1))
    quote = " ".join(parts[start : data.draw(st.integers(start + 1, len(parts)))])
    span = located(quote, "\t ".join(parts))
    assert span or not any(character.isalnum() for character in quote)
