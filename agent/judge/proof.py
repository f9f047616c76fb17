"""Whether what a model quotes is evidence: the candidate's own words, where they were said, for an indicator of the rubric."""

from __future__ import annotations

from collections import Counter
from enum import StrEnum
from functools import cached_property
from typing import NamedTuple

from agent.judge.answer_shape import Quoted
from agent.judge.blinding import Blind
from agent.judge.own_words import MIN_WORDS, own_words
from agent.judge.quotes import normalised
from agent.judge.rude import is_contempt
from agent.prose import words
from agent.quotation import Plain, Span, located_in, plain
from agent.rubric import Competency, Indicator, Rubric
from agent.transcript import Transcript, Turn
from agent.verdict import Evidence


class Fault(StrEnum):
    """Why a quote is no evidence, as the end of a sentence about it."""

    NOT_THERE = "does not stand in a turn of the candidate; copy the words letter by letter, or leave it out"
    INTERVIEWERS = "is what an interviewer said, and only the candidate's words are evidence"
    NOT_OWN = "is copied or quoted from somebody else, or speaks to the grader, so it is no evidence"
    TOO_SHORT = f"has fewer than {MIN_WORDS} words; quote more of the sentence, or leave it out"
    UNKNOWN = "names an indicator that this competency does not have"
    WRONG_SIDE = "names an indicator of the other side: supports is true for what speaks for the competency, and else false"


ABOUT_THE_INDICATOR = frozenset({Fault.UNKNOWN, Fault.WRONG_SIDE})
"""Faults of evidence that may stand there all the same."""


class Proven(NamedTuple):
    """Evidence, and where its quote begins: the turn and the character."""

    evidence: Evidence
    place: tuple[int, int]


class Doubtful(NamedTuple):
    """Evidence that is none, and why."""

    quoted: Quoted
    fault: Fault

    def __str__(self) -> str:
        return f"the quote {self.quoted.quote!r}, turn {self.quoted.turn}, indicator {self.quoted.indicator!r}: it {self.fault}"


class Proof:
    """Checks quotes from a blinded transcript against the transcript itself."""

    def __init__(self, transcript: Transcript, blinded: Blind, rubric: Rubric | None = None) -> None:
        self._transcript = transcript
        self._blinded = blinded
        self._rubric = rubric
        self._own: dict[int, list[tuple[Span, list[str]]]] = {}
        self._checked: dict[tuple[object, ...], Proven | Doubtful] = {}

    def of(self, quoted: Quoted, competency: Competency) -> Proven | Doubtful:
        """The evidence with the candidate's original words, or why it is none. What was checked once is not checked again."""
        key = (competency.id, quoted.indicator, quoted.supports, quoted.turn, quoted.quote)
        if key not in self._checked:
            self._checked[key] = self._check(quoted, competency)
        return self._checked[key]

    def _check(self, quoted: Quoted, competency: Competency) -> Proven | Doubtful:
        indicator = _indicator(quoted, competency)
        if isinstance(indicator, Fault):
            return Doubtful(quoted, indicator)
        place = self._place(quoted)
        if isinstance(place, Fault):
            return Doubtful(quoted, place)
        turn, span = place
        fault = self._fault(turn, span)
        if fault:
            return Doubtful(quoted, fault)
        evidence = Evidence(
            turn=turn.number, quote=span.of(turn.text), indicator=indicator.id, text=indicator.text, supports=quoted.supports
        )
        return Proven(evidence, (turn.number, span.start))

    @cached_property
    def _shown(self) -> dict[int, Plain]:
        return {number: plain(masked.text) for number, masked in self._blinded.turns.items()}

    def _place(self, quoted: Quoted) -> tuple[Turn, Span] | Fault:
        """Where the quote stands: in the turn it names, else in the only turn of the candidate that has it."""
        candidates = self._transcript.candidate_turns
        named = [turn for turn in candidates if turn.number == quoted.turn]
        hits = self._hits(quoted.quote, named) or self._hits(quoted.quote, candidates)
        if len(hits) == 1:
            turn, span = hits[0]
            original = self._blinded.turns[turn.number].original(span)
            return (turn, original) if original else Fault.NOT_OWN
        others = [turn for turn in self._transcript.turns if turn.role == "interviewer"]
        return Fault.INTERVIEWERS if not hits and self._hits(quoted.quote, others) else Fault.NOT_THERE

    def _hits(self, quote: str, turns: list[Turn] | tuple[Turn, ...]) -> list[tuple[Turn, Span]]:
        return [(turn, span) for turn in turns if (span := located_in(quote, self._shown[turn.number]))]

    def _fault(self, turn: Turn, span: Span) -> Fault | None:
        quote = span.of(turn.text)
        said = words(normalised(quote))
        if len(said) < MIN_WORDS and not is_contempt(quote):
            return Fault.TOO_SHORT
        own = [word for place, its in self._own_parts(turn) if place.start < span.end and span.start < place.end for word in its]
        known = (Counter(said) & Counter(own)).total()
        return None if known >= min(MIN_WORDS, len(said)) and 2 * known >= len(said) else Fault.NOT_OWN

    def _own_parts(self, turn: Turn) -> list[tuple[Span, list[str]]]:
        """The sentences of a turn that may count as evidence: where each stands, and those of its words that are the candidate's own."""
        if turn.number not in self._own:
            others = tuple(one for one in self._transcript.turns if one.role == "interviewer")
            alone = own_words(Transcript(turns=(*others, turn)), self._rubric)
            text = plain(turn.text)
            places = [(located_in(said.text, text), words(normalised(said.own))) for said in alone.said]
            self._own[turn.number] = [(place, its) for place, its in places if place]
        return self._own[turn.number]


def _indicator(quoted: Quoted, competency: Competency) -> Indicator | Fault:
    sides = {True: competency.indicators, False: competency.counter_indicators}
    found = {side: one for side, ones in sides.items() for one in ones if one.id == quoted.indicator}
    if not found:
        return Fault.UNKNOWN
    return found.get(quoted.supports, Fault.WRONG_SIDE)
