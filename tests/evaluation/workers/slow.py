"""Work that takes a moment, for the workers of a cluster."""

from __future__ import annotations

import time
from errno import ENOSPC


def shout(text: str) -> str:
    """Needs a fifth of a second."""
    time.sleep(0.2)
    return text.upper()


def refuse(text: str) -> str:
    """Says no, in a sentence."""
    from agent.errors import InputError

    raise InputError(f"no {text} here")


def fill(text: str) -> str:
    """Finds no space on the disk."""
    raise OSError(ENOSPC, f"{text} is full")
