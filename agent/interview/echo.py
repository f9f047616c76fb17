"""Picking up the candidate's own words: the clause worth quoting, the figure, the term a listener does not use."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from operator import itemgetter

from agent.observation import Echo
from agent.prose import sentences, words
from agent.recognition import any_of

MIN_WORDS, MAX_WORDS = 3, 12
ENOUGH = 1.3
"""What a clause has to weigh to be worth quoting: more than a bare 'would'."""

_BREAK = re.compile(
    r"\s*(?:(?<!\d),|,(?!\d)|[;:()\n])\s*|\s+[-–—]+\s+|[.!?…]+(?=\s|$)|"
    r"\s+(?=(?:because|but|so that|which|while|whereas|although|since|if|when|unless|then)\s)"
)
_LEAD = re.compile(
    r"^(?:(?:well|so|ok|okay|yes|no|and|but|also|then|first|second|finally|honestly|basically|actually|maybe|perhaps|because|"
    r"since|sure|right|"
    r"i think|i guess|i believe|i would say|i'd say|in my opinion|to be honest|you know|like|for me|my view is|that)\b(?!['’])[\s,]*)+",
    re.IGNORECASE,
)
_OPENS_A_CLAUSE = re.compile(
    r"(?:A|An|The|This|That|These|Those|There|Here|We|You|He|She|It|They|My|Our|Your|His|Her|Its|Their|One|Two|Three|Both|Each|Every|All|"
    r"Any|Some|Most|Many|Few|No|None|Not|Nobody|Nothing|Everybody|Everything|If|When|Where|While|Once|Until|Before|After|Since|As|By|For|"
    r"From|In|On|At|To|With|Without|Of|Over|Under|Up|Let|Let's|Give|Take|Keep|Make|Put|Show|Tell|Ask|Start|Stop|Try|Run|Use|Check|Measure|"
    r"First|Second|Then|Next|Now|Today|Tomorrow|Tonight|Last|People|Customers|Users|Somebody|Someone|What|How|Who|Why|Which)(?:['’]\w+)?\b"
)
"""Words that open a clause and are no names, so that they can be written small inside a line."""
_TAIL = re.compile(r"\s+(?:and|or|but|the|a|an|of|to|for|with|in|on|at|by|from|as|is|are|that|than|so)$", re.IGNORECASE)
_STANCE = re.compile(
    r"\b(?:matters? (?:more|most|less)|more important|rather than|instead of|prefer|prioriti[sz]e|start with|start by|first thing|"
    r"the best|worth|"
    r"cheaper|better|worse|depends on|trade|only way|priority|never|always)\b",
    re.IGNORECASE,
)
_CLAIM = re.compile(
    r"\b(?:should|must|need to|needs to|would|will|can't|cannot|could|going to|won't|we'll|i'd|i'll|means|costs?|loses?|keeps?)\b", re.I
)
_EMPTY = re.compile(
    r"\b(?:thank|thanks|hello|hi|sorry|question|good point|makes sense|of course|you said|you mentioned|i agree|agreed|worried|feel)\b",
    re.I,
)
_DANGLING = re.compile(
    r"^(?:is|are|was|were|has|have|had|which|who|whom|that|than|as|of|with|without|for|to|from|by|in|on|at|many|more|less|of|when|where|while|until|unless|if|it|this|they)\b",
    re.I,
)
_SCHEDULE = re.compile(r"\s?(?:seconds|minutes|hours|days|weeks|months|years|times|x)$", re.I)
_NUMBER = re.compile(
    r"(?<![\w.])(?:[$€£]\s?\d[\d,]*(?:\.\d+)?(?:\s?(?:k|m|bn|thousand|million|billion))?\b"
    r"|\d[\d,]*(?:\.\d+)?\s?(?:%|percent|per cent|percentage points|ms|milliseconds|seconds|minutes|hours|days|weeks|months|"
    r"years|users|customers|"
    r"k|million|thousand|x|times)(?!\w))",
    re.IGNORECASE,
)


def echo(answer: str, jargon: Sequence[str]) -> Echo:
    """What of `answer` a line can pick up. Every part is literally in the answer, but for the case of a first letter."""
    return Echo(quote=best_clause(answer), number=_number(answer), term=_term(answer, jargon))


def best_clause(answer: str) -> str:
    """The clause of 3 to 12 words that says most: a choice, a figure, a claim. Empty when there is none."""
    stated = [sentence for sentence in sentences(answer) if not sentence.rstrip("\"') ").endswith("?")]
    weighed = [clause for sentence in stated for clause in _weighed(sentence)]
    weight, clause = max(weighed, key=itemgetter(0), default=(0.0, ""))
    return clause if weight >= ENOUGH else ""


@lru_cache
def _weighed(sentence: str) -> list[tuple[float, str]]:
    """The clauses that can be quoted, with what they say. Asked for more than once in a turn: for the answer and for each sentence."""
    parts = [_trim(part) for part in _BREAK.split(sentence)]
    fit = [part for part in parts if MIN_WORDS <= len(words(part)) <= MAX_WORDS and not re.search(r"[\"“”{}<>\[\]|]", part)]
    return [(_weight(part), part) for part in fit]


def _trim(clause: str) -> str:
    trimmed = _TAIL.sub("", _LEAD.sub("", clause.strip().strip("*-•.'\" ")).strip()).strip()
    return trimmed[:1].lower() + trimmed[1:] if _OPENS_A_CLAUSE.match(trimmed) else trimmed


def _weight(clause: str) -> float:
    weight = 2.0 * bool(_STANCE.search(clause)) + 1.5 * bool(_NUMBER.search(clause)) + 1.0 * bool(_CLAIM.search(clause))
    length = len(words(clause))
    return (
        weight + 0.1 * min(length, 8) - 3.0 * bool(_EMPTY.search(clause)) - 1.5 * bool(_DANGLING.search(clause)) + 0.3 * (4 <= length <= 9)
    )


def _number(answer: str) -> str:
    """The first figure that stands for a cost, a share or a count; spans of time and shares of a test group say too little."""
    for match in _NUMBER.finditer(answer):
        figure = match.group().strip()
        if not _SCHEDULE.search(figure) and not re.match(r"\s+(?:of|on)\s+(?:the\s+)?(?:traffic|users)", answer[match.end() :], re.I):
            return figure
    return ""


def _term(answer: str, jargon: Sequence[str]) -> str:
    pattern = _any_term(tuple(jargon))
    match = pattern.search(answer.lower()) if pattern else None
    return answer[match.start() : match.end()] if match else ""


@lru_cache
def _any_term(jargon: tuple[str, ...]) -> re.Pattern[str] | None:
    """Made once for a listener, who does not learn new words while they listen."""
    return any_of([re.escape(term) for term in sorted(jargon, key=len, reverse=True)])
