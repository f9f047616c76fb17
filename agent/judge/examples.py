"""Rated talks that a model is shown for comparison: the nearest ones, and never a sibling of the talk that is graded."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from agent.judge.blinding import blind
from agent.protocols import Memory
from agent.rubric import Competency
from agent.transcript import Transcript

LONGEST = 320
"""Words of a talk that is shown. The levels are those of the whole talk, so a longer one is not shortened but left out."""
SAME = 0.9
"""From this similarity on a talk counts as the one that is graded, in other words."""
QUESTION = 8
"""Words of an interviewer's turn that no two scenes have in common by chance."""
_SHELF = "rated-talks"


class Worked(NamedTuple):
    """A talk with the levels that raters gave it; None where they saw nothing. Talks of one family share setting and question."""

    id: str
    family: str
    transcript: Transcript
    levels: Mapping[str, float | None]


class Example(NamedTuple):
    """A rated talk as it is shown: without names and numbers of turns."""

    id: str
    text: str
    levels: Mapping[str, float | None]

    def shown(self, competencies: Sequence[Competency]) -> dict[str, Any]:
        """What a prompt needs of it, with the levels of these competencies."""
        return {"text": self.text, "levels": [(each.id, _shown(self.levels[each.id])) for each in competencies if each.id in self.levels]}


class Examples:
    """Finds rated talks near to one that is to be graded.

    Args:
        worked: the talks, of the split that judges may learn from.
        memory: finds talks by meaning.
        count: how many each question shows.
    """

    def __init__(self, worked: Sequence[Worked], memory: Memory, count: int) -> None:
        self._worked = [one for one in worked if _words(one.transcript) <= LONGEST]
        self._texts = [_meaning(one.transcript) for one in self._worked]
        self._memory = memory
        self._count = count

    def near(self, transcript: Transcript, groups: Sequence[Sequence[Competency]]) -> list[tuple[Example, ...]]:
        """For each group of competencies the nearest talks in which raters saw one of them."""
        found = self._memory.near(_SHELF, self._texts, _meaning(transcript), len(self._texts))
        siblings = {self._worked[place].family for place, likeness in found if self._is_sibling(self._worked[place], transcript, likeness)}
        nearest = [one for place, _ in found if (one := self._worked[place]).family not in siblings]
        return [tuple(_example(one) for one in _of_families(nearest, group)[: self._count]) for group in groups]

    def _is_sibling(self, worked: Worked, transcript: Transcript, likeness: float) -> bool:
        named = transcript.source == worked.family or transcript.source.startswith(f"{worked.family}-")
        same = transcript.title == worked.transcript.title or bool(_questions(transcript) & _questions(worked.transcript))
        return named or same or likeness >= SAME


def _of_families(worked: Sequence[Worked], group: Sequence[Competency]) -> list[Worked]:
    """Those in which one of the competencies was seen, one of each family: the same talk by four candidates teaches less."""
    nearest: dict[str, Worked] = {}
    for one in worked:
        if any(one.levels.get(each.id) is not None for each in group):
            nearest.setdefault(one.family, one)
    return list(nearest.values())


def _questions(transcript: Transcript) -> set[str]:
    """What interviewers ask at some length, by which a scene is known again."""
    asked = (turn.text.casefold().split() for turn in transcript.turns if turn.role == "interviewer")
    return {" ".join(words) for words in asked if len(words) >= QUESTION}


def _example(worked: Worked) -> Example:
    shown, transcript = blind(worked.transcript), worked.transcript
    lines = [f"{'Candidate' if turn.role == 'candidate' else 'Interviewer'}: {shown.turns[turn.number].text}" for turn in transcript.turns]
    return Example(worked.id, "\n".join(lines), worked.levels)


def _shown(level: float | None) -> str:
    return "null" if level is None else f"{level:g}"


def _meaning(transcript: Transcript) -> str:
    return "\n".join(turn.text for turn in transcript.turns)


def _words(transcript: Transcript) -> int:
    return len(_meaning(transcript).split())
