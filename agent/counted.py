"""Numbers with their nouns."""

from __future__ import annotations

from collections.abc import Iterable


def counted(number: int, what: str, more: str | None = None) -> str:
    """A number with its noun: `1 item`, `2,000 items`; `more` is the plural where it takes more than an s."""
    return f"{number:,} {what if number == 1 else more or what + 's'}"


def first_of(parts: Iterable[object], most: int) -> str:
    """The first few of a list, and how many more there are: `2, 5 and 7 more`."""
    listed = [str(part) for part in parts]
    more = f" and {len(listed) - most:,} more" if len(listed) > most else ""
    return ", ".join(listed[:most]) + more
