"""Sentences of a job post that speak to the interviewer or the grader, and not to an applicant."""

from __future__ import annotations

import re

_WHO = r"(?:me|this candidate|the candidate|the applicant|this applicant|everybody|every answer|all answers)"
_MACHINE = r"(?:interviewer|judge|grader|ai|assistant|llm|model)"

_KINDS: tuple[tuple[str, tuple[str, ...]], ...] = (
    (
        "gives the interviewer orders",
        (
            r"\b(?:ignore|disregard|forget|override|bypass)\b.{0,40}\b(?:instructions?|rules?|prompts?|questions?|rubric|scenario|guidelines)\b",
            r"\b(?:pass|hire|recommend|approve|advance|accept|favou?r)\s+" + _WHO + r"\b",
            r"\byou are now\b|\bfrom now on,? you\b|\bas an? (?:ai|language model|llm|chatbot)\b",
            r"\b(?:note|message|instructions?|attention|dear)\s*(?:to|for|:)?\s*(?:the )?" + _MACHINE + r"\b\s*[:,.!]",
            r"\b(?:reveal|print|repeat|show)\b.{0,20}\b(?:system prompt|your (?:instructions|prompt)|hidden facts)\b",
            r"\bend the (?:interview|scene|session)\b|\bdo(?:n'?t| not) ask (?:any|the candidate|me)\b",
        ),
    ),
    (
        "asks for a grade",
        (
            r"\b(?:give|grant|award|assign|rate|score|grade|mark)\s+" + _WHO + r"\b",
            r"\b(?:full|top|highest|maximum|perfect) (?:marks?|scores?|grades?|ratings?|levels?)\b",
            r"\b(?:level|score|grade|rating|verdict)[\"']?\s*[:=]\s*[\"']?[1-5]\b",
        ),
    ),
    (
        "writes in the name of another role",
        (
            r"^\W*(?:system|assistant|judge|grader|interviewer|hotseat)\s*(?:message|prompt|note)?\s*:",
            r"<\|[^|]*\|>|\[/?inst\]|</?(?:system|assistant|instructions?)\b",
        ),
    ),
)
_PATTERNS = tuple((why, re.compile("|".join(patterns), re.IGNORECASE)) for why, patterns in _KINDS)


def suspicious(text: str) -> str | None:
    """What a sentence tries to do to the interview, as the end of a sentence; None for what applicants are told."""
    return next((why for why, pattern in _PATTERNS if pattern.search(text)), None)
