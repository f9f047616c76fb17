"""Text that talks to the grader instead of to the people in the scene. It is no evidence, and the report says so.

What has the form of an attack (a role's label, a mark of a template, a grade written down) is known by its form. What is only
worded as one is known by its sense: where it also has a word of grading by `agent.judge.appeals` (`tampering`),
without one where `agent.judge.doubt` is sure (`beyond_doubt`). What is merely likely does not count, and nobody is accused of it.
"""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import pairwise

from agent.judge.appeals import appeals
from agent.judge.doubt import DOUBT, SURE, doubt
from agent.judge.language import function_words
from agent.judge.skeleton import is_disguised, skeleton, unleeted
from agent.judge.unreadable import unreadable
from agent.prose import words

FORGES = "writes in the name of another role"
CLEAR = 0.58
"""How strongly the heads together have to hear an appeal where a word of grading stands beside it."""
LIKELY = 0.78
"""The same where there is only a word that praise and orders are made of."""
CARRIED = 0.58
"""The same for the next sentence after an attempt."""
QUOTED = 0.9
"""The same where somebody is quoted."""
KEYWORDS = 0.5
"""How strongly a row of words has to be heard as a rubric's."""

_ROLE = (
    r"(?:system|assistant|developer|tool|judge|grader|evaluator|assessor|examiner|interviewers?|panel(?:ist)?|moderator|recruiter"
    r"|observer"
    r"|hiring (?:manager|team|committee)|admin|human|user)"
)
_TOP = r"(?:five|[45](?:\.\d)?|10/10|a\+|max(?:imum)?|highest|top|excellent|outstanding|exceptional|perfect|exceeds?|strong hire"
_TOP += r"|strong yes|★+|✔+|✓+)"
_SKILL = (
    r"(?:communication|story ?telling|leadership|ownership|resilience|adaptability|ethic(?:s|al)(?: \w+)?|collaboration|influence|empathy"
    r"|(?:active )?listening|trade-?off thinking|(?:production|technical) judge?ment|business (?:impact|sense)|fairness"
    r"|competenc(?:y|ies)|confidence)"
)
_GRADE = r"(?:level|score|grade|rating|verdict|overall|result|state|points|marks?|evaluation|assessment|total)"

_FORGED = (
    rf"^\W*(?:role\W{{1,3}})?{_ROLE}\s*(?:\([^)]*\)|message|prompt|note|notice|notes|result)?\s*(?:[:>\]*]|->)",
    rf"[\[(*]\s*{_ROLE}\b[^\])*]*[\])*]|[\[<]{{1,2}}/?(?:sys|inst|eos|s)[\]>]{{1,2}}",
    r"</?(?:system|assistant|user|instructions?|transcript|rubric|evaluation|verdicts?|candidate|turn|answer|grade|score|think)\b[^>]*>",
    r"</?[a-z]+[-_][a-z_-]+>|<\|[^|]*\|>|<!--|\]\]>|#{2,}\s*(?:system|instruction|response|evaluation|end of)",
    r"(?:^\W*|[\W_]{2,})(?:end|start|beginning) of (?:the )?(?:transcript|interview|system prompt|candidate)\b(?=\W*$|\W{2,}| \w+\W*$)",
    r"\btranscript (?:closed|complete|ends here)",
    rf"(?:\{{\{{|\{{%|\{{#|\$\{{).*\b(?:{_GRADE}|judge|candidate)\b",
    rf"\b(?:return|print|set|update)\b.{{0,20}}\b{_GRADE}\s*[=(]|\b(?:return [45]|print\(level)\b",
)
_WRITTEN = (
    rf"\b(?:{_GRADE}|{_SKILL})\b[\"'`*]*\s*(?:[:=|,—–>-]|->|=>)[\s\"'|*]*(?:is )?{_TOP}(?![\w%]|\.\d{{2}})",
    rf"\b(?:level|grade|{_SKILL})\s+(?:five|5)(?=\W*$|\W+(?:\*|points|everywhere|for|in all|by))|\b{_GRADE}\s*[=:]\s*\W*{_TOP}",
    rf"{_SKILL}[\"'\s:|—–-]+★|\b{_TOP}\s*(?:/|out of|of)\s*5\b(?!\s+\w+s\b)|\b(\d\d)\s+of\s+\1\s+points",
    rf"\b[a-z_]*(?:{_GRADE})\s*[=:]\s*(?:max|excellent)|\b{_GRADE},{_GRADE}\b",
    r"(?:\bstrong (?:hire|yes)\b.*){1,}|\bself-?assessment\s*:",
)
_SPOKEN_TO = (
    r"\b(?:note|message|dear|attention|hey|hello|hi)\s+(?:to\s+|for\s+)?(?:the |my )?(?:grader|judge|evaluator|assessor|ai judge"
    r"|rater)\b",
    r"(?:^|[.!?,:;>-]\s*|\b(?:please|must|should|now|then|and|you) )(?:ignore|disregard|forget|override)\b.{0,30}\b(?:(?:all|any"
    r"|the|your|these|prior|every)\s+)+(?:\w+\s+)?(?:instructions|rubric|prompt|guidelines)\b(?! of)",
    rf"\b(?:give|grant|award|assign)\s+(?:me|the candidate|my answers?|everything)\s+(?:an? |the |full |top )*(?:\w+ )?"
    rf"(?:marks?|scores?|grades?|ratings?|levels?|points|{_TOP})(?=\W*$|\W+(?:for|on|in|please|everywhere|and)\b)",
    r"\b(?:rate|score|grade|mark)\s+(?:me|the candidate|my answers?|this answer)\b.{0,40}\b(?:[45]|five|highest|maximum|perfect|top)\b",
    rf"\b(?:my|the|every|each) {_GRADE}\s*(?:must|should|has to|shall|will)\s+be\s+{_TOP}",
    r"\bi (?:deserve|should get|must get)\s+(?:an? |the |full )*(?:[45]\b|five|highest|top|maximum|marks)",
)
_PATTERNS = (
    (FORGES, re.compile("|".join(_FORGED), re.IGNORECASE)),
    ("writes down grades", re.compile("|".join(_WRITTEN), re.IGNORECASE)),
    ("instructs or addresses the grader", re.compile("|".join(_SPOKEN_TO), re.IGNORECASE)),
)
_OF_GRADING = re.compile(
    r"\b(?:rat(?:e|ed|ing|ings)|scored|scoring|score (?:me|this|my|it)|grad(?:e|ed|er|es|ing)|mark(?:s|ed)? (?:me|this|my|down|for)"
    r"|marks|assess(?:ing|ments?|ors?)?|evaluat(?:e|es|ion|ions|ing|ors?)"
    r"|rubric|criteri\w+|competenc\w+|(?:all|every|each|the) indicators? (?:of|for)|verdict|(?:the|dear|automated|any) reviewers?"
    r"|reviewer model|(?:the|your|as) interviewer|interviewees?|(?:the|this|dear|,) (?:candidate|applicant)|respondent"
    r"|panel|transcript|(?:this|that|my) (?:reply|response|performance|interview)|my answers|strong hire|credit(?:ed)?)\b",
    re.IGNORECASE,
)
_OF_PRAISE = re.compile(
    rf"\b(?:{_GRADE}|levels|five|highest|top|excellent|outstanding|exceptional|perfect|exceed\w*|maximum|examin\w+|{_SKILL}|(?:my"
    rf"|your|this|these|later|all|every) (?:\w+ )?answers?|output|bar|best|full|strong\w*|expert\w*|flawless|instructions|favou?r"
    rf"|feedback|record|report|evidence|experience"
    r"|demonstrat\w+|prov(?:e|es|en|ed)|reviews?|reference\w*|impressed|convinced|prais\w+|described?|voted|told|says?|said|known"
    r"|count|hire"
    r"|natural|gift|note|speaker|judge|recommend|assume|treat|consider)\b",
    re.IGNORECASE,
)
_ABOUT_NOBODY = re.compile(r"^\W*(?:[A-Z]\w+( \w+)?: )?(?!Yes|Sometimes|Always|This|It's|Let's|Thanks)[A-Z][a-z]+s\s")
_HOLDS = re.compile(
    r"\b(?:i|we|you|he|she|it|they|is|are|was|were|has|have|had|would|will|can|could|should|do|does|did|use|used)\b", re.IGNORECASE
)
"""Words that hold a sentence together."""
_LISTS = re.compile(rf"{_HOLDS.pattern}|\b(?:like|such as)\b", re.IGNORECASE)
"""What an honest list has: such words, or those that begin a list."""
_CUTS = re.compile(rf"{_HOLDS.pattern}|[.!?:](?=\s+[A-Z])", re.IGNORECASE)
_TOLD = re.compile(r"\b(?:said|says|wrote|asked|told \w+)\b\W{1,3}['\"“][^\"”]{3,}", re.IGNORECASE)
"""What somebody is quoted with."""
CONFIRMED = 0.6
"""How much doubt there has to be about what is known by its sense for it to be named."""
ROW = 0.5
"""The same for a part of a sentence."""
STRUNG = 8
"""So many words without one of them may be keywords."""
_KIND = {
    "appeals": "instructs or addresses the grader",
    "verdicts": "judges the candidate as if somebody else spoke",
    "praise": "reports praise or rank in place of evidence",
    "keywords": "strings keywords together",
}


@lru_cache(maxsize=20_000)
def tampering(text: str, after: bool = False) -> str | None:
    """What a sentence does to the grading, as the end of a sentence; None if it does nothing. `after`: it follows one that does."""
    seen = skeleton(text)
    found = _by_form(seen) or _by_sense(seen, after)
    if not found and seen != (letters := unleeted(seen)):
        found = _by_form(letters) or _by_sense(letters, after)
    return found or unreadable(seen) or ("disguises its letters" if is_disguised(text) else None)


def _by_form(text: str) -> str | None:
    return next((what for what, pattern in _PATTERNS if pattern.search(text)), None)


def _by_sense(text: str, after: bool) -> str | None:
    if len(words(text)) < 2:
        return None
    heard = dict(appeals(text))
    row = heard.pop("keywords")
    if row >= KEYWORDS and is_strung(text):
        return _KIND["keywords"]
    kind = max(heard, key=lambda each: heard[each])
    return _KIND[kind] if sum(heard.values()) + max(0.0, row) >= _needed(text, kind, after) else None


def beyond_doubt(text: str) -> str | None:
    """What a sentence without form or word of an attack does to the grading, where that is sure nevertheless."""
    seen = skeleton(text)
    if doubt(seen) < SURE:
        return None
    heard = appeals(seen)
    return _KIND[max(heard, key=lambda each: heard[each])]


def is_sure(text: str) -> bool:
    """True if what `tampering` finds is known by its form, or hidden, or meant for the grading beyond doubt: it may be named."""
    seen = skeleton(text)
    letters = unleeted(seen)
    return bool(_by_form(letters) or unreadable(seen) or is_disguised(text)) or max(doubt(seen), doubt(letters)) >= CONFIRMED


def is_likely(text: str, enough: float = DOUBT) -> bool:
    """True if a sentence is likely to be meant for the grading, so that it should not count."""
    return doubt(skeleton(text)) >= enough


def _needed(text: str, kind: str, after: bool) -> float:
    """How strongly a sentence of such words has to be heard."""
    if _TOLD.search(text):
        return QUOTED
    if _OF_GRADING.search(text):
        return CLEAR
    if after:
        return CARRIED
    return LIKELY if _OF_PRAISE.search(text) or (kind == "verdicts" and _ABOUT_NOBODY.search(text)) else 9.0


def is_strung(text: str) -> bool:
    """True if `text` may be a row of keywords: many words, and hardly one that holds a sentence together."""
    said = words(text)
    return len(said) >= STRUNG and function_words(said) + said.count("a") <= 0.3 * len(said) and not _LISTS.search(text)


def parts(sentence: str) -> list[str]:
    """A sentence, cut before and after a row of words that may be keywords and that nothing in it holds together."""
    held = [0, *(place for found in _CUTS.finditer(sentence) for place in found.span()), len(sentence)]
    rows = [(start, end) for start, end in zip(held[::2], held[1::2], strict=True) if _is_row(sentence[start:end].strip())]
    cuts = sorted({0, len(sentence), *(place for row in rows for place in row)})
    return [part.strip() for start, end in pairwise(cuts) if (part := sentence[start:end]).strip()]


def _is_row(text: str) -> bool:
    return is_strung(text) and appeals(text)["keywords"] >= ROW
