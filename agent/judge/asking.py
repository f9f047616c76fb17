"""Asking a model about competencies: what the ways of asking share."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from agent.errors import FailureKind, ModelError
from agent.judge.case import Case
from agent.judge.examples import Example
from agent.judge.repeats import Answered, Failed
from agent.llm.account import Account
from agent.llm.call import Call, Model, PromptPin
from agent.llm.forms import Forms
from agent.llm.prices import Prices
from agent.prompting import Message, Prompts
from agent.rubric import Competency


class Group(NamedTuple):
    """Competencies that one question asks for, and rated talks to compare with."""

    competencies: tuple[Competency, ...]
    examples: tuple[Example, ...] = ()


class Asked(NamedTuple):
    """What came of one question by competency, how many of its quotes were no evidence, and the account of its calls."""

    outcomes: Mapping[str, Answered | Failed]
    rejected: int
    account: Account


class Asking(ABC):
    """A way of asking one model, with one prompt. `max_tokens` are those of one answer."""

    def __init__(
        self,
        prompts: Prompts,
        model: Model,
        prompt: str,
        *,
        max_tokens: int,
        temperature: float | None = None,
        forms: Forms | None = None,
        prices: Prices | None = None,
    ) -> None:
        self.prompt = prompt
        self.max_tokens = max_tokens
        self._prompts = prompts
        self._model = model
        self._temperature = temperature
        self._forms = forms or Forms()
        self._prices = prices

    @property
    @abstractmethod
    def pins(self) -> tuple[str, ...]:
        """The prompts that a grading may use."""

    @abstractmethod
    def groups(self, case: Case) -> list[Group]:
        """The questions of a grading, each to be asked once or several times."""

    @abstractmethod
    def call(self, case: Case, group: Group) -> Call:
        """The first call of a question; more follow where its answer does not do."""

    @abstractmethod
    async def ask(self, case: Case, group: Group, call: Call) -> Asked:
        """What the model says to `call`, one repeat of the question; where it does not deliver, that is an outcome and not raised."""

    def _account(self) -> Account:
        return Account(self._model, prices=self._prices)

    def _call(self, messages: Sequence[Message]) -> Call:
        return Call(
            role="judge",
            messages=tuple(messages),
            prompt=PromptPin(self.prompt, self._prompts.fingerprint(self.prompt)),
            max_tokens=self.max_tokens,
            temperature=self._temperature,
        )


def failed(error: ModelError) -> Failed:
    """What is said of a competency about which the model said nothing that can be used."""
    return Failed(f"The model did not deliver ({error.kind}): {error}", is_gone=error.kind is FailureKind.NOT_RECORDED)
