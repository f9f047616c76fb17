"""The candidate's own sentences: what may count as evidence, and what was left out and why.

Left out are text that talks to the grader, or is likely to, sentences copied from the interviewer, words quoted from somebody else, and
sentences of fewer than `MIN_WORDS` words that are no insult. A sentence said twice counts once.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from agent.counted import counted
from agent.document import PerDocument
from agent.judge.attempts import MOST, Attempt, apart, attempts, notes_on, short, sure_attempts
from agent.judge.blinding import Mask
from agent.judge.doubt import CARRIED, DOUBT
from agent.judge.forged_turns import others_names
from agent.judge.pasted import Wording
from agent.judge.quotes import normalised
from agent.judge.rude import is_contempt
from agent.judge.skeleton import skeleton
from agent.judge.spelling import spelt
from agent.judge.tampering import is_likely
from agent.memory.embedder import default_embedder
from agent.prose import clean, sentences, words
from agent.quotation import Span
from agent.rubric import Rubric
from agent.transcript import Transcript

MIN_WORDS = 4
LONG = 18
"""Sentences of more words are also heard clause by clause."""
VERY_LONG = 40
"""Sentences of more words are heard clause by clause only."""
MAX_CHARACTERS = 400
MAX_SENTENCES = 1000
"""Of a very long transcript so many sentences are judged; the report says so."""
COPIED_WORDS = 6
"""So many words in a row that the interviewer said are the interviewer's."""
CLAUSE_WORDS = 6

_CLAUSE = re.compile(r"(?<=[,;:])\s+|\s+[-–—]+\s+|\s+(?=(?:and|but|so|because|since|then|while|which|instead|or|if)\s)", re.IGNORECASE)
_QUOTED = re.compile(r"[\"“”«»]([^\"“”«»]{3,}?)[\"“”«»]")
_ATTRIBUTED = re.compile(
    r"\b(?:you|he|she|they|client|customer|manager|pm|boss|interviewer|[A-Z][a-z]+)\s+(?:just\s+|also\s+)?"
    r"(?:said|say|says|asked|told\s+\w+|wrote|mentioned|claimed?s?|answered|called\s+it)\W*$",
    re.IGNORECASE,
)
_FILLER = re.compile(r"(?<!\w)(?:u+h*m+|u+h+|e+r+m?|h+m+|basically|actually|literally|you know|so yeah)(?!\w),?", re.IGNORECASE)
_SPACE = re.compile(r"\s+")
_BARE = re.compile(
    r"\b(?:((?:do|does|did|is|are|was|were|would|should|could|have|has|had)n|(?:ca|wo)n)(t)|(I)(d|m|ll|ve)|([Ii])(m|ve)"
    r"|([Tt]hat|[Ll]et)(s)|([Yy]ou|[Tt]hey)(re|ll|ve))\b"
)
"""Contractions without their apostrophe, as far as they are no other word."""


class Said(NamedTuple):
    """A sentence of the candidate, or a clause of a very long one. `text` stands in the turn; `heard` are the forms to recognise.

    The first of `heard` is the whole; the others are its clauses. They do not say who anybody is (`agent.judge.blinding`).
    `own` is the text without what it quotes of others.
    """

    turn: int
    text: str
    heard: tuple[str, ...]
    own: str = ""


class OwnWords(NamedTuple):
    """What may count as evidence, in the order it was said, and notes on what may not."""

    said: tuple[Said, ...]
    notes: tuple[str, ...]


def own_words(transcript: Transcript, rubric: Rubric | None = None) -> OwnWords:
    """The sentences of `transcript` that may count as evidence; with the rubric, none that is copied from it."""
    _embed(transcript)
    others = " ".join(normalised(turn.text) for turn in transcript.turns if turn.role == "interviewer")
    said: dict[str, Said] = {}
    notes = [*notes_on(transcript.candidate_turns, others_names(transcript)), *notes_on_doubted(_doubted(transcript))]
    wording = _wording(rubric) if rubric else None
    for one in _all_said(transcript, others):
        if wording and wording.is_in(one.text):
            notes.append(f"Turn {one.turn} repeats the rubric, which was not counted: {short(one.text)}")
            continue
        said.setdefault(" ".join(words(normalised(one.text))), one)
        if len(said) > MAX_SENTENCES:
            said.popitem()
            notes.append(f"The transcript is very long: only the first {MAX_SENTENCES} different sentences were judged.")
            break
    return OwnWords(tuple(said.values()), tuple(notes))


def notes_on_doubted(doubted: Iterable[Said]) -> list[str]:
    """A note on each of the first sentences that are only likely to be meant for the grading, and how many more there are."""
    kept = list({normalised(one.text): one for one in doubted}.values())
    notes = [f"Turn {one.turn} may be meant for the grading, so this was not counted as evidence: {short(one.text)}" for one in kept[:MOST]]
    more = counted(len(kept) - MOST, "more sentence")
    return notes + ([f"The same of {more}."] if len(kept) > MOST else [])


_wording = PerDocument[Rubric, Wording](Wording)


def _embed(transcript: Transcript) -> None:
    """Lets the embedder learn the sentences together, which takes it half as long as one by one."""
    default_embedder().embed([skeleton(one) for turn in transcript.candidate_turns for one in sentences(clean(turn.text))])


def _all_said(transcript: Transcript, others: str) -> Iterator[Said]:
    mask, names = Mask(transcript), others_names(transcript)
    for turn in transcript.candidate_turns:
        for paragraph in clean(turn.text).split("\n"):
            own = _without_quotations(paragraph, others)
            for start, text in _located(paragraph, [unit for sentence in _sincere(paragraph, names) for unit in _units(sentence)]):
                yield from _counted(turn.number, text, own[start : start + len(text)], others, mask)


def _doubted(transcript: Transcript) -> Iterator[Said]:
    """The sentences that are left out because they are likely to be meant for the grading."""
    names = others_names(transcript)
    for turn in transcript.candidate_turns:
        for paragraph in clean(turn.text).split("\n"):
            unsure = (one.span.of(paragraph) for one in attempts(paragraph, names) if not one.sure)
            doubted = (one for one, is_sincere in _sentences(paragraph, names) if not is_sincere)
            yield from (Said(turn.number, one, ()) for one in (*unsure, *doubted) if len(words(one)) >= MIN_WORDS)


def _sincere(paragraph: str, names: frozenset[str]) -> Iterator[str]:
    """The sentences of a paragraph that are meant for the people in the scene, as far as little speaks against it."""
    return (one for one, is_sincere in _sentences(paragraph, names) if is_sincere)


def _sentences(paragraph: str, names: frozenset[str]) -> Iterator[tuple[str, bool]]:
    """The sentences beside the attempts, and whether each is likely to be meant for the people in the scene."""
    enough = CARRIED if sure_attempts(paragraph, names) else DOUBT
    place = 0
    for attempt in [*attempts(paragraph, names), Attempt(Span(len(paragraph), len(paragraph)), "ends")]:
        left = (one for sentence in sentences(paragraph[place : attempt.span.start]) for one in apart(sentence))
        yield from ((one, not is_likely(one, enough)) for one in left)
        place = attempt.span.end


def _located(paragraph: str, parts: list[str]) -> Iterator[tuple[int, str]]:
    """The literal parts of a paragraph with the place where each begins."""
    start = 0
    for part in parts:
        start = paragraph.index(part, start)
        yield start, part
        start += len(part)


def _counted(turn: int, text: str, own: str, others: str, mask: Mask) -> Iterator[Said]:
    forms = _forms(mask.spoken(own))
    if (len(words(forms[0])) >= MIN_WORDS or is_contempt(forms[0])) and not _is_copied(own, others):
        yield Said(turn, text, forms, own)


def _units(sentence: str) -> list[str]:
    return clauses(sentence) if len(words(sentence)) > VERY_LONG or len(sentence) > MAX_CHARACTERS else [sentence]


def _forms(text: str) -> tuple[str, ...]:
    whole = _plain(text)
    if len(words(whole)) <= LONG:
        return (whole,)
    return (whole, *(clause for clause in clauses(whole) if len(words(clause)) >= MIN_WORDS and clause != whole))


def clauses(sentence: str) -> list[str]:
    """Literal parts of `sentence`, cut at commas and conjunctions, each of at least `CLAUSE_WORDS` words but the last."""
    cuts = [0, *(match.end() for match in _CLAUSE.finditer(sentence)), len(sentence)]
    parts: list[str] = []
    start = 0
    for end in cuts[1:]:
        if end - start > MAX_CHARACTERS or len(words(sentence[start:end])) >= CLAUSE_WORDS or end == len(sentence):
            parts.append(sentence[start:end].strip()[:MAX_CHARACTERS])
            start = end
    return [part for part in parts if part]


def _apostrophe(match: re.Match[str]) -> str:
    stem, ending = (part for part in match.groups() if part)
    return f"{stem}'{ending}"


def _plain(text: str) -> str:
    """Without filler words, with straight apostrophes, also where they were left out in a hurry ("dont"), and without typing errors."""
    spoken = _SPACE.sub(" ", _FILLER.sub("", text.replace("’", "'"))).strip()
    return spelt(_BARE.sub(_apostrophe, spoken))


def _without_quotations(paragraph: str, others: str) -> str:
    """`paragraph` with blanks for the spans in quotation marks that are somebody else's words; its length stays."""

    def blanked(match: re.Match[str]) -> str:
        before = paragraph[max(0, match.start() - 60) : match.start()]
        foreign = _ATTRIBUTED.search(before) or normalised(match[1]) in others
        return " " * len(match[0]) if foreign else match[0]

    return _QUOTED.sub(blanked, paragraph)


def _is_copied(text: str, others: str) -> bool:
    return len(words(text)) >= COPIED_WORDS and normalised(text) in others
