"""Delivery measures and provenance as rows of words, whatever a judge puts into them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from agent.prose import clean
from agent.report.wording import titled


class Row(NamedTuple):
    """A label and what stands beside it."""

    label: str
    value: str


def rows(measured: Mapping[str, Any], before: str = "") -> Iterator[Row]:
    """One row for every measure; nested measures carry the name of what they belong to."""
    for key, value in measured.items():
        label = f"{before}, {titled(key).lower()}" if before else titled(key)
        if isinstance(value, Mapping):
            yield from rows(value, label)
        else:
            yield Row(clean(label), clean(_shown(key, value)))


def _shown(key: str, value: Any) -> str:
    if value is None:
        return "not measured"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float):
        return _number(key, value)
    if isinstance(value, (list, tuple)):
        return ", ".join(_shown(key, one) for one in value) or "none"
    return str(value)


def _number(key: str, value: float) -> str:
    if key.endswith(("share", "ratio", "rate")) and 0 <= value <= 1:
        return f"{value:.0%}"
    unit = " s" if key.endswith("seconds") else ""
    return f"{value:.2f}".rstrip("0").rstrip(".") + unit
