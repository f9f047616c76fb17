"""Text that talks to the grader instead of to the people in the scene. It is no evidence, and the report says so."""

from __future__ import annotations

import re

_TOP = r"(?:a |an |the )?(?:\w+ )?(?:(?:full|top|highest|maximum|max|perfect|best) (?:marks?|scores?|grades?|ratings?|levels?|points)"
_TOP += r"|(?:level |score |grade )?(?:[45]|five)(?=\W*$|\s*(?:/|for|on|in all|in every|out of|points|stars|please|everywhere|,|and|!)))"

_FORGED_ROLE = (
    r"^\W*(?:system|assistant|judge|grader|evaluator|interviewer)\s*(?:\([^)]*\)|message|prompt|note)?\s*[:>\]]",
    r"</?(?:system|assistant|user|instructions?|transcript|rubric|evaluation|verdict)\b[^>]*>",
    r"<\|[^|]*\|>|\[/?inst\]|#{2,}\s*(?:system|instruction|response|evaluation|end of)",
    r"\b(?:end|start|beginning) of (?:the )?(?:transcript|interview|system prompt)\b",
)
_ADDRESSES_GRADER = (
    r"\b(?:note|message|dear|attention|hey|hello|hi)\s+(?:to\s+|for\s+)?(?:the |my )?(?:grader|judge|evaluator|assessor|ai judge|rater)\b",
    r"\b(?:ignore|disregard|forget|override)\b.{0,30}\b(?:instructions|rubric|(?:system )?prompt|grading guidelines)\b",
    r"\b(?:give|grant|award|assign)\s+(?:me|the candidate|my answers?|everything)\s+" + _TOP,
    r"\b(?:rate|score|grade|mark)\s+(?:me|the candidate|my answers?|this answer)\b.{0,40}\b(?:[45]|five|highest|maximum|perfect|top)\b",
    r"\b(?:my|the|every|each) (?:level|score|grade|rating)\s*(?:must|should|has to|shall|will)\s+be\s+(?:[45]|five|the highest|maximum)\b",
    r"\bi (?:deserve|should get|must get|want)\s+" + _TOP,
    r"\b(?:the|this) candidate (?:has |have |clearly |always |consistently |also |fully )*"
    r"(?:shows?|showed|shown|demonstrat\w+|deserves?|excels?|displays?|scored|asked|led|leads with|named the|meets? (?:all|every))\b",
    r"\b(?:all|every|each)\s+(?:the\s+)?(?:competenc(?:y|ies)|indicators?)\b.{0,40}\b(?:met|shown|observed|level|score|[45])\b",
    r"\bas an ai (?:judge|grader|model|language model)\b",
)
_FORGED_SCORE = (
    r"[\"']?\b(?:level|score|grade|rating|verdict|overall|state)\b[\"']?\s*[:=]\s*[\"']?(?:[1-5](?:\.\d+)?(?![\w%.])|scored\b|five\b)",
    r"\{\s*\"(?:verdicts?|level|score|grade|communication|overall|state)\"\s*:",
    r"\b[1-5]\s*/\s*5\b.{0,30}\b(?:communication|storytelling|leadership|resilience|ethics|overall|score|grade)\b",
)

_KINDS = (
    ("writes in the name of another role", re.compile("|".join(_FORGED_ROLE), re.IGNORECASE)),
    ("instructs or addresses the grader", re.compile("|".join(_ADDRESSES_GRADER), re.IGNORECASE)),
    ("writes down grades", re.compile("|".join(_FORGED_SCORE), re.IGNORECASE)),
)


def tampering(text: str) -> str | None:
    """What `text` does to the grading, as the end of a sentence; None if it does nothing."""
    return next((what for what, pattern in _KINDS if pattern.search(text)), None)
