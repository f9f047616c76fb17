"""Who speaks in a line of text: `Name: text`, with a timestamp or in bold, told apart from a colon inside speech."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from agent.reading.flow import flowing
from agent.reading.said import CANDIDATE_NAMES, Said, clean_line

_TIME = r"(?:\d{1,2}:)?\d{1,2}:\d{2}(?:[.,]\d{1,3})?"
_STAMP = re.compile(rf"(?:\[({_TIME})\]|\(({_TIME})\)|({_TIME})(?=\s))\s*(?:[-–]\s*)?")
_NAME = r"[^\W\d_][^\s:：;,!?\"<>{}\[\]*=]{0,29}(?: [^\s:：;,!?\"<>{}\[\]*=]{1,30}){0,3}"
_BOLD = re.compile(rf"(?:\*\*|__)({_NAME})(?:\*\*[:：]|__[:：]|[:：]\*\*|[:：]__)(?:\s+|$)")
_PLAIN = re.compile(rf"({_NAME})(?: ?[\[(]({_TIME})[\])])? ?(?::\s+|:$|：\s*)")

_ROLES = CANDIDATE_NAMES | {"interviewer", "assistant", "recruiter", "manager", "ai"}
_NEVER = frozenset({"system", "developer", "tool", "function"})
"""Not speakers but roles of a chat protocol: whoever writes them in a talk means to be taken for the machine."""
_SPEECH = re.compile(
    r"(?:first|second|third|fourth|next|then|finally|lastly|also|note|example|results?|situation|task|action|problem|evidence|proposal"
    r"|context|step|option|phase|plan|goal|why|how|what|when|where|who|so|answer|question|update|todo|summary|conclusion|pros?|cons?|risks?"
    r"|benefits?|costs?|metrics?|data|model|features?|labels?|monitoring|rollout|assumptions?|trade-?offs?|constraints?|remember"
    r"|important|edit|warning|error|ps|p\.s|title|date|time|location|subject|re|participants|attendees)\.?(?: #?\w)?"
)
_OPENERS = re.compile(
    r"(?i:the|a|an|my|our|your|this|that|these|one|two|three|let|i|i['’]d|we|if|but|and|in|on|for|to|at|by|with|from|what|how|why|first"
    r"|second|third|next|here|there|step|option) (?![A-Z])"
)
"""Words that start a paragraph with a colon more often than a turn, alone or as the start of a clause."""


@dataclass(frozen=True)
class Line:
    """One line of a transcript file, with the times of its caption where it has one.

    `indented` lines never name a speaker; `opens` says that the line comes first in its paragraph or caption.
    """

    text: str
    start: float | None = None
    end: float | None = None
    voice: str | None = None
    indented: bool = False
    opens: bool = False


@dataclass(frozen=True)
class _Label:
    name: str
    rest: str
    start: float | None
    style: tuple[bool, bool]
    opens: bool

    @property
    def key(self) -> str:
        return self.name.casefold()

    @property
    def is_full_name(self) -> bool:
        return " " in self.name and all(word[0].isupper() for word in self.name.split())


def attributed(lines: Sequence[Line], candidate: str | None) -> list[Said]:
    """Every line with its speaker; a line that names nobody goes on with the speaker before. What precedes the first is left out.

    A label counts as a speaker when it looks like the first one (timestamp, bold) and comes first of all, is used
    again, is a role word or the candidate's name. Used once it counts when it is a full name, has a timestamp, or
    opens a paragraph in a file where every turn does.
    """
    labels = [None if line.voice or line.indented else _label(line) for line in lines]
    real = _speakers([label for label in labels if label], candidate)
    names = {label.key: label.name for label in reversed(labels) if label}
    stretches: list[list[Said]] = []
    for line, label in zip(lines, labels, strict=True):
        named = _named(line, label if label and (label.key, label.style) in real else None, names)
        if named:
            stretches.append([named])
        elif stretches:
            stretches[-1].append(Said(stretches[-1][0].speaker, line.text, line.start, line.end))
        elif line.start is not None or not real:
            stretches.append([Said("", line.text, line.start, line.end)])
    return [_whole(stretch) for stretch in stretches]


def seconds_of(stamp: str) -> float:
    """`HH:MM:SS.mmm`, `MM:SS` and the like in seconds."""
    total = 0.0
    for part in stamp.replace(",", ".").split(":"):
        total = total * 60 + float(part)
    return total


def _named(line: Line, label: _Label | None, names: Mapping[str, str]) -> Said | None:
    if line.voice:
        return Said(line.voice, line.text, line.start, line.end)
    if label is None:
        return None
    return Said(names[label.key], label.rest, line.start if label.start is None else label.start, line.end)


def _whole(stretch: list[Said]) -> Said:
    text = flowing([one.text for one in stretch], spoken=stretch[0].start is not None)
    return replace(stretch[0], text=text.strip("\n"), end=stretch[-1].end)


def _label(line: Line) -> _Label | None:
    stamp = _STAMP.match(line.text)
    body = line.text[stamp.end() :] if stamp else line.text
    bold = _BOLD.match(body)
    match = bold or _PLAIN.match(body)
    if match is None:
        return None
    when = next((group for group in stamp.groups() if group), None) if stamp else None
    if not bold:
        when = match.group(2) or when
    name = clean_line(match.group(1))
    return _Label(name, body[match.end() :], seconds_of(when) if when else None, (when is not None, bold is not None), line.opens)


def _speakers(labels: Sequence[_Label], candidate: str | None) -> set[tuple[str, tuple[bool, bool]]]:
    wanted = clean_line(candidate or "").casefold()
    possible = [label for label in labels if label.key == wanted or _may_speak(label)]
    if not possible:
        return set()
    styled = [label for label in possible if label.style == possible[0].style]
    sure = _sure(styled, wanted)
    apart = all(label.opens for label in styled if label.key in sure)
    sure |= {label.key for label in styled if label.style[0] or (apart and label.opens) or label.is_full_name}
    return {(key, styled[0].style) for key in (sure if len(sure) > 1 else {label.key for label in styled})}


def _sure(styled: Sequence[_Label], wanted: str) -> set[str]:
    counts = Counter(label.key for label in styled)
    return {key for key in counts if counts[key] > 1 or key in _ROLES or key == wanted or key == styled[0].key}


def _may_speak(label: _Label) -> bool:
    if label.key in _NEVER or _SPEECH.fullmatch(label.key) or _OPENERS.match(label.name):
        return False
    return " " not in label.name or not label.name[0].islower()
