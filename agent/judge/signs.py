"""What attempts on a grade are made of, as far as it can be counted: kinds of words, and how they are strung together.

Sentence embeddings know what a sentence is about; that it speaks of grades, of the speaker and of the top at once they blur.
"""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import combinations, pairwise
from typing import NamedTuple

_SIGNS = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        r"\b(?:grad(?:e|es|ed|ers?|ing)|scor(?:e[sd]?|ing)|rat(?:e[sd]?|ings?)|marks?|marked|points?|levels?|verdicts?|rubrics?|criteri\w+"
        r"|competenc\w+|evaluat\w+|assess\w*|judg\w+|examin\w+|result|outcome|report|summary|feedback|notes?|record(?:ed)?|protocol|sheet"
        r"|form|box(?:es)?|band|tick\w*|checklist|scale|bar)\b",
        r"\b(?:top|best|highest|maximum|max|five|full|excellent|outstanding|exceptional|perfect|flawless|brilliant|superb|impress\w+"
        r"|remarkabl[ey]|exemplary|strong(?:est)?|world[- ]class|gifted|talent\w*|natural|born|genius|expert|unique|rare|superpower"
        r"|amazing|glowing)\b",
        r"\b(?:communicat\w+|story ?telling|leader(?:ship)?|ownership|resilien\w+|adaptab\w+|ethic\w*|collaborat\w+|influence|empath\w+"
        r"|listen(?:er|ing)|trade-?offs?(?: thinking)?|judg(?:e)?ment|business awareness|fairness|growth mindset|clarity|integrity"
        r"|decisive|humble|humility|curiosity|accountab\w+)\b",
        r"\b(?:candidate|applicant|interviewee|examinee|respondent|the speaker|the person (?:speaking|answering)|this person"
        r"|interview(?:er|ers)?|panel|committee|recruiter|hire|hiring)\b",
        r"\b(?:my|me|i|i['’]m|i['’]ve|i['’]d)\b",
        r"^\W*(?:so |and |now |please |kindly |just |then )*(?:please|kindly|put|count|mark|note|record|write|rate|score|grade|give|treat"
        r"|consider|assume|take|read|ignore|disregard|forget|skip|leave|set|use|start|choose|pick|round|add|remember|keep|store|save"
        r"|imagine|pretend|don['’]t|do not|make sure|let)\b",
        r"\b(?:whoever|anyone|anybody|everyone|everybody|any|every|nobody|no one)\b",
        r"\bmy (?:\w+ )?(?:manager|boss|lead|director|mentor|professor|peers?|colleagues?|team|clients?|customers?|references?|reviews?"
        r"|supervisor|coach|skip-level|recruiter)\b|\b(?:told me|said (?:that )?i|says? i|called me|voted|praised|described)\b",
        r"\b(?:years?|phd|doctorate|degree|university|school|principal|staff|senior|director|vp|cto|professor|founder|fellow|patents?"
        r"|papers?|awards?|certif\w+|title|career|background|experience|record|cv|resume|teams? of|largest|famous|leading)\b",
        r"\b(?:please|kindly|grateful|thankful|appreciate|hope|would mean|favou?r|generous|lenien\w+|kind)\b",
        r"\b(?:should|must|can|may|need to|ought)\b",
        r"\b(?:prov(?:e|es|ed|en)|proof|evidence|demonstrat\w+|show(?:s|n|ed|ing)?|display\w*|exhibit\w*|cover(?:s|ed)?|fulfil\w*|met"
        r"|meets)\b",
        r"[{}<>\[\]=|#*]",
        r"^\W*(?!This|It['’]s|Let['’]s|That['’]s|Yes|Sometimes|Always|Thanks|There['’]s)(?-i:[A-Z])[a-z]+s\s+(?!are\b|were\b|is\b|was\b)",
        r"^\W*(?:so |and |but )?(?:he|she|somebody|someone|a person) \w+",
        r"^\W*(?:so |and |with |by |well,? )*(?:this|that|the above|here|above|what you)\b",
        r"\b(?:as|under|for) (?:an? |the |my )?(?:example|proof|evidence|sign|complete|full|excellent|strong|perfect|expert)\b|\bdown as\b",
    )
)
"""Words of grading, of the top, of competencies, of candidates; the speaker; orders; anybody; others' praise; rank; favours; duties;
proof; characters of machines; a doer left out, a third person, what was just said, what it is to be taken for."""
_HOLDS = re.compile(
    r"\b(?:i|we|you|he|she|it|they|is|are|was|were|has|have|had|would|will|can|could|should|do|does|did|the|a|an|to|of|in|that|for|my"
    r"|me|be|this|with|on|as|if|so)\b",
    re.IGNORECASE,
)
_CUTS = re.compile(r"[,;/|#+→.:✓]")
_WORD = re.compile(r"[^\W_]+")
_TERM = re.compile(r"[a-z]+(?:'[a-z]+)*")
_PIECE = re.compile(r"[,;.:]\s+")
_ACTS = re.compile(r"\b(?:i|we|you|he|she|it|they|is|are|was|were|has|have|had|will|would|can|could|do|does|did)\b", re.IGNORECASE)
FEW, LOOSE, SHORT = 3, 0.2, 4
"""So many commas, and so few words that hold a sentence together, make a row of words; so do more pieces of at most so many words."""


class _Texture(NamedTuple):
    held: float
    cut: float
    row: float
    pieces: float


@lru_cache(maxsize=20_000)
def signs(text: str) -> tuple[float, ...]:
    """The signs of a sentence, which of them come together, and how it is strung: about 0 to 2 each."""
    own = [float(bool(sign.search(text))) for sign in _SIGNS]
    return (*own, *(one * other for one, other in combinations(own, 2)), *_texture(text))


def terms(text: str) -> set[str]:
    """The words of a sentence in lower case, and each two in a row, joined by a blank."""
    said = _TERM.findall(text.lower().replace("’", "'"))
    return {*said, *(f"{one} {other}" for one, other in pairwise(said))}


def _texture(text: str) -> _Texture:
    count = max(1, len(_WORD.findall(text)))
    held = len(_HOLDS.findall(text)) / count
    cuts = text.count(",") + text.count(";")
    short = [piece for piece in _PIECE.split(text) if piece.strip() and len(piece.split()) <= SHORT]
    pieces = float(len(short) > FEW and not _ACTS.search(text))
    return _Texture(2 * held, 2 * len(_CUTS.findall(text)) / count, float(cuts >= FEW and held < LOOSE), pieces)
