"""The judge by a model: a few structured questions, and nothing in the report that code has not checked."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Any, NamedTuple

from agent.judge import in_groups, one_by_one
from agent.judge.asking import Asked, Asking, Group
from agent.judge.calibration import Calibration, Calibrations
from agent.judge.case import Case
from agent.judge.examples import Examples
from agent.judge.grade import report, ungraded
from agent.judge.in_groups import InGroups
from agent.judge.one_by_one import OneByOne
from agent.judge.repeats import ceiling, opinion_of, verdict_of
from agent.judge.twists import answer_to, in_report, twists_of
from agent.llm.account import usage_of
from agent.llm.call import Call, Model
from agent.llm.forms import Forms
from agent.llm.prices import Prices
from agent.prompting import Prompts
from agent.protocols import Embedder
from agent.rubric import Competency, Rubric
from agent.transcript import Transcript
from agent.verdict import GradeReport, JudgePin, State, TwistResponse, Verdict
from agent.version import __version__

PROMPT = in_groups.PROMPT
AT_ONCE = 4
"""Questions of one grading that are asked at the same time."""
NO_WORDS = "The candidate said nothing of their own that can be judged."


class Grading(NamedTuple):
    """A report, and for every call that it took the fields of a `ModelCalled` event, but for its type and time."""

    report: GradeReport
    calls: list[dict[str, Any]]


class ModelJudge:
    """Grades by asking a model about a few competencies at a time; blind, with every quote held against the transcript.

    Args:
        prompts: where the prompts are rendered.
        model: whom to ask. It should be patient: a failure is not tried again here.
        repeats: answers asked for to each question; their median is the score (see `agent.judge.repeats`).
        prompt: how to ask: `judge/group` about a few competencies at a time, `judge/competency` about each apart.
        examples: rated talks to compare with, for `judge/group`.
        temperature: the provider's own unless given.
        max_tokens: of one answer; what the way of asking needs unless given.
        embedder: with it the report says how twists were answered.
        forms: in which form addresses take a schema; shared by all who ask the same model.
        prices: for the account; the packaged table unless given.
        calibrations: where to look for that of the model; the shipped ones unless given.

    Raises:
        ValueError: `repeats` is less than 1.
    """

    version = "2.0.0"

    def __init__(
        self,
        prompts: Prompts,
        model: Model,
        *,
        repeats: int = 1,
        prompt: str = PROMPT,
        examples: Examples | None = None,
        temperature: float | None = None,
        max_tokens: int | None = None,
        embedder: Embedder | None = None,
        forms: Forms | None = None,
        prices: Prices | None = None,
        calibrations: Calibrations | None = None,
    ) -> None:
        if repeats < 1:
            raise ValueError(f"a judge is asked at least once, not {repeats} times")
        self.id = f"model:{model.address}"
        self.address = model.address
        self._name = f"{model.address.provider}/{model.address.model}"
        self._prompts = prompts
        self._repeats = repeats
        self._temperature = temperature
        self._embedder = embedder
        self._calibrations = calibrations or Calibrations()
        options: dict[str, Any] = {"temperature": temperature, "forms": forms, "prices": prices}
        self._asking: Asking
        if prompt.startswith("judge/competency"):
            self._asking = OneByOne(prompts, model, prompt, max_tokens=max_tokens or one_by_one.MAX_TOKENS, **options)
        else:
            max_tokens = max_tokens or in_groups.MAX_TOKENS
            self._asking = InGroups(prompts, model, prompt, max_tokens=max_tokens, examples=examples, **options)

    def pin(self) -> JudgePin:
        """This judge and what moves its grades, as far as that is known before it is asked."""
        return JudgePin(id=self.id, version=self.version, package=__version__, parameters=self._parameters())

    async def grade(self, transcript: Transcript, rubric: Rubric) -> GradeReport:
        """The verdicts on every competency of the rubric; a model that fails is reported in the verdicts, not raised."""
        return (await self.grading(transcript, rubric)).report

    async def grading(self, transcript: Transcript, rubric: Rubric) -> Grading:
        """See `grade`; with the account of every call."""
        case = await asyncio.to_thread(Case.of, transcript, rubric)
        if not case.own.said:
            verdicts = ungraded(rubric, State.ABSTAINED, NO_WORDS)
            return Grading(report(transcript, rubric, self._pin([], [], []), verdicts, notes=(*case.own.notes, NO_WORDS)), [])
        groups = await asyncio.to_thread(self._asking.groups, case)
        asked = await self._ask_all(case, groups)
        calibration = self._calibrations.of(rubric.name, self._name, self._asking.prompt)
        verdicts = {each.id: _verdict(each, asked, case, str(self.address), calibration) for each in rubric.competencies}
        calls = [call for one in asked for call in one.account.calls()]
        pin = self._pin(calls, [name for one in asked for name in one.account.models], groups)
        twists = await asyncio.to_thread(self._twists, case)
        graded = await asyncio.to_thread(
            report, transcript, rubric, pin, verdicts, twists=twists, notes=_notes(case, asked), own=case.own, embedder=self._embedder
        )
        return Grading(graded, calls)

    def questions(self, transcript: Transcript, rubric: Rubric) -> Iterator[Call]:
        """The first call of every question that a grading takes; none where there is nothing to judge."""
        case = Case.of(transcript, rubric)
        for group in self._asking.groups(case) if case.own.said else ():
            call = self._asking.call(case, group)
            yield from (replace(call, repeat=repeat) for repeat in range(self._repeats))

    async def _ask_all(self, case: Case, groups: Sequence[Group]) -> list[Asked]:
        """All answers, group by group. The first is waited for, so that the others find the transcript in the provider's cache."""
        gate = asyncio.Semaphore(AT_ONCE)
        calls = [(group, self._asking.call(case, group)) for group in groups]
        first, *others = [(group, replace(call, repeat=repeat)) for group, call in calls for repeat in range(self._repeats)]
        alone = await self._ask(case, *first, gate)
        return [alone, *await _together(self._ask(case, *question, gate) for question in others)]

    async def _ask(self, case: Case, group: Group, call: Call, gate: asyncio.Semaphore) -> Asked:
        async with gate:
            return await self._asking.ask(case, group, call)

    def _twists(self, case: Case) -> list[TwistResponse]:
        if self._embedder is None:
            return []
        return [in_report(answer_to(mark, case.own.said, (), self._embedder)) for mark in twists_of(case.transcript)]

    def _pin(self, calls: Sequence[dict[str, Any]], names: Sequence[str], groups: Sequence[Group]) -> JudgePin:
        examples = sorted({example.id for group in groups for example in group.examples})
        parameters = {
            **self._parameters(),
            "model": sorted(set(names)),
            **({"examples": examples} if examples else {}),
            "usage": usage_of(calls),
        }
        return JudgePin(id=self.id, version=self.version, package=__version__, parameters=parameters)

    def _parameters(self) -> dict[str, Any]:
        calibrations = self._calibrations.pins(self._name, self._asking.prompt)
        return {
            **({"calibrations": calibrations} if calibrations else {}),
            "prompts": {name: self._prompts.fingerprint(name) for name in self._asking.pins},
            "temperature": self._temperature,
            "max_tokens": self._asking.max_tokens,
            "repeats": self._repeats,
        }


def _verdict(competency: Competency, asked: Sequence[Asked], case: Case, judge: str, calibration: Calibration | None) -> Verdict:
    """The verdict on a competency; where it is the middle of several answers, or was moved, with what the model itself said."""
    outcomes = [one.outcomes[competency.id] for one in asked if competency.id in one.outcomes]
    verdict = verdict_of(competency, outcomes, case.blinded.reveal)
    moved = (
        calibration.applied(verdict, competency, answers=len(outcomes), at_most=ceiling(competency, outcomes)) if calibration else verdict
    )
    if len(outcomes) == 1 and moved is verdict:
        return verdict
    return moved.model_copy(update={"opinions": (opinion_of(judge, competency, outcomes, verdict),)})


async def _together(questions: Iterable[Awaitable[Asked]]) -> list[Asked]:
    """All answers, in order. Where one question breaks, the others are cancelled before the error goes on."""
    tasks = [asyncio.ensure_future(question) for question in questions]
    try:
        return await asyncio.gather(*tasks)
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


def _notes(case: Case, asked: Sequence[Asked]) -> list[str]:
    rejected = sum(one.rejected for one in asked)
    told = f"{rejected} of the model's quotes did not hold as evidence and were not counted."
    return [*case.own.notes, *([told] if rejected else [])]
