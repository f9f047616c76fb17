"""Clauses of a sentence that say what the candidate would do or did, cut out word for word so that they can be taken up."""

from __future__ import annotations

import re
from collections.abc import Iterator

from agent.judge.feedback.telling import is_concrete
from agent.prose import words

SHORTEST, LONGEST = 4, 20
"""Of so many words a clause is that can be taken up."""

_NO_DECISION_TEXT = """
accept admit agree anyway personally vouch certainly even appreciate argue assume be become believe bet call come confirm consider
continue describe embrace encourage evaluate
expect feel find get guess happen have hear hope imagine know learn like lose love mean mention miss need never not optimise prefer
regret remain remember save say see struggle suppose think trust understand wager want wish wonder
"""
_NO_DECISION = frozenset(_NO_DECISION_TEXT.split())
_ACTS_TEXT = """
add ask block build call change check compare count cut drop fix give hide keep let limit lower measure move pause print pull put raise
release remove rerun rescore restore retrain roll run send set ship show split start stop switch take tell test train try turn use write
"""
_ACTS = "|".join(_ACTS_TEXT.split())
_LOOKS = re.compile(
    r"^(?:(?:i|we|let|my|our|(?:d|ll|s|us)|would|will|can|could|should|must|need|have|to|also|then|first|just|still|rather|probably"
    r"|plan|proposal|is)(?:\b|(?=['’]))[\s'’]*)*(?:look|check|ask|tell|write|send|count|explain|give|call|print|profile|meet|show|read|list|note"
    r"|answer|promise|report|join|bring|propose|recommend|suggest|prepare|estimate|compare|measure|try|see|put a note|talk|make sure)\b",
    re.IGNORECASE,
)
_DECIDES = re.compile(
    r"(?<!\w)(?P<subject>(?:I(?:['’](?:d|ll)|d| would| will| can)|[Ww]e(?:['’]ll| will| should| must))"
    r" (?:(?:also|then|first|just|still|rather|probably|\w+ly) )*(?P<verb>[a-z]+)\b"
    r"|[Ll]et(?:['’]s| us) (?P<let>[a-z]+)\b"
    r"|(?:[Mm]y|[Oo]ur) (?:recommendation|proposal|choice|advice|plan) is\b"
    rf"|[Ww]e (?:could|need to|have to)(?: also| then| first)? (?P<plan>{_ACTS})\b"
    r"|(?:^(?:(?:[Ss]o|[Tt]hen|[Aa]nd|[Ff]irst|[Ff]irst thing|[Oo]k|[Yy]es|[Tt]oday)[,:]? )?|: ?)"
    rf"(?P<order>(?!(?i:ask|take)\b)(?i:{_ACTS})"
    r" (?:the|an?|those|these|that|this|them|him|her|our|your|my|all|only|every|each|one|two|three|on|off|to|out|at|with|from|it)\b)"
    r"|I (?:propose|recommend|suggest|choose)\b)"
)
_DID = re.compile(
    r"(?<!\w)(?:I|[Ww]e) (?:(?:then|also|first|just|finally|\w+ly) )*(?P<verb>[a-z]+ed|built|ran|wrote|took|found|made|went|put|cut|began"
    r"|sat|brought|led|told|gave|sent|met|chose|kept|spoke|held|drew|taught|bought|broke|paid|rewrote|rebuilt|set)\b"
)
_NO_DEED_TEXT = """
agreed called expected hoped learned liked looked loved need needed noticed realised realized seemed supposed tried used wanted
"""
_NO_DEED = frozenset(_NO_DEED_TEXT.split())
_PAST = re.compile(
    r"['’]?d (?:\w+ )?(?:\w{2,}ed|said|sent|made|had|been|gone|taken|told|done|found|seen|known|got|thought|built|written|slept|felt"
    r"|left|lost|spent|heard|won|kept|met|become|begun|broken|chosen|forgotten|paid|sold|stood)$"
)
"""What `'d` stands before where it means `had`."""
_LEANS = re.compile(
    r"\b(?:what|which|that|who|how|if|whether|before|until|think|thing|things|where|when|because|unless|not|than|as|like|everything|all)\s+$",
    re.IGNORECASE,
)
"""Before a clause: it says no deed or decision of its own."""
_BEGINS_A_CLAUSE = re.compile(
    r"(?:^|[,.;:!–—-]|\b(?:and|so|then|but|first|later|afterwards|there|week|month|year|day|morning|that))\s*$", re.IGNORECASE
)
_CLAUSE_END = re.compile(
    r"(?P<hard>[.;!?…]|\s[-–—]+\s)|(?P<soft>,\s|:\s)"
    r"|\s(?P<word>because|since|so that|so|but|if|unless|whereas|although|then|otherwise|plus)\s"
    r"|\s(?P<joint>and|or)\s(?=(?:I|we|then|the|it|they|you|that|this|there|not|only|he|she|everything|in|at|on|who)\b)"
)
_DANGLING = re.compile(
    r"\b(?:to|the|a|an|of|in|on|for|with|and|or|that|at|by|as|from|like|is|are|it's|into|about|not|do|what|how|when|who|them|also|only|just"
    r"|too|then|first|even|maybe|him|her|it|many|much|more|say|see|both|this)$",
    re.IGNORECASE,
)
_OPENING = re.compile(
    r"^(?:(?:ok(?:ay)?|ah|oh|well|yes|yeah|no|sure|right|good|fine|great|so|and|but|then|also|hm+|now|ha|look|sorry|honestly|of course"
    r"|for sure)\b[,.:;!]?\s+)+",
    re.IGNORECASE,
)
_LEANING_SENTENCE = re.compile(
    r"^(?:it|its|it's|that|that's|thats|this|they|them|there|he|she|which|who|and|because|since|if|like|as|i'm|i am|i think|i don"
    r"|i believe|i get|i understand|i'd guess|i guess|i said|let me|first of all|depending|both|each|one|the other|not|i would say|i'd say"
    r"|i hear|i know|what|how|next time|typically|basically|i've|in general|i agree|i see|i feel|thanks|thank)\b",
    re.IGNORECASE,
)
_HAS_A_VERB = re.compile(
    r"['’](?:s|re|ll|d|m)\b|\b(?:is|are|was|were|has|have|had|will|would|should|can|could|must|need|needs|means|costs|gets|goes|went|[a-z]{2,}ed)\b"
)


def decisions(sentence: str) -> Iterator[str]:
    """The clauses of a sentence that say what the candidate would do."""
    for match in _DECIDES.finditer(sentence):
        is_free = not _LEANS.search(sentence[: match.start()])
        verb = match["verb"] or match["let"] or ""
        if (
            is_free
            and verb not in _NO_DECISION
            and not _PAST.search(match["subject"])
            and (clause := _clause(sentence, match.start("order") if match["order"] else match.start()))
        ):
            yield clause


def events(sentence: str) -> Iterator[str]:
    """The clauses of a sentence that say what the candidate did."""
    for match in _DID.finditer(sentence):
        is_free = _BEGINS_A_CLAUSE.search(sentence[: match.start()])
        if is_free and match["verb"] not in _NO_DEED and (clause := _clause(sentence, match.start())):
            yield clause


def statement(sentence: str) -> str:
    """The sentence without its opening and its end mark; empty if it asks, is too short or long, or leans on the one before."""
    plain = _OPENING.sub("", sentence)
    if _LEANING_SENTENCE.search(plain) or not _HAS_A_VERB.search(plain) or sentence.rstrip("\"'”’) ").endswith(("?", ":")):
        return ""
    bare = plain.rstrip(" .!…\"'”’")
    return bare if SHORTEST <= len(words(bare)) <= LONGEST and not _is_cut(bare) and is_concrete(bare) else ""


def looks_only(clause: str) -> bool:
    """Whether a decision is no more than to look, ask or tell."""
    return _LOOKS.search(clause) is not None


def _clause(sentence: str, start: int) -> str:
    """What stands from `start` to the end of the clause; empty if it asks, breaks off, says little, or is too short or long."""
    rest = sentence[start:]
    end = next((one for one in _CLAUSE_END.finditer(rest) if not (one["soft"] and len(words(rest[: one.start()])) < SHORTEST)), None)
    text = rest[: end.start()].rstrip(" ,;:") if end else rest.rstrip(" .!…\"'”’")
    breaks_off = end is not None and (end.group() == "?" or bool((end["word"] or end["joint"]) and _DANGLING.search(text)))
    is_usable = SHORTEST <= len(words(text)) <= LONGEST and not _is_cut(text) and is_concrete(text)
    return text if is_usable and not breaks_off else ""


def _is_cut(text: str) -> bool:
    """Whether a quotation or a bracket begins or ends in `text` and not both."""
    return any(text.count(one) != text.count(other) for one, other in ("()", "[]", "“”", "«»")) or text.count('"') % 2 == 1
