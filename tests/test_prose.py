from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agent.prose import clean, sentences, words


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("a\x1b[31mb\x1b[0m", "ab"),
        ("a\x1b]0;title\x07b", "ab"),
        ("a\x1b]b c d", "ab c d"),
        ("a\u200bb\u202ec\ufeff", "abc"),
        ("a\x00b\x08c", "abc"),
        ("a\r\nb\rc", "a\nb\nc"),
        ("a\n\n\n\n\nb", "a\n\nb"),
        ("\ud800", "\ufffd"),
        ("e\u0301", "é"),
        ("  \t\n ", ""),
    ],
)
def test_what_is_kept_of_what_was_typed(typed: str, kept: str) -> None:
    assert clean(typed) == kept


@given(st.text(st.characters(), max_size=200))
def test_clean_text_is_safe_to_show_and_clean_for_good(typed: str) -> None:
    cleaned = clean(typed)
    assert cleaned == clean(cleaned)
    assert not [one for one in cleaned if unicodedata.category(one) in ("Cc", "Cs") and one not in "\n\t"]


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("One. Two! Three?", ["One.", "Two!", "Three?"]),
        ("It costs $1.50 per call, e.g. here. Fine.", ["It costs $1.50 per call, e.g. here.", "Fine."]),
        ("- first\n- second", ["- first", "- second"]),
        ('He said "no." Then he left.', ['He said "no."', "Then he left."]),
        ("no end mark", ["no end mark"]),
        ("", []),
    ],
)
def test_sentences(text: str, parts: list[str]) -> None:
    assert sentences(text) == parts


@given(st.text(max_size=300))
def test_sentences_are_parts_of_the_text_in_order(text: str) -> None:
    place = 0
    for sentence in sentences(text):
        place = text.index(sentence, place) + len(sentence)


def test_words_keep_figures_and_compounds_whole() -> None:
    assert words("We don't re-train at 0.95, do we?") == ["We", "don't", "re-train", "at", "0.95", "do", "we"]
