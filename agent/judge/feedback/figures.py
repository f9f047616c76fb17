"""Figures in a sentence, with what they count."""

from __future__ import annotations

import re
from collections.abc import Iterator

_UNIT = r"(?:%|percent\b|k\b|ms\b|euros?\b|dollars?\b|seconds?\b|minutes?\b|hours?\b|days?\b|weeks?\b|months?\b)"
_FIGURE = re.compile(
    r"(?<![\w.,:/'’-])(?P<number>[$€£]?\d[\d.,]*\d|[$€£]?\d)(?P<scale>\s?(?:million|billion|thousand)\b)?"
    rf"(?:(?P<unit>\s?{_UNIT})(?P<of>\s(?:of|per|a) [a-z]{{3,}}|\s(?:recall|precision|accuracy|uplift|error))?"
    r"|(?P<noun>\s(?:[a-z]+ )?[a-z]{3,}(?<!s)s)(?P<per>\s(?:per|a) (?:day|week|month|year|night|hour))?)(?![\w:/'’-])"
)
_NO_NOUN = re.compile(
    r"\b(?:shows|means|waits|was|has|is|plus|this|does|goes|comes|gets|times|points|sounds|needs|takes|makes|costs|gives|versus|thus|always"
    r"|keeps|leaves|hides|says|runs|looks|stays|stops"
    r"|and|or|of|in|on|at|the|a|to|are|were|for|from|with|by|that|if|but|so|then|not|we|you|it|they|as|when|since|than|would|will|have)\b"
)
_YEAR = re.compile(r"^(?:19|20)\d\d$")


def figures(sentence: str) -> Iterator[str]:
    """Figures with what they count."""
    for match in _FIGURE.finditer(sentence):
        if not _YEAR.match(match["number"]) and not _NO_NOUN.search(match["noun"] or ""):
            yield match.group().strip()
