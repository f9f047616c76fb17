"""How much a text says: words that are about something, and figures."""

from __future__ import annotations

from agent.prose import words

_EMPTY_WORDS_TEXT = """
about again also another anything because being best better clear context doing down every everybody everything exactly fast first from
going good have honestly into just kind know lens little look make many maybe more much next nothing number only other over people
probably rather really same should simply some something still take than that their them then there these thing things this those
through together topic very want well what when where which while will with without would your yours
"""
_EMPTY_WORDS = frozenset(_EMPTY_WORDS_TEXT.split())


def telling(text: str) -> int:
    """How many words of `text` say something, figures among them."""
    plain = [word for word in words(text.lower()) if len(word) > 3 and word not in _EMPTY_WORDS and "'" not in word and "’" not in word]
    return len(plain) + sum(word[0].isdigit() for word in words(text) if len(word) <= 3)


def is_concrete(text: str) -> bool:
    """Whether at least two words of `text` say something."""
    return telling(text) >= 2
