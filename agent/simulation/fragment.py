"""The first clause of a sentence, as somebody says it who leaves out the reason, the figure behind it and the rest."""

from __future__ import annotations

import re

LEAST = 5
"""Words that a fragment has at least."""
CLAUSE = re.compile(r"(?:[,;]|(?<=\w)[.!?])\s+|\s+[–-]\s+|\s+(?=(?:because|so that|which means)\b)")
OPENS = re.compile(
    r"(?:if|when|because|since|before|after|as|until|once|while|unless|although|instead|with|without|for|at|by|in|on|from|during|should|had|"
    r"were)\b",
    re.I,
)
"""How a part of a sentence begins that cannot stand alone."""
ASKS = re.compile(
    r"(?:(?:and|but|so|okay|ok|sorry),? )?(?:since when|what|which|who|whose|how|when|where|why|is|are|was|were|do|does|did|can|could|"
    r"would|will|has|have|had|should|shall|may)\b",
    re.I,
)
HANGS = re.compile(r"\b(?:is|are|was|were|be|that|say|says|means|and|or|like)$", re.I)
"""How a part ends that waits for the next."""
TURNS = re.compile(r"\W*(?:but|not|only|except|unless|though|although|yet|or)\b", re.I)
"""How a rest begins without which the part before it would say something else."""


def fragment(sentence: str) -> str:
    """The shortest beginning of a sentence that says something; the whole where it is of one piece."""
    asks = sentence.endswith("?") and ASKS.match(sentence) is not None
    heads = [sentence[: found.start()] for found in CLAUSE.finditer(sentence) if asks or not TURNS.match(sentence[found.start() :])]
    head = next((head for head in heads if _stands(head, asks=asks)), None)
    return sentence if head is None else f"{head.rstrip(' ,;.!?')}{'?' if asks else '.'}"


def _stands(head: str, *, asks: bool) -> bool:
    """Whether a beginning can stand alone: long enough, not waiting for more, and with a main clause after one that only opens."""
    if len(head.split()) < LEAST or HANGS.search(head) or ":" in head or head.count('"') % 2:
        return False
    return asks or not OPENS.match(head) or CLAUSE.search(head) is not None
