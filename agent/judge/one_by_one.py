"""One question for each competency: more calls, shorter answers. The way of the prompts `judge/competency`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from agent.errors import ModelError
from agent.judge.answer_shape import CompetencyAnswer
from agent.judge.asking import Asked, Asking, Group, failed
from agent.judge.case import Case
from agent.judge.repeats import Answered
from agent.llm.call import Call
from agent.llm.shape import schema_of
from agent.llm.structured import ask_structured
from agent.prompting import Message

PROMPT = "judge/competency@1.1.0"
REPAIR = "shared/repair@1.0.0"
MAX_TOKENS = 3000


class OneByOne(Asking):
    """Asks about each competency apart."""

    @property
    def pins(self) -> tuple[str, ...]:
        """Its prompt, and that of the repair."""
        return (self.prompt, REPAIR)

    def groups(self, case: Case) -> list[Group]:
        """Every competency alone."""
        return [Group((each,)) for each in case.rubric.competencies]

    def call(self, case: Case, group: Group) -> Call:
        """The question about a competency; whoever asks it fills in the schema."""
        (competency,) = group.competencies
        messages = self._prompts.render(self.prompt, competency=competency, **case.variables())
        return replace(self._call(messages), schema=schema_of(CompetencyAnswer))

    async def ask(self, case: Case, group: Group, call: Call) -> Asked:
        """One structured answer, with one round of repair for the whole of it."""
        (competency,) = group.competencies
        account = self._account()
        try:
            answer = await ask_structured(
                account.ask,
                call,
                CompetencyAnswer,
                address=self._model.address,
                forms=self._forms,
                repair=self._repair,
                check=lambda answer: case.complaints(competency, answer),
            )
        except ModelError as error:
            account.mark(f"failed: {error.kind}")
            return Asked({competency.id: failed(error)}, 0, account)
        proven, doubtful = case.proven(competency, answer.result)
        return Asked({competency.id: Answered(answer.result, proven)}, len(doubtful), account)

    def _repair(self, answer: str, complaints: Sequence[str]) -> list[Message]:
        return self._prompts.render(REPAIR, answer=answer, complaints=list(complaints))
