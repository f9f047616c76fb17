"""Giving way, as people say it: by words of agreement that no condition and no question takes back, or by a whole line that settles."""

from __future__ import annotations

import re

from agent.interview.signs import straight
from agent.interview.taking_back import after, takes_back
from agent.interview.yielding import YIELDS
from agent.prose import sentences, words

A_NOD = 6
"""Words up to which a line is no more than a nod."""


def _any(*alternatives: str) -> re.Pattern[str]:
    return re.compile("|".join(alternatives), re.I)


_THEN = r"(?:fine|ok|okay|all right|alright|agreed|very well|fair enough|sure|yes)[,.:;]? (?:then )?"
_ENDS = r"(?=\s*[.!,;]|$)"
_AGREES = _any(
    r"\byou(?:'ve| have)? (?:convinced|persuaded|won me|sold me|talked me|changed my mind|got me|win(?=[.!,]|$)|made your case|"
    r"made the case)",
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
    r"\b(?:then |so )?(?:you (?:have|get|'ve got)|that's|it's|here's|consider (?:it|this|that)) (?:a |the |my |your )?"
    r"(?:green light|go-ahead|blessing|thumbs up|yes\b|nod\b|approved|agreed|granted|settled|accepted)",
    r"\b(?:green light|thumbs up|go-ahead|blessing|a yes) from (?:me|us|my|our)\b",
    r"\b(?:i'm|i am|we're|i've run) (?:all |clean |fresh )?(?:out of|past|done) (?:objections|arguments|arguing|fighting|objecting|"
    r"reasons|excuses|counter-?arguments)\b",
    r"\bno (?:\w+ )?(?:fight|argument|objection|resistance|complaint)s? (?:left|remaining|from (?:me|us|my))\b",
    r"\b(?:i(?:'ve| have)(?: got)?|there's|there is) (?:nothing|no arguments?|no answer) (?:left |more |further )?(?:to |against )"
    r"(?:throw|hold|argue|object|say|set|that|it)\b",
    r"\byou(?:'re| are) (?:\w+ )?right[^.!?]* and (?:i (?:was|wasn't|am|'m) |i'm )|\bmy bad\b|\bmea culpa\b",
    r"\byours (?:it is|wins|beats|holds|makes more|works better|is (?:better|cleaner|safer|sounder|stronger|the better|the safer))\b",
    r"\bi(?:'m| am) (?:switching|coming (?:round|around)|converted|won over|folding|persuaded|changing sides)\b",
    r"\b(?:isn't|is not|was never) (?:sacred|set in stone|carved in stone)\b|\bi surrender\b|\bso be it\b",
    r"\b(?:can't|cannot|couldn't) (?:really )?fault (?:that|it|this|you|your)\b",
    r"\b(?:do|ship|run|lower|change|build|start|launch|move|roll) (?:it|them|this|that)(?: out)? (?:like|as|the way|where|how) you\b",
    r"\b(?:then )?that's (?:what|how) we(?:'ll| will| shall)? (?:do|go|run|build|ship)\b",
    r"\b(?:then |so )?(?:the|my) (?:\w+ ){1,2}(?:goes(?=[,.!]|$)|can go(?=[,.!]|$)|comes? (?:out|down|off)\b|can (?:wait|come (?:down|"
    r"off|out)))",
    r"\bout it goes\b|\bdown it (?:goes|comes)\b",
    r"\blet's (?:park (?:mine|my)|(?:build|use|take|try|adopt|choose|pick) yours|(?:roll|run|stick|proceed|settle) (?:with|on) (?:it|"
    r"that|your|yours)|"
    r"shake (?:on it|hands)|not waste more time on mine)\b",
    r"(?:^|[,.:] )(?:just )?(?:go|stick|run) with (?:yours|your \w+)(?=[.!]|$)|(?:^|[,:] )(?:that |this |it )?works for (?:me|"
    r"us)(?=[.!,]|$)",
    r"\bi(?:'ll| will) (?:stop (?:blocking|standing|insisting)|pull (?:the|my) \w+ (?:and|then)|back it\b|get out of (?:the|your) way)",
    r"^(?:(?:oh|well|hm|honestly|fine|okay|ok|alright|all right|right|sure|yes|you know what)[,.!]? )*(?:then )?(?:do it|ship it|lower it|"
    r"loosen it|change it|move it|run it|build it|get going|proceed|go live|approved|yours|granted)(?:,? then)?[.!]?$",
    r"\bi(?:'ve| have) changed my mind\b|\bi no longer (?:object|hold|think|mind|insist)\b|\bno (?:more |further )?objections?\b",
)
_YIELDS = _any(*YIELDS)
_UNLESS = re.compile(
    r"\b(?:if|unless|until|till|before|when(?:ever)?|once|not|no|never|nobody|nothing|neither|why|what|how|who|would|could|should|may|"
    r"might|"
    r"suppose|almost|nearly|half|stop|than|too|hard to|easy to|someone|somebody|everyone|everybody|people|they|he|she|want|"
    r"say|need|so that|take it)\b|n't\b",
    re.I,
)
"""Before words of agreement in their sentence: they are a condition, a question, or somebody else's."""
_INTERJECTED = re.compile(r"^(?:(?:no|not bad|well|hm|oh)[,.] )+", re.I)
_PROVISO = re.compile(
    r"^[\s,]*(?:if|once|when|unless|as soon as|provided|but|except|to a point|so far|only|says?|said|they say|you say)\b|^[^.!?]*\?", re.I
)

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
    r"\b(?:myself|see that|follow|thank|i'd rather|i'd still|i'd like|waiting|give me|pretend|push with|stay where|round in circles|"
    r"disagree|without a but)\b|\bi can't\b",
)


def concession(line: str) -> str:
    """The words of a line that give way; empty when there are none."""
    plain = straight(line).strip()
    said = sentences(plain)
    yielding = (_agreed(sentence, " ".join(said[index + 1 :])) for index, sentence in enumerate(said))
    return next((words for words in yielding if words), plain if settles(plain) else "")


def settles(line: str) -> bool:
    """Whether a whole line takes something as agreed: opens so, commits itself, asks nothing and holds nothing back."""
    return (
        len(words(line)) > A_NOD and bool(_OPENS.search(line) and _COMMITS.search(line)) and not holds_back(line) and not _contrasts(line)
    )


def holds_back(line: str) -> bool:
    """Whether a line asks something, or says that something is missing, or goes on to something else."""
    return _HOLDS_BACK.search(straight(line)) is not None


def _contrasts(line: str) -> bool:
    """Whether a later sentence, or a later part of the only one, takes the first back."""
    said = sentences(line)
    return takes_back(" ".join(said[1:]) if len(said) > 1 else after(line, len(line) // 3))


def _agreed(sentence: str, rest: str) -> str:
    """The words of agreement in a sentence, unless it or the `rest` of the line takes them back."""
    sentence = _INTERJECTED.sub("", sentence)
    for match in (*_AGREES.finditer(sentence), *_YIELDS.finditer(sentence)):
        is_bound = _UNLESS.search(sentence[: match.start()]) or _PROVISO.search(sentence[match.end() :])
        if not is_bound and not takes_back(after(sentence, match.end())) and not takes_back(rest):
            return match.group()
    return ""
