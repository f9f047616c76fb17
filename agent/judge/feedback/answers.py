"""The answers of a talk, each with what it answers and what was said of the candidate's own in it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from agent.judge.own_words import Said
from agent.prose import words
from agent.transcript import Transcript, Turn


@dataclass(frozen=True)
class Answer:
    """One turn of the candidate. `place` counts answers from 0; `question` is all that was said to the candidate right before it."""

    place: int
    turn: Turn
    question: str
    said: tuple[Said, ...]
    asks_story: bool
    after_twist: bool

    @cached_property
    def text(self) -> str:
        """Its own sentences in lower case, with straight apostrophes."""
        return " ".join(one.text for one in self.said).lower().replace("’", "'")

    @cached_property
    def length(self) -> int:
        """How many words it has."""
        return len(words(self.turn.text))


def answers(transcript: Transcript, said: Sequence[Said]) -> tuple[Answer, ...]:
    """Every answer with at least one word, in order."""
    own: dict[int, list[Said]] = {}
    for one in said:
        own.setdefault(one.turn, []).append(one)
    twists = {mark.turn for mark in transcript.marks if mark.kind == "twist"}
    found: list[Answer] = []
    before: list[Turn] = []
    for turn in transcript.turns:
        if turn.role == "interviewer":
            before.append(turn)
        elif words(turn.text):
            found.append(_answer(len(found), turn, before, own.get(turn.number, []), twists))
            before = []
    return tuple(found)


def _answer(place: int, turn: Turn, before: Sequence[Turn], own: Sequence[Said], twists: set[int]) -> Answer:
    return Answer(
        place=place,
        turn=turn,
        question=" ".join(one.text for one in before).lower().replace("’", "'"),
        said=tuple(own),
        asks_story=any(one.asks_story for one in before),
        after_twist=any(one.number in twists for one in before),
    )
