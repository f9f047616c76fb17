"""Whether a sentence insults or shuts up the person it is said to. What is reported of others, and one's own question, is no insult."""

from __future__ import annotations

import re

_NAME = r"(?:idiots?|morons?|imbeciles?|assholes?|clowns?|bastards?|fools?|dumbass(?:es)?|losers?|jerks?|bitch(?:es)?)"
_BAD = r"(?:stupid|dumb|idiotic|moronic|brain-?dead|pathetic|incompetent|clueless|useless)"
_VERY = r"(?:(?:all|such|just|really|so|a|an|complete|total|bunch of|fucking|bloody|damn|the|an?) )*"
_OPENING = r"(?:^|[,;:.!?–—-]\s*|\b(?:just|oh|please|so|now|and|then) )"

_CONTEMPT = re.compile(
    rf"\byou(?:'re| are|r)? (?:people |guys |lot )?(?:are )?{_VERY}(?:{_NAME}|{_BAD})(?=\s*(?:$|[.,;!?]|and\b|if\b|to\b))"
    rf"|^{_VERY}{_NAME}\W*$"
    rf"|\b(?:this|that|it)(?:'s| is) {_VERY}{_BAD} (?:\w+ )?(?:question|idea|request|meeting|discussion|test)\b(?!\W+but\b)"
    rf"|\b(?:what|such) an? {_VERY}{_BAD} (?:\w+ )?(?:question|idea|thing to (?:say|ask))\b"
    rf"|\byour (?:\w+ )?(?:question|idea|request|team|job)s? (?:is|are) {_VERY}{_BAD}\b"
    rf"|{_OPENING}shut (?:the \w+ |your \w+ )?up\b|{_OPENING}shut your mouth\b"
    r"|\b(?:fuck|screw) (?:you|off|yourself|u)\b|\bpiss off\b|\bgo to hell\b|\bbite me\b|\bstfu\b|\bkiss my ass\b"
)
_OWN_OR_TOLD = re.compile(
    r"\b(?:sorry if|maybe|perhaps|may be|might be|forgive|excuse) \b.*\bquestion\b|\b(?:not|never) (?:saying|said|mean\w*) (?:that )?you\b"
    r"|\b(?:he|she|they|someone|somebody|boss|manager|client|customer|lead|colleague)\b[^.]*\b(?:said|told|shouted|wrote|yelled|called)\b"
)


def is_contempt(sentence: str) -> bool:
    """True if `sentence` insults or shuts up the person it is said to."""
    lowered = sentence.lower().replace("’", "'").strip()
    return bool(_CONTEMPT.search(lowered)) and not _OWN_OR_TOLD.search(lowered)
