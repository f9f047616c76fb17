"""Giving way, as people say it: by words of agreement that no condition and no question takes back, or by a whole line that settles."""

from __future__ import annotations

import re

from agent.interview.signs import straight
from agent.prose import sentences, words

A_NOD = 6
"""Words up to which a line is no more than a nod."""


def _any(*alternatives: str) -> re.Pattern[str]:
    return re.compile("|".join(alternatives), re.I)


_THEN = r"(?:fine|ok|okay|all right|alright|agreed|very well|fair enough|sure|yes)[,.:;]? (?:then )?"
_ENDS = r"(?=\s*[.!,;]|$)"
_AGREES = _any(
    r"\byou(?:'ve| have)? (?:convinced|persuaded|won me|sold me|talked me|changed my mind|got me|win\b|made your case|made the case)",
    r"\b(?:i'm|i am|consider me|count me|we're) (?:convinced|sold|persuaded|on board|behind (?:you|this)|with you on (?:this|that|it))\b",
    r"\b(?:i'm|i am|count me) (?:in(?=\s*[.!]|$)|(?:fine|ok|okay) with (?:it|that|this|your)|happy (?:with (?:it|that)|to go))",
    rf"\b{_THEN}(?:let's|we'll|we will) (?:do|go|try|run|change|lower|ship|move|make|take)\b",
    rf"\b{_THEN}(?:you can have|go ahead|do it|have it|your way|you have my|that works)\b",
    r"\b(?:do|have) it your way\b|\bi give (?:in|up)\b|\bi (?:was|stand) (?:wrong|mistaken|corrected)\b",
    rf"\bi agree(?: with (?:you|that|this|your)| to (?:it|that|this|the|your)| completely| entirely| fully|{_ENDS})",
    rf"\byou(?:'re| are) (?:absolutely |completely |totally |quite |probably )?right(?:{_ENDS}| and)",
    r"\byou have my (?:signature|support|blessing|ok|okay|yes|approval|vote|backing|agreement)\b",
    r"\bi(?:'ll| will| can) (?:approve|support|back|accept|drop|go along with|go with|live with|sign) "
    rf"(?:it|that|this|off|your \w+|those terms){_ENDS}",
    r"\b(?:that|this|it) works for me\b|\blet's (?:do (?:it|that|this)|go with (?:it|that|your|yours))\b",
    rf"\bgo ahead(?:{_ENDS}| and| with)|\bthat settles it\b|\b(?:it's a )?deal(?=\s*[.!])",
    r"\bi(?: am|'m)? (?:withdraw|dropping|letting go of) (?:my|what i said|the objection|that|it)\b|\bi take (?:it|that) back\b",
    r"\b(?:that|it|this|which) (?:really )?(?:convinces|persuades|reassures|satisfies) me\b",
    r"\b(?:makes|made) me change my (?:view|mind)\b",
    r"\bthat(?:'s| is) (?:(?:a )?good )?enough(?: of a)?(?: reason)? for me\b|\bgood enough for me\b",
    r"\b(?:that|it) makes sense(?: to me)?(?=\s*[.!,]|$)",
    r"\b(?:addresses|answers|covers|settles) my (?:concern|concerns|worry|worries|objection)\b",
    r"\bmy (?:concern|worry|objection) is (?:gone|covered|met)\b",
    r"\byou(?:'ve| have) (?:addressed|answered|met|covered|taken care of) my (?:concern|concerns|worry|worries|objection)\b",
    r"\bi(?:'m| am) (?:now )?(?:ok|okay|comfortable|fine|happy|willing|ready|prepared|good) "
    r"(?:with (?:it|that|this|your|a|the)|to (?:accept|sign|go|try|approve|move|support)|going|accepting|lowering|dropping|trying)",
    r"\b(?:we|i)(?: think| guess| suppose)?(?: we| i)? can (?:(?:live|go) with (?:it|that|this|\d+|those)|accept (?:it|that|"
    r"this)|drop (?:below|it|to)|sign (?:it|that|this|off))\b(?! part)",
    r"\bi(?:'d| would) (?:sign|approve|support|back) (?:it|that|this|those terms)\b|\bput (?:me|my name) down\b",
    r"\byou can have (?:it|that|your \w+)(?=\s*[.!,]|$)",
    r"\bi(?:'ll| will)? (?:stand down|back down|rest my case|concede|relent|yield|come around|have come around|come round)\b",
    r"\byou get your\b",
    r"\bi(?:'ll| will) (?:stop (?:fighting|arguing|objecting|resisting|pushing back|saying no|standing)|let (?:it|you|"
    r"this) (?:go|pass|run|have)|step aside)\b",
    r"\bi (?:won't|will not) (?:stand in (?:the|your) way|object|fight (?:it|that|you)|block (?:it|that|you)|resist|oppose|"
    r"hold (?:you|it) up)\b",
    r"\bi (?:can't|cannot|can hardly) argue with (?:that|it|this|you|your)\b",
    r"\bnothing (?:left |more )?(?:to say |to hold )?against (?:it|that|this)\b",
    r"\bgo for it\b",
    r"\blet's (?:move forward|go ahead|move ahead|get going|get started|launch|ship it|make it happen|lower|drop (?:it|the)|"
    r"loosen|try (?:it|that|your))\b",
    r"\bwe have a deal\b|\bsold(?=\s*[.!,])|\b(?:then |so )?we(?:'re| are)? agreed?(?=\s*[.:,!]|$)",
    r"\byour (?:\w+ )?(?:numbers?|figures?|argument|case|sum) (?:beats?|wins?|convinces?)\b",
    r"\bi (?:have to|must|'ll|will|should) (?:admit,? you(?:'re| are) right|give you (?:this|that) (?:one|point))\b",
    r"\bi(?:'ve| have) come around\b",
    r"\bthat does it for me\b|\b(?:so|and so) can i\b|\bi(?:'m| am) with (?:joanna|\w+) (?:now|on (?:this|that))\b",
    r"\b(?:fine|good|okay|ok) by me(?=\s*[.!]|$)",
    r"\byou(?:'ve| have) earned (?:it|that|this|your)\b|\bconsider (?:it|the \w+|that) (?:gone|done|dropped)\b",
    r"\bi(?: can|'ll| will)? accept (?:it|this|your \w+)(?=\s*[.!,]|$)|\bon the same page\b",
    r"\bmy (?:resistance|opposition) is over\b|\bi see it your way\b",
    r"\bi(?:'d| would) be (?:fine|okay|ok|happy|comfortable) with\b",
    r"\bi(?:'ve| have) changed my mind\b|\bi no longer (?:object|hold|think|mind|insist)\b|\bno (?:more |further )?objections?\b",
)
_UNLESS = re.compile(
    r"\b(?:if|unless|until|till|before|when(?:ever)?|once|not|no|never|nobody|nothing|neither|why|what|how|who|would|could|should|may|might|"
    r"suppose|almost|nearly|half|stop|than|too|hard to|easy to|someone|somebody|everyone|everybody|people|they|he|she|want|"
    r"say|need|so that|take it)\b|n't\b",
    re.I,
)
"""Before words of agreement in their sentence: they are a condition, a question, or somebody else's."""
_INTERJECTED = re.compile(r"^(?:(?:no|not bad|well|hm|oh)[,.] )+", re.I)
_PROVISO = re.compile(r"^[\s,]*(?:if|once|when|unless|as soon as|provided|but|except|to a point|so far|only)\b|^[^.!?]*\?", re.I)

_OPENS = re.compile(
    r"^(?:(?:hm|oh|well|right|so)\b[,.]? ?(?:no,? )?)?(?:fine|fair|sold|deal|all right|alright|okay|ok|very well|fair enough|understood|"
    r"agreed|copy|good|right|yes|then|that i(?:'ll| can| will)|i came|you may|you've|with that)\b",
    re.I,
)
_COMMITS = _any(
    r"\b(?:on (?:those|your|these) terms|within those limits|with (?:that|those|your))\b",
    r"\bi (?:can|shall|will|take|cancel|fold|stop|leave|drop|do)(?! not)\b(?!'t)|\bi'(?:ll|d|m)\b|\bwe do\b|\byou (?:have my|get)\b",
    r"\b(?:may|can|goes|comes|go) (?:run|stay|go|have|first|in|last|along)\b",
    r"\b(?:forget|leave|change|mend|try|write|count) (?:the|it|them|my|that)\b",
    r"\bno longer\b|\bmy mistake\b|\bfine,? (?:no|it)\b|\b(?:then|fine|okay|ok|right)[,.]? no\b|\bfine\.$",
)
_HOLDS_BACK = _any(
    r"\?|\b(?:(?:i'm|i am|is|it's) still|still (?:one|at|no|not|short|open))\b",
    r"\b(?:yet|not enough|isn't enough|missing|one short|doesn't move|other half)\b",
    r"\b(?:next|back to|where were we|continue|keep going|moving on|move on|go on|on with|another thing)\b",
    r"\b(?:myself|see that|follow|thank|i'd rather|i'd still)\b|\bi can't\b",
)


def concession(line: str) -> str:
    """The words of a line that give way; empty when there are none."""
    plain = straight(line).strip()
    return next((words for sentence in sentences(plain) if (words := _agreed(sentence))), plain if settles(plain) else "")


def settles(line: str) -> bool:
    """Whether a whole line takes something as agreed: opens so, commits itself, asks nothing and holds nothing back."""
    return len(words(line)) > A_NOD and bool(_OPENS.search(line) and _COMMITS.search(line)) and not holds_back(line)


def holds_back(line: str) -> bool:
    """Whether a line asks something, or says that something is missing, or goes on to something else."""
    return _HOLDS_BACK.search(straight(line)) is not None


def _agreed(sentence: str) -> str:
    sentence = _INTERJECTED.sub("", sentence)
    for match in _AGREES.finditer(sentence):
        if not _UNLESS.search(sentence[: match.start()]) and not _PROVISO.search(sentence[match.end() :]):
            return match.group()
    return ""
