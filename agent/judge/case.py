"""One grading as a model is asked about it: the blinded transcript, its fence, and what of an answer is proven."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from agent.judge.answer_shape import CompetencyAnswer
from agent.judge.blinding import Blind, blind
from agent.judge.own_words import OwnWords, own_words
from agent.judge.proof import ABOUT_THE_INDICATOR, Doubtful, Proof, Proven
from agent.prompting import boundary
from agent.rubric import Competency, Rubric
from agent.transcript import Transcript
from agent.verdict import State


@dataclass(frozen=True)
class Case:
    """A transcript and the rubric it is graded by."""

    transcript: Transcript
    rubric: Rubric
    blinded: Blind
    own: OwnWords

    @classmethod
    def of(cls, transcript: Transcript, rubric: Rubric) -> Case:
        """The case of a transcript."""
        return cls(transcript, rubric, blind(transcript), own_words(transcript))

    def variables(self) -> dict[str, Any]:
        """What the prompt needs besides the competency."""
        twists = [(mark, text) for mark, text in zip(self.transcript.marks, self.blinded.marks, strict=True) if mark.kind == "twist"]
        return {
            "turns": [
                {"number": turn.number, "candidate": turn.role == "candidate", "text": self.blinded.turns[turn.number].text}
                for turn in self.transcript.turns
            ],
            "marks": [{"turn": mark.turn, "text": text} for mark, text in twists],
            "boundary": self.boundary,
        }

    @cached_property
    def boundary(self) -> str:
        """A mark of 16 hex digits that occurs nowhere in the transcript, the same for the same transcript and rubric."""
        texts = [*(masked.text for masked in self.blinded.turns.values()), *self.blinded.marks]
        return boundary("/".join(["\n".join(texts), self.rubric.name]), texts)

    @cached_property
    def _proof(self) -> Proof:
        return Proof(self.transcript, self.blinded)

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
