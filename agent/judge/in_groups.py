"""One question for a few competencies: few calls, and what is wrong in one part of an answer is asked for again alone."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Any

from agent.errors import FailureKind, ModelError
from agent.judge.asking import Asked, Asking, Group, failed
from agent.judge.case import Case
from agent.judge.examples import Examples
from agent.judge.parts import Part, complaints_of, group_schema, parts_of
from agent.judge.repeats import Answered, Failed
from agent.llm.account import IN_PART, REPLACED, Account
from agent.llm.call import Call
from agent.llm.exchange import Exchange
from agent.llm.structured import clipped
from agent.prompting import Message
from agent.rubric import Competency

PROMPT = "judge/group@1.0.0"
AGAIN = "judge/again@1.0.0"
AT_MOST = 3
"""Competencies of one question. Three make four calls for the twelve of `core`: answers of some 1,500 tokens, which models of
4,000 to 8,000 still finish, and one that fails takes a quarter of the report with it. With the transcript in the provider's
cache a fourth call costs little more than a third would save."""
MAX_TOKENS = 6000


class InGroups(Asking):
    """Asks about a few competencies at a time, in the order of the rubric."""

    def __init__(self, *args: Any, examples: Examples | None = None, **options: Any) -> None:
        super().__init__(*args, **options)
        self._examples = examples

    @property
    def pins(self) -> tuple[str, ...]:
        """Its prompt, and the one that asks again."""
        return (self.prompt, AGAIN)

    def groups(self, case: Case) -> list[Group]:
        """Groups of about the same size, at most `AT_MOST` each."""
        listed = case.rubric.competencies
        count = -(-len(listed) // AT_MOST)
        bounds = [len(listed) * number // count for number in range(count + 1)]
        groups = [listed[start:end] for start, end in pairwise(bounds)]
        near = self._examples.near(case.transcript, groups) if self._examples else [()] * count
        return [Group(competencies, examples) for competencies, examples in zip(groups, near, strict=True)]

    def call(self, case: Case, group: Group) -> Call:
        """The question about a group."""
        return replace(self._call(self._messages(case, group)), schema=group_schema(case.rubric))

    async def ask(self, case: Case, group: Group, call: Call) -> Asked:
        """One structured answer; parts of it that cannot be used are asked for once more."""
        account = self._account()
        exchange = Exchange(account.ask, self._model.address, self._forms)
        try:
            text = (await exchange.answer(call)).text
        except ModelError as error:
            account.mark(f"failed: {error.kind}")
            return Asked({each.id: failed(error) for each in group.competencies}, 0, account)
        parts = parts_of(text, group.competencies, case.complaints)
        wrong = tuple(each for each in group.competencies if parts[each.id].complaints)
        if wrong:
            account.replaced = REPLACED if len(wrong) == len(parts) else IN_PART
            again = await self._again(exchange, call, {each.id: parts[each.id] for each in wrong}, text)
            parts |= {each.id: part for each, part in _read(again, wrong, case) if part.badness <= parts[each.id].badness}
        return _asked(case, group, parts, account)

    async def _again(self, exchange: Exchange, call: Call, wrong: Mapping[str, Part], text: str) -> str:
        """The answer about the parts that were wrong; nothing where the model does not deliver."""
        shown = {"answer": clipped(text), "complaints": complaints_of(wrong), "competencies": list(wrong)}
        messages = (*call.messages, *self._prompts.render(AGAIN, **shown))
        try:
            return (await exchange.answer(replace(call, messages=messages))).text
        except ModelError:
            return ""

    def _messages(self, case: Case, group: Group) -> list[Message]:
        examples = [example.shown(group.competencies) for example in group.examples]
        return self._prompts.render(self.prompt, competencies=list(group.competencies), examples=examples, **case.variables())


def _read(text: str, wrong: Sequence[Competency], case: Case) -> Iterator[tuple[Competency, Part]]:
    parts = parts_of(text, wrong, case.complaints)
    yield from ((each, parts[each.id]) for each in wrong)


def _asked(case: Case, group: Group, parts: Mapping[str, Part], account: Account) -> Asked:
    outcomes: dict[str, Answered | Failed] = {}
    rejected = 0
    for competency in group.competencies:
        part = parts[competency.id]
        if part.answer is None:
            outcomes[competency.id] = _unreadable(part)
            continue
        proven, doubtful = case.proven(competency, part.answer)
        outcomes[competency.id] = Answered(part.answer, proven)
        rejected += len(doubtful)
    return Asked(outcomes, rejected, account)


def _unreadable(part: Part) -> Failed:
    told = f"the answer was not in the form asked for, also when the model was told what was wrong: {part.complaints[0]}"
    return failed(ModelError(FailureKind.UNREADABLE, told))
