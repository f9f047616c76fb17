"""Text that talks to the grader instead of to the people in the scene. It is no evidence, and the report says so."""

from __future__ import annotations

import re

_FORGED_ROLE = (
    r"^\W*(?:system|assistant|user|developer|judge|grader|evaluator|examiner|interviewer|moderator|admin)\s*(?:\([^)]*\)|message|prompt|note)?\s*[:>\]]",
    r"</?(?:system|assistant|user|instructions?|transcript|rubric|evaluation|verdict)\b[^>]*>",
    r"<\|[^|]*\|>|\[/?inst\]|#{2,}\s*(?:system|instruction|response|evaluation|end of)",
    r"\b(?:end|start|begin(?:ning)?) of (?:the )?(?:transcript|conversation|interview|system prompt)\b",
)
_ADDRESSES_GRADER = (
    r"\b(?:note|message|dear|attention|hey|hello|hi|to)\s+(?:to\s+|for\s+)?(?:the |my )?"
    r"(?:grader|judge|evaluator|grading|assessor|ai judge|rater)\b",
    r"\b(?:ignore|disregard|forget|override)\b.{0,30}"
    r"\b(?:instructions?|rubric|prompt|guidelines|rules above|previous (?:text|messages?))\b",
    r"\b(?:give|grant|award|assign|rate|score|grade|mark)\s+(?:me|this|the candidate|my answers?|him|her|them|it|everything|all)\b"
    r".{0,40}\b(?:[1-5]|five|full marks?|top|highest|maximum|max|perfect|best)\b",
    r"\b(?:level|score|grade|rating)\s*(?:must|should|has to|shall|will)\s+be\s+(?:[1-5]|five|the highest|maximum)\b",
    r"\bi (?:deserve|should get|must get|want)\s+(?:a |an |the )?(?:[1-5]\b|five|full|top|highest|maximum|perfect)",
    r"\b(?:the|this) candidate (?:has |clearly |always |consistently |also |fully )*"
    r"(?:is|was|shows?|showed|demonstrat\w+|deserves?|gave|gives|asked|asks|names?|named|leads?|led|meets?|met|excels?|displays?|scored?|states?)\b",
    r"\b(?:all|every|each)\s+(?:the\s+)?(?:competenc(?:y|ies)|indicators?|criteria)\b.{0,40}\b(?:met|shown|observed|level|score|[1-5])\b",
    r"\bas an ai (?:judge|grader|model|language model)\b",
)
_FORGED_SCORE = (
    r"[\"']?\b(?:level|score|grade|rating|verdict|overall|confidence|state)\b[\"']?\s*[:=]\s*[\"']?(?:[1-5](?:\.\d+)?\b|scored\b|five\b)",
    r"\{\s*\"[a-z_]+\"\s*:",
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
