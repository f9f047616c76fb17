"""How long a provider asks to be left alone: the headers `retry-after-ms` and `Retry-After` (RFC 9110, 10.2.3)."""

from __future__ import annotations

import math
from collections.abc import Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

LONGEST = 86_400.0
"""Seconds; whoever asks for more is heard as asking for a day."""


def retry_after(headers: Mapping[str, str], *, now: datetime | None = None) -> float | None:
    """Seconds to wait, from 0 to `LONGEST`; None where the headers say nothing that can be read.

    A date that has passed and a negative number mean 0.
    """
    lowered = {name.lower(): value for name, value in headers.items()}
    wait = _number(lowered.get("retry-after-ms", ""), scale=0.001)
    if wait is None:
        wait = _number(lowered.get("retry-after", ""))
    if wait is None:
        wait = _until(lowered.get("retry-after", ""), now or datetime.now(UTC))
    return None if wait is None else min(max(wait, 0.0), LONGEST)


def _number(value: str, *, scale: float = 1.0) -> float | None:
    try:
        number = float(value) * scale
    except ValueError:
        return None
    return None if math.isnan(number) else number


def _until(value: str, now: datetime) -> float | None:
    try:
        date = parsedate_to_datetime(value)
    except (ValueError, TypeError, OverflowError):
        return None
    return (date if date.tzinfo else date.replace(tzinfo=UTC)).timestamp() - now.timestamp()
