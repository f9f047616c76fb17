"""Mistakes that take more than one sentence to see: too many words or terms, a story without an end."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from agent.feedback import Structure
from agent.judge.delivery import words_to_the_point
from agent.judge.feedback.answers import Answer
from agent.judge.own_words import Said
from agent.transcript import Transcript

LONG_ANSWER, LONG_STORY = 150, 300
"""Words in a minute of speech, and in the two that a story may take."""
LATE_POINT = 75
"""Words in thirty seconds of speech."""
JARGON_SHARE, JARGON_TERMS = 0.10, 4


class Counted(NamedTuple):
    """Where it was counted, and the count in words."""

    answer: Answer
    said: Said
    more: str = ""


def counted(mistake: str, transcript: Transcript, answers: Sequence[Answer], structures: Sequence[Structure]) -> list[Counted]:
    """Where the counts amount to that mistake; nothing for mistakes that are not of this kind."""
    return list(_COUNTS[mistake](transcript, answers, structures)) if mistake in _COUNTS else []


def _over_explaining(transcript: Transcript, answers: Sequence[Answer], structures: Sequence[Structure]) -> Iterator[Counted]:
    told = {one.turn for one in structures if one.frame == "STAR"}
    for answer in _longest_first(answers):
        point = words_to_the_point(answer.turn.text)
        late = point is None or point > LATE_POINT
        if answer.length > (LONG_STORY if answer.turn.number in told else LONG_ANSWER) and late:
            before = "no clear point among them" if point is None else f"{point} of them before the point"
            yield Counted(answer, answer.said[0], f"{answer.length} words, {before}")


def _jargon(transcript: Transcript, answers: Sequence[Answer], structures: Sequence[Structure]) -> Iterator[Counted]:
    terms = [re.compile(rf"(?<!\w){re.escape(term)}(?!\w)") for term in transcript.jargon]
    for answer in answers:
        per_sentence = [(sum(len(term.findall(one.text.lower())) for term in terms), -place, one) for place, one in enumerate(answer.said)]
        count = sum(found for found, _, _ in per_sentence)
        if count >= JARGON_TERMS and count / answer.length > JARGON_SHARE:
            yield Counted(answer, max(per_sentence, key=lambda one: one[:2])[2], f"{count} terms in {answer.length} words")


def _no_result(transcript: Transcript, answers: Sequence[Answer], structures: Sequence[Structure]) -> Iterator[Counted]:
    """A told event of which nothing says how it ended: its last sentence stands for it."""
    by_turn = {answer.turn.number: answer for answer in answers}
    for one in structures:
        if one.frame == "STAR" and any(part.name == "result" for part in one.missing) and len(one.missing) < len(one.parts) - 1:
            yield Counted(by_turn[one.turn], by_turn[one.turn].said[-1])


def _longest_first(answers: Sequence[Answer]) -> list[Answer]:
    return sorted((answer for answer in answers if answer.said), key=lambda one: -one.length)


_COUNTS: dict[str, Callable[[Transcript, Sequence[Answer], Sequence[Structure]], Iterator[Counted]]] = {
    "over-explaining": _over_explaining,
    "jargon-overload": _jargon,
    "no-result": _no_result,
}
