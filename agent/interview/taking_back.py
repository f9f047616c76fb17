"""What takes a concession back in the same breath: 'the name can change. The rule doesn't', 'fine, but …'."""

from __future__ import annotations

import re

from agent.interview.signs import straight

_TURNS = re.compile(
    r"^\W*(?:but|only|except|though|however|half|perhaps|maybe)\b|\?|\b(?:still|yet|missing)\b|\bi (?:mind|asked for|disagree|doubt|"
    r"say no|would(?!n't (?:stand|block|fight)))\b|\bthe same\b|\bto me it|\bmy answer\b|\bi'd (?:like|want|need)\b|\b(?:stays?|"
    r"remains?|is staying)\b|"
    r"\bi'm the one who\b|\bplenty (?:to|of|about)\b|\bthe answer is\b(?! yes)|\b(?:more|less) than\b|\bworse\.$|\bfirst(?=,|\.$| and)",
    re.I,
)
_DENIES = re.compile(r"\b(?:no|not|nobody|none|nothing|never|neither|cannot)\b|n't\b", re.I)
_STILL_YIELDS = re.compile(
    r"\bno (?:more|longer|need|point|reason|hard|objections?|hurry|doubt|rush|grudge|second|fight|arguments?)\b|\blet's not\b|"
    r"\bany ?(?:more|longer)\b|"
    r"\bnot (?:happily|gladly|gracefully|any ?more|any longer|mine|today|with joy|because|going to (?:fight|argue|insist|object|block))\b|"
    r"\b(?:won't|will not|not|n't) (?:(?:be the one|stand|block|fight|object|stop|argue|insist|hear|get in|hold|need|have to|want|mind|"
    r"launch|"
    r"make me|worry|tell|have (?:held|worked|lasted|stood))|(?:what|how|where) i\b|the (?:problem|point|right|other way)\b)|"
    r"\b(?:can't|cannot|couldn't) (?:argue|fault|say no|defend|answer|beat|refuse|think of|hold)\b|\bnothing (?:left|more|to|against)\b|"
    r"\b(?:my|the) (?:\w+ )?no\b|"
    r"\b(?:mine|my (?:version|way|plan|old|number|line|rule|idea|objection)s?)\b[^.!?]*(?:n't|not|nothing|never|no)\b|\bi (?:wasn't|"
    r"didn't)\b|"
    r"\bnot (?:what|how|the way) i (?:wanted|hoped|planned)\b|\bnobody (?:will|is going to) (?:stop|object)",
    re.I,
)
_WHEN = re.compile(r"\b(?:when|where|how soon|what time) (?:do|can|could|will|shall|would) (?:we|you|it|i)\b[^.!?]*\?", re.I)
"""A question of somebody who has agreed: 'when do we start?'."""
_PART = re.compile(r"[,;:–—]|\b(?:and|but)\b")


def takes_back(rest: str) -> bool:
    """Whether what comes after words of agreement denies them, asks, or holds on."""
    plain = _WHEN.sub("", straight(rest))
    return bool(_TURNS.search(plain) or (_DENIES.search(plain) and not _STILL_YIELDS.search(plain)))


def after(sentence: str, end: int) -> str:
    """What a sentence says in another part of it, after the words that end at `end`."""
    part = _PART.search(sentence, end)
    return sentence[part.end() :] if part else ""
