"""The judge by a model: one structured question for each competency, and nothing in the report that code has not checked."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Iterable, Sequence
from typing import Any, NamedTuple

from agent.errors import ModelError
from agent.judge.answer_shape import CompetencyAnswer
from agent.judge.case import Case
from agent.judge.grade import report, ungraded
from agent.judge.repeats import Answered, Failed, verdict_of
from agent.judge.twists import answer_to, in_report, twists_of
from agent.llm.account import Account, usage_of
from agent.llm.call import Call, Model, PromptPin
from agent.llm.forms import Forms
from agent.llm.prices import Prices
from agent.llm.structured import ask_structured
from agent.prompting import Message, Prompts
from agent.protocols import Embedder
from agent.rubric import Competency, Rubric
from agent.transcript import Transcript
from agent.verdict import GradeReport, JudgePin, State, TwistResponse, Verdict
from agent.version import __version__

PROMPT = "judge/competency@1.1.0"
REPAIR = "shared/repair@1.0.0"
AT_ONCE = 4
"""Questions of one grading that are asked at the same time."""
MAX_TOKENS = 3000
NO_WORDS = "The candidate said nothing of their own that can be judged."


class Grading(NamedTuple):
    """A report, and for every call that it took the fields of a `ModelCalled` event, but for its type and time."""

    report: GradeReport
    calls: list[dict[str, Any]]


class _Asked(NamedTuple):
    """What came of one question, how many of its quotes were no evidence, and the account of its calls."""

    outcome: Answered | Failed
    rejected: int
    account: Account


class ModelJudge:
    """Grades each competency by asking a model; blind, with every quote held against the transcript.

    Args:
        prompts: where the prompts are rendered.
        model: whom to ask. It should be patient: a failure is not tried again here.
        repeats: answers asked for to each competency; their median is the score (see `agent.judge.repeats`).
        temperature: the provider's own unless given.
        max_tokens: of one answer.
        embedder: with it the report says how twists were answered.
        forms: in which form addresses take a schema; shared by all who ask the same model.
        prices: for the account; the packaged table unless given.
    """

    version = "1.0.0"

    def __init__(
        self,
        prompts: Prompts,
        model: Model,
        *,
        repeats: int = 1,
        temperature: float | None = None,
        max_tokens: int = MAX_TOKENS,
        embedder: Embedder | None = None,
        forms: Forms | None = None,
        prices: Prices | None = None,
    ) -> None:
        self.id = f"model:{model.address}"
        self._prompts = prompts
        self._model = model
        self._repeats = repeats
        self._temperature = temperature
        self._max_tokens = max_tokens
        self._embedder = embedder
        self._forms = forms or Forms()
        self._prices = prices

    async def grade(self, transcript: Transcript, rubric: Rubric) -> GradeReport:
        """The verdicts on every competency of the rubric; a model that fails is reported in the verdicts, not raised."""
        return (await self.grading(transcript, rubric)).report

    async def grading(self, transcript: Transcript, rubric: Rubric) -> Grading:
        """See `grade`; with the account of every call."""
        case = Case.of(transcript, rubric)
        if not case.own.said:
            verdicts = ungraded(rubric, State.ABSTAINED, NO_WORDS)
            return Grading(report(transcript, rubric, self._pin([], []), verdicts, notes=(*case.own.notes, NO_WORDS)), [])
        asked = await self._ask_all(case)
        verdicts = {each.id: _verdict(each, asked[each.id], case) for each in rubric.competencies}
        questions = [one for each in asked.values() for one in each]
        calls = [call for one in questions for call in one.account.calls()]
        names = [name for one in questions for name in one.account.models]
        twists = await asyncio.to_thread(self._twists, case)
        pin, notes = self._pin(calls, names), _notes(case, questions)
        graded = await asyncio.to_thread(
            report, transcript, rubric, pin, verdicts, twists=twists, notes=notes, own=case.own, embedder=self._embedder
        )
        return Grading(graded, calls)

    async def _ask_all(self, case: Case) -> dict[str, list[_Asked]]:
        gate = asyncio.Semaphore(AT_ONCE)
        questions = [(each, self._call(case, each, repeat)) for each in case.rubric.competencies for repeat in range(self._repeats)]
        answers = await _together(self._asked(case, each, call, gate) for each, call in questions)
        asked: dict[str, list[_Asked]] = {each.id: [] for each in case.rubric.competencies}
        for (each, _), one in zip(questions, answers, strict=True):
            asked[each.id].append(one)
        return asked

    async def _asked(self, case: Case, competency: Competency, call: Call, gate: asyncio.Semaphore) -> _Asked:
        account = Account(self._model, prices=self._prices)
        async with gate:
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
                return _Asked(Failed(f"The model did not deliver ({error.kind}): {error}"), 0, account)
        proven, doubtful = case.proven(competency, answer.result)
        return _Asked(Answered(answer.result, proven), len(doubtful), account)

    def _call(self, case: Case, competency: Competency, repeat: int) -> Call:
        messages = self._prompts.render(PROMPT, competency=competency, **case.variables())
        return Call(
            role="judge",
            messages=tuple(messages),
            prompt=PromptPin(PROMPT, self._prompts.fingerprint(PROMPT)),
            max_tokens=self._max_tokens,
            temperature=self._temperature,
            repeat=repeat,
        )

    def _repair(self, answer: str, complaints: Sequence[str]) -> list[Message]:
        return self._prompts.render(REPAIR, answer=answer, complaints=list(complaints))

    def _twists(self, case: Case) -> list[TwistResponse]:
        if self._embedder is None:
            return []
        return [in_report(answer_to(mark, case.own.said, (), self._embedder)) for mark in twists_of(case.transcript)]

    def _pin(self, calls: Sequence[dict[str, Any]], names: Sequence[str]) -> JudgePin:
        parameters = {
            "prompts": {name: self._prompts.fingerprint(name) for name in (PROMPT, REPAIR)},
            "model": sorted(set(names)),
            "temperature": self._temperature,
            "max_tokens": self._max_tokens,
            "repeats": self._repeats,
            "usage": usage_of(calls),
        }
        return JudgePin(id=self.id, version=self.version, package=__version__, parameters=parameters)


async def _together(questions: Iterable[Awaitable[_Asked]]) -> list[_Asked]:
    """All answers, in order. Where one question breaks, the others are cancelled before the error goes on."""
    tasks = [asyncio.ensure_future(question) for question in questions]
    try:
        return await asyncio.gather(*tasks)
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


def _verdict(competency: Competency, asked: Sequence[_Asked], case: Case) -> Verdict:
    return verdict_of(competency, [one.outcome for one in asked], case.blinded.reveal)


def _notes(case: Case, asked: Sequence[_Asked]) -> list[str]:
    rejected = sum(one.rejected for one in asked)
    told = f"{rejected} of the model's quotes did not hold as evidence and were not counted."
    return [*case.own.notes, *([told] if rejected else [])]
