"""Whether a candidate said enough to be judged."""

from __future__ import annotations

from collections.abc import Iterable

from agent.prose import words

MIN_WORDS = 15
"""With fewer different words of the candidate there is nothing to judge."""


def too_little(said: Iterable[str]) -> str | None:
    """Why what was said is not enough; None if it is."""
    count = _different(said)
    if count >= MIN_WORDS:
        return None
    return f"There are only {count} different words of the candidate's own that can be judged; at least {MIN_WORDS} are needed."


def too_little_about_anything(said: Iterable[str]) -> str | None:
    """Why what was said about anything is not enough; None if it is."""
    count = _different(said)
    if count >= MIN_WORDS:
        return None
    return f"Only {count} different words are about anything that is judged; at least {MIN_WORDS} are needed."


def _different(said: Iterable[str]) -> int:
    return len({word.lower() for text in said for word in words(text)})
