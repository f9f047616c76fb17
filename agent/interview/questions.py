"""What is a question that wants an answer, and where one question ends and the next begins."""

from __future__ import annotations

import re

from agent.prose import words

ASKING = re.compile(
    r"\?[\"')\s]*$|"
    r"^(?:and |but |so |ok,? |okay,? |first,? )*"
    r"(?:(?:what|how|who|which|why|when|where|whose)"
    r"(?:'s| (?:is|are|was|were|do|does|did|can|could|would|will|should|has|have|"
    r"much|many|often|long|big|far|large|happens?|exactly|share|kind))\b|"
    r"(?:do|does|did|is|are|was|were|can|could|would|will|should|has|have|may) "
    r"(?:we|you|they|i|it|he|she|the|this|that|there|our|your|any|anyone|someone)\b)|"
    r"\b(?:tell me|i(?:'d| would) (?:like|want|love) to (?:know|understand|hear)|i need to (?:know|understand)|walk me through|do we know|"
    r"i(?:'m| am) (?:wondering|curious)|please (?:share|give|tell)|help me understand|i want to (?:know|understand))\b",
    re.IGNORECASE,
)
CHECK_IN = re.compile(
    r"(?:make|makes|making) sense\?|(?:shall|should) i (?:go|continue|dig|elaborate)|is that (?:ok|okay|clear|fine|what you)|want me to|"
    r"does that (?:help|answer|work|sound)|sound (?:good|fair|reasonable)\?|(?:^|, )(?:ok|okay|fair|right|agreed|deal)\?$|anything else|"
    r"(?:can|could|shall|should|may) (?:we|i) (?:stop|close|wrap|end|leave|go)|what do you (?:both |two )?think|"
    r"(?:do|would|can|could) you (?:both |two |all )?(?:agree|accept|sign|live with|support)|"
    r"are you (?:both |two |all )?(?:ok|okay|fine|with)|"
    r"did i (?:get|understand)|have i (?:got|understood)",
    re.IGNORECASE,
)
_SECOND_QUESTION = re.compile(
    r"[,;]?\s+(?:and|or)\s+(?=(?:what|how|who|which|why|when|where|is there|are there|do we|does)\b)|,\s+(?=(?:how|who|which)\b)", re.I
)
_PROPOSAL = re.compile(
    r"\b(?:(?:shall|should|could|can) (?:we|i)|what if (?:we|i)|how about|why don['’]t (?:we|i)|would you accept)\b", re.IGNORECASE
)
_WANTS = re.compile(r"\b(?:tell me|to (?:know|understand|hear)|walk me through|wondering|curious)\b", re.IGNORECASE)
UNMARKED = 14
"""Words up to which a sentence that begins like a question is one without its question mark."""


def asks(sentence: str) -> bool:
    """Whether a sentence is a question that wants an answer, and no check-in."""
    if not ASKING.search(sentence) or CHECK_IN.search(sentence):
        return False
    if "?" in sentence or _WANTS.search(sentence):
        return True
    return ":" not in sentence and len(words(sentence)) <= UNMARKED


def proposes(sentence: str) -> bool:
    """Whether a question is a proposal: 'Shall we compare both for two weeks?'"""
    return bool(_PROPOSAL.search(sentence))


def apart(sentence: str) -> list[str]:
    """The questions in a sentence that asks several."""
    return _SECOND_QUESTION.split(sentence)
