"""Work that is there where it is handed out, and on no worker."""

from __future__ import annotations


def whisper(text: str) -> str:
    """Never gets that far."""
    return text.lower()


def hum(text: str) -> str:
    """Is of a module that the workers have in another version, without it."""
    return text


hum.__module__ = "slow"
