"""One grading as a model is asked about it: the blinded transcript, its fence, and what of an answer is proven."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from agent.judge.answer_shape import CompetencyAnswer
from agent.judge.blinding import Blind, blind
from agent.judge.own_words import OwnWords, own_words
from agent.judge.proof import ABOUT_THE_INDICATOR, Doubtful, Proof, Proven
from agent.prompting import boundary
from agent.rubric import Competency, Rubric
from agent.transcript import Mark, Transcript
from agent.verdict import State

CANDIDATE = "Candidate"


@dataclass(frozen=True)
class Case:
    """A transcript and the rubric it is graded by."""

    transcript: Transcript
    rubric: Rubric
    blinded: Blind
    own: OwnWords
    labels: Mapping[str, str]
    """By speaker: `Interviewer 1 (product manager)`."""

    @classmethod
    def of(cls, transcript: Transcript, rubric: Rubric) -> Case:
        """The case of a transcript."""
        titles = {turn.speaker: turn.title for turn in reversed(transcript.turns) if turn.role == "interviewer"}
        speakers = dict.fromkeys(turn.speaker for turn in transcript.turns if turn.speaker in titles)
        blinded, shown = _blinded(transcript, [titles[speaker] for speaker in speakers])
        labels = {speaker: _label(number, title) for number, (speaker, title) in enumerate(zip(speakers, shown, strict=True), 1)}
        return cls(transcript, rubric, blinded, own_words(transcript, rubric), labels)

    def variables(self) -> dict[str, Any]:
        """What the prompt needs besides the competency."""
        twists = [(mark, text) for mark, text in zip(self.transcript.marks, self.blinded.marks, strict=True) if mark.kind == "twist"]
        return {
            "turns": [
                {
                    "number": turn.number,
                    "candidate": turn.role == "candidate",
                    "label": CANDIDATE if turn.role == "candidate" else self.labels[turn.speaker],
                    "text": self.blinded.turns[turn.number].text,
                }
                for turn in self.transcript.turns
            ],
            "marks": [{"turn": mark.turn, "text": text} for mark, text in twists],
            "boundary": self.boundary,
        }

    @cached_property
    def boundary(self) -> str:
        """A mark of 16 hex digits that occurs nowhere in the transcript, the same for the same transcript and rubric."""
        texts = [*(masked.text for masked in self.blinded.turns.values()), *self.blinded.marks]
        return boundary("/".join(["\n".join(texts), self.rubric.name]), [*texts, *self.labels.values()])

    @cached_property
    def _proof(self) -> Proof:
        return Proof(self.transcript, self.blinded, self.rubric)

    def proven(self, competency: Competency, answer: CompetencyAnswer) -> tuple[tuple[Proven, ...], tuple[Doubtful, ...]]:
        """The evidence of an answer that holds, and that which does not."""
        checked = [self._proof.of(quoted, competency) for quoted in answer.evidence]
        return (
            tuple(one for one in checked if isinstance(one, Proven)),
            tuple(one for one in checked if isinstance(one, Doubtful)),
        )

    def complaints(self, competency: Competency, answer: CompetencyAnswer) -> Sequence[str]:
        """What the model should mend: quotes that are none, and, where no evidence is left, wrong indicators too."""
        proven, doubtful = self.proven(competency, answer)
        if answer.state is State.SCORED and not proven and not doubtful:
            return ["the state is scored, and there is no evidence; quote it, or choose another state"]
        return [str(one) for one in doubtful if one.fault not in ABOUT_THE_INDICATOR or not proven]


def _label(number: int, title: str) -> str:
    return f"Interviewer {number} ({title})" if title else f"Interviewer {number}"


def _blinded(transcript: Transcript, titles: Sequence[str]) -> tuple[Blind, tuple[str, ...]]:
    """The transcript and the titles without names: a title is masked as a mark would be."""
    count = len(transcript.marks)
    added = tuple(Mark(turn=1, kind="interruption", label="", text=" ".join(title.split())) for title in titles)
    both = blind(transcript.model_copy(update={"marks": (*transcript.marks, *added)}))
    return replace(both, marks=both.marks[:count]), both.marks[count:]
