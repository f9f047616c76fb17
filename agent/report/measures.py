"""Delivery measures and provenance as rows of words, whatever a judge puts into them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from agent.prose import clean
from agent.report.wording import titled

LABELS = {
    "words_per_answer": "Words per answer",
    "max": "Longest",
    "words_to_the_point": "Words to the point, on average",
    "we": "“We”, “us”, “our”",
    "i": "“I”, “me”, “my”",
    "jargon": "Jargon terms for this listener",
    "jargon_share": "Jargon, share of words",
    "response_seconds": "Time to answer, on average",
    "star": "STAR",
    "pep": "PEP",
}
"""Names of measures that do not follow from their keys."""


class Row(NamedTuple):
    """A label and what stands beside it."""

    label: str
    value: str


def rows(measured: Mapping[str, Any], before: str = "") -> Iterator[Row]:
    """One row for every measure; nested measures carry the name of what they belong to."""
    for key, value in measured.items():
        name = LABELS.get(key) or titled(key)
        label = f"{before}, {name.lower()}" if before else name
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
    if isinstance(value, Mapping):
        return "; ".join(f"{row.label.lower()} {row.value}" for row in rows(value))
    if isinstance(value, (list, tuple)):
        return (" / " if any(isinstance(one, Mapping) for one in value) else ", ").join(_shown(key, one) for one in value) or "none"
    return str(value)


def _number(key: str, value: float) -> str:
    if key.endswith(("share", "ratio", "rate")) and 0 <= value <= 1:
        return f"{value:.0%}"
    if key.endswith("seconds"):
        return f"{value:.0f} s"
    return f"{value:.2f}".rstrip("0").rstrip(".")
