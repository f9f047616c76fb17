"""Figures in a text, in digits or in words, so that '36k', '36,000' and 'thirty-six thousand' are the same one."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

SMALL = 10
"""Whole numbers up to here, of nothing that is counted in money, shares or thousands, are a way of talking."""

_UNITS = "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen"
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety"
_WORDS = {word: value for value, word in enumerate(_UNITS.split(), start=1)} | {
    word: 10 * value for value, word in enumerate(_TENS.split(), start=2)
}
_SCALES = {"hundred": 1e2, "k": 1e3, "thousand": 1e3, "m": 1e6, "million": 1e6, "bn": 1e9, "billion": 1e9}
_SCALE = r"(?:\s?(?P<{0}>k|m|bn)\b|[\s-](?P<{1}>hundred|thousand|million|billion)\b)?"
_SHARE = r"(?P<{}>\s?%|[\s-]per ?cent\b|[\s-](?:dollars|euros|pounds)\b)?"
_DIGITS = (
    rf"(?P<money>[$€£]\s?)?(?<![\w.])(?P<digits>\d[\d,]*(?:\.\d+)?)(?![\d.]*\d){_SCALE.format('short', 'long')}{_SHARE.format('share')}"
)
_SPELLED = (
    rf"\b(?P<tens>{'|'.join(_TENS.split())})?[\s-]?\b(?P<unit>{'|'.join(_UNITS.split())})?\b"
    rf"{_SCALE.format('letter', 'scale')}{_SHARE.format('part')}"
)
_FIGURE = re.compile(rf"{_DIGITS}|{_SPELLED}", re.I)
_ALWAYS = re.compile(r"\b24/7\b|\b100\s?(?:%|per ?cent)", re.I)


class Figure(NamedTuple):
    """A figure as it stands, what it counts, and the bare number before 'k' or 'million'. `matters`: more than a way of talking."""

    text: str
    value: float
    bare: float
    matters: bool


def figures(text: str) -> Iterator[Figure]:
    """Every figure in `text`, in order."""
    for match in _FIGURE.finditer(_ALWAYS.sub(" ", text)):
        bare = _bare(match)
        if bare is not None:
            yield _figure(match, bare)


def values(text: str) -> set[float]:
    """Everything that figures of `text` may be taken for: what they count, and the bare number."""
    return {value for figure in figures(text) for value in (figure.value, figure.bare)}


def _figure(match: re.Match[str], bare: float) -> Figure:
    scale = next((match[name].lower() for name in ("short", "long", "letter", "scale") if match[name]), "")
    counted = bool(match["money"] or match["share"] or match["part"] or scale)
    small = bare <= SMALL and bare == int(bare)
    return Figure(match.group().strip(" -,"), bare * _SCALES.get(scale, 1.0), bare, counted or not small)


def _bare(match: re.Match[str]) -> float | None:
    """The number itself; None where only the gaps of the pattern matched."""
    if match["digits"]:
        return float(match["digits"].replace(",", "") or 0)
    spelled = [_WORDS[match[name].lower()] for name in ("tens", "unit") if match[name]]
    return float(sum(spelled)) if spelled else None
