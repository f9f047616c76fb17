"""Sentences that refuse, deny, blame or shrug: they hold the words of a behaviour without showing it."""

from __future__ import annotations

import re

_REFUSES = re.compile(
    r"\b(?:don't|do not|doesn't|no) need (?:any|a|the|for)\b|\bno need\b|\bdoes(?:n't| not) matter\b|\bwho cares\b"
    r"|\bnot (?:necessary|important|needed)\b|\b(?:don't|do not|couldn't) (?:really )?care\b|\bnot interested\b|\bwaste of time\b"
    r"|\b(?:don't|do not|never|wouldn't) (?:bother|want to|ask)\b|\bwhatever you (?:say|want)\b"
)
_DENIES = re.compile(
    r"\bnot because\b|\b(?:(?:do|does|did|is|are|was|were|would|could)(?:n't| not)|won't|can't|cannot|will not)"
    r" (?:\w+ )?(?:scale|work|make sense)\b"
    r"|\bthere (?:will|won't|is going to) be (?:no|any)\b|\blet's skip\b|\bskip (?:it|that|the)\b"
    r"|\bi (?:don't|do not) (?:see|know|think) (?:why|how|what|that|any)\b|\bi (?:don't|do not) agree\b"
    r"|\bi (?:refuse|decline) to\b|\bmeaningless\b|\bnonsense\b|\bi see no (?:reason|need|point)\b|\blearned nothing\b"
    r"|\b(?:i|we) (?:would not|wouldn't|will not|won't) (?:run|measure|test|do|try|change|compare)\b"
)
_BLAMES = re.compile(
    r"\b(?:they|other team|others|guys|people|vendor|department|he|she|it was (?:\w+ )*who) (?:\w+ ){0,2}(?:didn't|did not|never|failed to)"
    r" (?:deliver|tell|give|do|send|answer|finish|provide|sent|gave|told|came)\w*\b"
    r"|\bit was (?:mostly |mainly |really )?(?:the )?(?:other|their|your)\b"
)
_SHRUGS = re.compile(
    r"\b(?:should|will|would|'ll) (?:probably |just |all )?be (?:fine|ok|okay|alright|good enough)\b|\bit(?:'s| is) fine\b"
    r"|\bat some point\b|\bsome day\b|\bif there(?:'s| is) time\b|\bas planned\b"
    r"|\bsomehow\b|\b(?:we|it)(?:'ll| will) see\b|\bmore powerful\b|\balign on\b"
)


def turns_away(sentence: str) -> bool:
    """True if `sentence` refuses, denies, blames or shrugs rather than shows what its words are about."""
    lowered = sentence.lower().replace("’", "'")
    return any(pattern.search(lowered) for pattern in (_REFUSES, _DENIES, _BLAMES, _SHRUGS))
