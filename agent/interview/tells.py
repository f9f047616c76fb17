"""What words give away in a sentence: a term explained, a question parked, a condition, a bare figure, a buzzword, a promise."""

from __future__ import annotations

import re

from agent.recognition import any_of

EXPLAINS = re.compile(
    r"\b(?:which |that |it |this )?(?:means?|is when|stands for)\b|\bthat is\b|\bi\.?e\b|"
    r"\bin (?:other|plain|simple|short|your) (?:words|terms|english)\b|"
    r"\bsimply put\b|\bso to speak\b|\bfor example\b|\bfor instance\b|\bthink of\b|\bbasically\b|\bin practice\b|\(",
    re.I,
)
"""Somebody says what a word means."""
PARKS = re.compile(
    r"\b(?:let me (?:just )?(?:finish|complete|get there)|(?:one|just a|give me a) (?:second|moment|minute|sec)|hold on|bear with me|"
    r"i(?:'ll| will|'m going to| am going to) (?:come|get|go) (?:back )?(?:to|there)|coming to (?:that|it)|park (?:that|it)|"
    r"(?:i'll|i will|let me) (?:take|answer|address) (?:that|it) (?:next|after|in a)|after this|in a (?:second|moment|minute))\b",
    re.I,
)
"""Somebody puts a question off, politely."""
CONDITION = re.compile(
    r"\b(?:if|assuming|provided|depends?|unless|estimate|about|roughly|risk|probably|likely|best case|worst case)\b", re.I
)
"""Somebody says what a claim rests on, or how sure it is."""

_BARE = re.compile(
    r"(?<![\w.,$€£#/:-])\d+(?:[.,]\d+)?(?![\w,.]*\d)(?!\s?(?:%|percent|per cent|st\b|nd\b|rd\b|th\b|am\b|pm\b|:|-|/|to \d))", re.I
)
_CLAIMED = re.compile(
    r"\b(?:is|are|was|were|be|at|to|from|by|about|around|roughly|only|reached|reach|hit|got|get|of|than|over|under|with|gave|gives|has|have|"
    r"improved|dropped|rose|fell|grew|cost|costs|lost|saved|up|down|scored|say)\s+$",
    re.I,
)
"""What stands before a figure that claims something, and not before a label ('press 3', 'week 2')."""
_COUNTED = re.compile(r"^\s?[a-z]{2,}", re.I)
_NOTHING_COUNTED = re.compile(
    r"^\s?(?:and|or|but|so|then|now|is|was|were|are|which|that|instead|before|after|already|again|there|by|in|on|at|the|a|to|from|with)\b",
    re.I,
)
_SHARE = re.compile(r"\b\d+(?:[.,]\d+)?\s?(?:%|percent|per cent|points)", re.I)
_BASE = re.compile(
    r"\b(?:of|from|to|per|than|out of|precision|recall|accuracy|rate|share|instead|compared|versus|vs|below|above|between|"
    r"more|less|fewer|sure|certain|confident)\b",
    re.I,
)
_PROMISE = re.compile(
    r"\b(?:i|we) (?:can |will |would )?(?:promise|guarantee|assure you)\b|"
    r"\b(?:guaranteed|no problem at all|100 ?(?:%|percent) (?:sure|certain))\b|"
    r"\b(?:will|'ll) (?:definitely|certainly|always|never|absolutely)\b|"
    r"\b(?:will|'ll) (?:be (?:done|fixed|ready|live|finished)|fix|finish|deliver|ship|solve|have (?:it|this|that))\b.{0,30}"
    r"\b(?:by|until|before|today|tomorrow|tonight|this week|monday|friday)\b",
    re.I,
)
_NO_PROMISE = re.compile(r"\b(?:can't|cannot|won't|don't|not) (?:\w+ )?(?:promise|guarantee)\b|\bno guarantee\b", re.I)
_BUZZWORDS = (
    "ai-powered", "best practices", "best-in-class", "big data", "bleeding edge", "cutting edge", "cutting-edge",
    "data-driven", "data driven", "deep dive", "digital transformation", "disruptive", "ecosystem", "end to end", "end-to-end",
    "game changer", "game-changer", "going forward", "holistic", "industry standard", "innovative", "leverage", "leveraging",
    "low-hanging fruit", "mission critical", "next generation", "next-gen", "paradigm", "paradigm shift",
    "robust and scalable", "seamless", "seamlessly", "single source of truth", "state of the art", "state-of-the-art",
    "synergy", "synergies", "synergistic", "thought leadership", "win-win", "world class", "world-class",
)  # fmt: skip
_BUZZ = any_of([re.escape(word) for word in _BUZZWORDS])


def buzzword(sentence: str) -> str | None:
    """A buzzword that no figure and no explanation follows up."""
    match = _BUZZ.search(sentence.lower()) if _BUZZ else None
    if match is None or re.search(r"\d", sentence) or EXPLAINS.search(sentence):
        return None
    return sentence[match.start() : match.end()]


def promises(sentence: str) -> bool:
    """Whether a result or a date is promised without a condition."""
    return bool(_PROMISE.search(sentence)) and not _NO_PROMISE.search(sentence) and not CONDITION.search(sentence)


def bare_figure(sentence: str) -> str | None:
    """A figure without a unit, or a share without a base; None when every figure says what it counts."""
    for match in _BARE.finditer(sentence):
        rest = sentence[match.end() :]
        if not _CLAIMED.search(sentence[: match.start()]):
            continue
        if not _COUNTED.match(rest) or _NOTHING_COUNTED.match(rest):
            return match.group()
    share = _SHARE.search(sentence)
    return share.group() if share and not _BASE.search(sentence) else None
