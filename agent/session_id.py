"""Names of sessions."""

from __future__ import annotations

import random


def new_id() -> str:
    """Eight characters that are easy to read aloud and to type."""
    return "".join(random.SystemRandom().choice("abcdefghjkmnpqrstuvwxyz23456789") for _ in range(8))
