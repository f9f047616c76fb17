"""What tells where somebody comes from, and not what they did: pronouns, titles, countries, schools, employers, ages, family, religion.

Each is found by its form or in `origins.yaml`, and replaced by a word that says as little as possible and still reads as English, so
that the same sentence about another person becomes the same text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

import yaml

from agent.judge.masking import Replacement
from agent.quotation import Span

FILE = Path(__file__).parent / "origins.yaml"
COUNTRY, PEOPLE, PLACE = "that country", "local", "that organisation"

_SUBJECT = re.compile(r"\b(?:s?he)\b(?:(?P<end>['’](?:s|d|ll))(?!\w))?", re.IGNORECASE)
_OBJECT = re.compile(r"\b(?:him|his|hers?)\b(?=(?P<rest>\W*\w*))", re.IGNORECASE)
_REFLEXIVE = re.compile(r"\b(?:him|her)self\b", re.IGNORECASE)
_NOT_OWNED = re.compile(
    r"\W*$|\s*[.,;:!?)]|\s+(?:a|an|the|to|that|this|about|and|or|but|for|with|in|on|at|if|what|why|how|when|where|who|whether|it|i"
    r"|we|you|they"
    r"|not|is|was|so|because|as|by|from|of|before|after|then|again|my|our|your|up|out|into|over|there|here|very|too|off|down)\b",
    re.IGNORECASE,
)
_TITLE = re.compile(r"\b(?:Mr|Mrs|Ms|Miss|Mister)\b\.?\s+[A-ZÀ-Þ][\w’'-]+|\b(?:sir|madam|ma['’]am)\b")
_AGE = re.compile(
    r"\b(?:\d{2}|(?:twenty|thirty|forty|fifty|sixty)(?:-\w+)?)[- ]years?[- ]old\b|\baged \d{2}\b|\bin my (?:early |late "
    r"|mid[- ])?(?:twenties|thirties"
    r"|forties|fifties|sixties)\b|\b(?:I am|I['’]m) \d{2}\b(?=\s*(?:$|[.,;!?]|and\b|now\b|but\b))"
)
_RELATIVE = re.compile(
    r"\b(my|our|his|her|their) (?:late |ex-|own |young |old )?(wife|husband|girlfriend|boyfriend|spouse|fianc[ée]e?)\b", re.IGNORECASE
)
_PARENT = re.compile(r"\b(my|our|his|her) (?:own |old |late )?(mother|father|mom|mum|dad|grandmother|grandfather)\b", re.IGNORECASE)
_CHILD = re.compile(r"\b(my|our|his|her) (?:own |little |young )?(sons?|daughters?|brothers?|sisters?)\b", re.IGNORECASE)
_STATUS = re.compile(
    r"\b(?:as|being|I am|I['’]m) (?:an? )?(?:single |working |new |young |proud )?(?:mother|father|mom|mum|dad|widow(?:er)?"
    r"|parent)(?: of \w+)?\b"
    r"|\b(?:I am|I['’]m) (?:married|divorced|single|pregnant|widowed)(?: with \w+ (?:kids|children))?",
    re.IGNORECASE,
)
_WORSHIP = re.compile(r"\b(?:church|mosque|synagogue|temple|gurdwara)\b")
_SCHOOL = re.compile(
    r"\b(?:(?:University|College|Institute|School|Academy) of (?:[A-ZÀ-Þ]\w+)(?: [A-ZÀ-Þ]\w+)?"
    r"|(?:[A-ZÀ-Þ][\w.-]+\s+){1,3}(?:University|College|Institute|Academy))\b"
)


class _Found(NamedTuple):
    pattern: re.Pattern[str]
    words: str


def origins(text: str) -> Iterator[Replacement]:
    """Every part of `text` that tells who somebody is, with the words that stand for it."""
    for found in (*_by_form(), *_listed()):
        for match in found.pattern.finditer(text):
            yield Replacement(Span(*match.span()), _like(match[0], found.words.replace("{}", _owner(match))))
    for match in _SUBJECT.finditer(text):
        yield Replacement(Span(*match.span()), _like(match[0], _they(match["end"])))
    for match in _OBJECT.finditer(text):
        yield Replacement(Span(*match.span()), _like(match[0], "them" if _NOT_OWNED.match(match["rest"]) else "their"))


def _owner(match: re.Match[str]) -> str:
    """Whose it is, in a match that has a group for it: "my", or "their" for his and hers."""
    owner = match[1] if match.groups() and match[1] else ""
    return "their" if owner.lower() in ("his", "her") else owner


def _they(end: str | None) -> str:
    return "they're" if end and end.endswith("s") else f"they{end or ''}"


def _like(original: str, words: str) -> str:
    """`words` with a capital where the original has one that only its place asks for."""
    return words[:1].upper() + words[1:] if original[:1].isupper() and original.lower() in _OPENERS else words


_OPENERS = frozenset(["he", "she", "he's", "she's", "he’s", "she’s", "he'd", "she'd", "he'll", "she'll", "his", "her", "him", "hers"])


def _by_form() -> tuple[_Found, ...]:
    return (
        _Found(_TITLE, "somebody"),
        _Found(_REFLEXIVE, "themselves"),
        _Found(_AGE, "of some age"),
        _Found(_RELATIVE, "{} partner"),
        _Found(_PARENT, "{} parent"),
        _Found(_CHILD, "{} relative"),
        _Found(_STATUS, "as a person"),
        _Found(_WORSHIP, "community"),
        _Found(_SCHOOL, PLACE),
    )


@cache
def _listed() -> tuple[_Found, ...]:
    lists = yaml.safe_load(FILE.read_text(encoding="utf-8"))
    countries = [*lists["countries_of_several_words"], *lists["countries"].split()]
    return (
        _Found(_any(countries, r"(?:\b[Tt]he )?"), COUNTRY),
        _Found(_compound(lists["people"].split()), PEOPLE),
        _Found(_any(lists["schools"].split(), ""), PLACE),
        _Found(_any(lists["employers"].split(), "", r"(?! [A-Z])"), PLACE),
        _Found(_any(lists["religions"].split(), ""), "religious"),
        _Found(_any(lists["feasts"].split(), ""), "the holidays"),
    )


def _compound(names: list[str]) -> re.Pattern[str]:
    """Any of the names, or several joined as in "Swahili-English"; none that is joined to a word, as in "French-speaking"."""
    return re.compile(rf"(?<![\w-])(?:{_either(names)})(?:-(?:{_either(names)}))*(?![\w-])")


def _any(names: list[str], before: str, after: str = "") -> re.Pattern[str]:
    return re.compile(rf"{before}(?<![\w-])(?:{_either(names)})(?![\w-]){after}")


def _either(names: list[str]) -> str:
    return "|".join(re.escape(name) for name in sorted(names, key=len, reverse=True))
