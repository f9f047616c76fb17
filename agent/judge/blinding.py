"""A transcript without what says who somebody is: a judge grades what was done, whoever did it.

Replaced are the names of the speakers, of people who are introduced or said to have spoken, employers and schools that are named as
such, addresses of mail, links, telephone numbers, and what `agent.judge.origins` finds. Left as they are: names of people and
employers that are mentioned in passing. Words of the candidate that talk to the grader are removed for a judge by a model.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from agent.judge.attempts import attempts
from agent.judge.masking import Masked, Replacement
from agent.judge.origins import origins
from agent.quotation import Span
from agent.transcript import Transcript, Turn

REMOVED = "[Removed]"
"""Stands for words that talk to the grader."""

_TITLES = re.compile(
    r"agent|ai|assistant|bot|candidate|ceo|chief|cto|data|director|dr|engineer|expert|guest|head|host|hr|human|interviewee"
    r"|interviewer|lead"
    r"|manager|me|mrs?|ms|officer|panel(?:ist)?|pm|product|prof|professor|recruiter|scientist|senior|speaker|staff|system|team|the"
    r"|tech|user|you",
    re.IGNORECASE,
)
"""Words of a speaker's label that are no name."""
_ALSO_WORDS = re.compile(
    r"art|bill|chance|dawn|dean|drew|faith|frank|grace|hope|jack|joy|mark|max|may|miles|pat|rob|rose|sky|sue|will", re.IGNORECASE
)
"""Names that are other words too: replaced only where they are written with a capital."""
_NAME = r"[A-ZÀ-Þ][\w’'-]+(?:\s+[A-ZÀ-Þ][\w’'-]+){0,2}"
_PART = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_INTRODUCED = re.compile(
    rf"\b(?:[Mm]y name is|[Mm]y name['’]s|[Cc]all me)\s+({_NAME})"
    rf"|(?:^|[.!?]\s+|\b[Hh](?:i|ello|ey),?\s+)(?:I['’]m|I am|[Tt]his is)\s+({_NAME})(?=\s*(?:[,.!]|and\b|from\b))"
)
_SPOKE = re.compile(
    r"\b([A-ZÀ-Þ][a-zà-ÿ]+)(?= (?:said|says|told|asked|asks|wanted|wants|thinks|thought|agreed|explained|felt|knew|knows|insisted"
    r"|replied|was|is)\b)"
    r"|\b(?:colleague|manager|boss|lead|teammate|friend|mentor|engineer|analyst|nurse|doctor|told|asked|thanked)(?: called| named"
    r"|,)? ([A-ZÀ-Þ][a-zà-ÿ]+)\b"
)
_NO_NAME = re.compile(
    r"I|He|She|It|They|We|You|This|That|These|Those|There|Here|Who|What|Which|Where|When|Why|How|My|Our|Your|The|Then|And|But|So|Or"
    r"|Nobody|Nothing"
    r"|Everybody|Everyone|Everything|Somebody|Someone|Something|One|Management|Legal|Product|Sales|Support|Marketing|Finance"
    r"|Leadership|Data|Yes|No"
    r"|All|Some|Most|Each|Both|Neither|Either|Another|Other|Any|Also|Now|Not|Only|If|Because|Since|Still|Maybe|Python|Java|Kafka"
    r"|Spark|Postgres|SQL"
    r"|First|Second|Third|Last|Next|Rollback|Fraud|Accuracy|Recall|Precision|Latency|Drift|Fairness|Speed|Quality|Cost|Risk"
    r"|Training|Monitoring|.*(?:s|ing|ion|ity)"
)
"""Words with a capital before such a verb that are no names; a name among them is left as it is."""
_SPOKEN = tuple(
    (re.compile(pattern), plain)
    for pattern, plain in (
        (r"\[Person \d+\]", "somebody"),
        (r"\[Organisation \d+\]", "that organisation"),
        (r"\[(?:Mail|Link|Phone) \d+\]", "an address"),
        (r"\b(?:[Tt]he|[Aa]n?)\s+(?=that (?:organisation|country))", ""),
        (r"\b([Aa])n?(?=\s+(?:local|religious)\b)", r"\1"),
    )
)
_ORGANISATION = rf"{_NAME}(?:\s+of\s+{_NAME})?"
_EMPLOYED = re.compile(
    r"\b(?:(?:[Ww]ork(?:ed|ing|s)?|job|role|time|years|months|[Ii]ntern(?:ed|ship)?|[Ss]tudied|[Gg]raduated|degree|PhD|[Tt]eam|[Hh]ired|"
    r"[Ee]mployed|[Ee]ngineer|[Ss]cientist|[Bb]ack|[Hh]ere|[Oo]ver)\s+(?:\w+\s+){0,3}?at|[Ww]ork(?:ed|ing|s)? for"
    r"|[Jj]oined)\s+(?:the\s+)?"
    rf"({_ORGANISATION})|\b((?:University|College|Institute) of [A-Z]\w+|(?:[A-Z][\w.-]+\s+){{1,3}}(?:University|College|Institute))\b"
)
_MARKS = (
    ("Link", re.compile(r"(?:https?://|www\.|\b(?:github|gitlab|linkedin)\.com/)[^\s<>\"')\]]*[^\s<>\"')\].,;:!?]", re.IGNORECASE)),
    ("Mail", re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")),
    ("Phone", re.compile(r"\+\d[\d\s().-]{6,18}\d|(?<![\w.])(?:\(\d{3}\)\s?|\d{3}[-.\s])\d{3}[-.\s]\d{4}(?!\w)")),
)
"""What is replaced wherever it stands, by the word that is shown for it."""


@dataclass
class _Names:
    """The words shown, numbered by kind in the order they are met; the same person has the same number everywhere."""

    shown: dict[tuple[str, str], str] = field(default_factory=dict)
    hidden: dict[str, str] = field(default_factory=dict)

    def give(self, kind: str, name: str) -> str:
        key = (kind, name.casefold())
        if key not in self.shown:
            number = 1 + sum(one.startswith(f"[{kind} ") for one in self.hidden)
            self.shown[key] = f"[{kind} {number}]"
            self.hidden[self.shown[key]] = name
        return self.shown[key]


@dataclass(frozen=True)
class Blind:
    """A transcript as a judge may see it: a text for every turn by its number, and one for every mark."""

    turns: dict[int, Masked]
    marks: tuple[str, ...]
    hidden: dict[str, str]

    def reveal(self, text: str) -> str:
        """`text` with the names again, for the reader of a report."""
        for shown, name in self.hidden.items():
            text = text.replace(shown, name)
        return text


_Known = tuple[re.Pattern[str], str]
"""A way of naming somebody or something, and the word shown for it."""


class Mask:
    """What is replaced in the texts of one transcript."""

    def __init__(self, transcript: Transcript) -> None:
        self.names = _Names()
        self._known = [*_people(transcript, self.names), *_organisations(transcript, self.names)]

    def found(self, text: str) -> Iterator[Replacement]:
        """Every part of `text` that is replaced, with the words for it."""
        for kind, pattern in _MARKS:
            yield from (Replacement(Span(*match.span()), self.names.give(kind, match[0])) for match in pattern.finditer(text))
        for pattern, shown in self._known:
            yield from (Replacement(Span(*match.span()), shown) for match in pattern.finditer(text))
        yield from origins(text)

    def spoken(self, text: str) -> str:
        """`text` with words for the marks that a sentence embedding can make something of, the same for everybody."""
        masked = Masked.of(text, self.found(text)).text
        for pattern, plain in _SPOKEN:
            masked = pattern.sub(plain, masked)
        return masked


def blind(transcript: Transcript) -> Blind:
    """`transcript` without names and personal marks."""
    mask = Mask(transcript)
    turns = {turn.number: _masked(turn, mask) for turn in transcript.turns}
    marks = tuple(Masked.of(mark.text, mask.found(mark.text)).text for mark in transcript.marks)
    return Blind(turns, marks, dict(mask.names.hidden))


def mask_of_candidate(transcript: Transcript) -> Mask:
    """What tells who the candidate is; the names of everybody else stay."""
    said = transcript.candidate_turns
    names = {*(turn.speaker for turn in said), *(name for turn in said for name in _own_names(turn.text))}
    longest_first = sorted(names, key=lambda name: (-len(name), name))
    called = tuple(Turn(number=number, role="candidate", speaker=name, text="") for number, name in enumerate(longest_first, 1))
    return Mask(Transcript(turns=called))


def _people(transcript: Transcript, names: _Names) -> list[_Known]:
    """Every way of naming a person of the talk, the longest first."""
    speakers = [name for turn in transcript.turns for name in (turn.speaker, turn.aside) if name]
    called: dict[str, str] = {}
    for name in dict.fromkeys([*speakers, *_introduced(transcript)]):
        parts = [part for part in _PART.findall(name) if len(part) > 1 and not _TITLES.fullmatch(part)]
        if parts and not any(part in called for part in parts):
            called.update(dict.fromkeys([" ".join(parts), *parts], names.give("Person", name)))
    return [(_naming(name), called[name]) for name in sorted(called, key=len, reverse=True)]


def _introduced(transcript: Transcript) -> Iterator[str]:
    """Names that people introduce themselves by, and those of people who are said to have spoken."""
    for turn in transcript.turns:
        yield from _own_names(turn.text)
        yield from (name for found in _SPOKE.finditer(turn.text) if _is_name(name := found[1] or found[2]))


def _own_names(text: str) -> Iterator[str]:
    yield from (found[1] or found[2] for found in _INTRODUCED.finditer(text))


def _organisations(transcript: Transcript, names: _Names) -> list[_Known]:
    found = dict.fromkeys(match[1] or match[2] for turn in transcript.turns for match in _EMPLOYED.finditer(turn.text))
    return [(re.compile(rf"(?<!\w){re.escape(name)}(?!\w)"), names.give("Organisation", name)) for name in found]


def _is_name(word: str) -> bool:
    return not _NO_NAME.fullmatch(word)


def _naming(name: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w){re.escape(name)}(?!\w)", 0 if _ALSO_WORDS.fullmatch(name) else re.IGNORECASE)


def _masked(turn: Turn, mask: Mask) -> Masked:
    removed = list(_to_the_grader(turn.text)) if turn.role == "candidate" else []
    return Masked.of(turn.text, [*removed, *mask.found(turn.text)])


def _to_the_grader(text: str) -> Iterator[Replacement]:
    """The parts of every paragraph that are meant for the grading."""
    for paragraph in re.finditer(r"[^\r\n]+", text):
        for span in (attempt.span for attempt in attempts(paragraph[0]) if attempt.plain):
            yield Replacement(Span(paragraph.start() + span.start, paragraph.start() + span.end), REMOVED, removed=True)
