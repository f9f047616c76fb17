"""A model that answers about each competency as it is told to."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Callable
from typing import Any

from agent.errors import ModelError
from agent.llm.call import Address, Call, Finish, Model, Reply, Usage

Answer = dict[str, Any] | str | ModelError


def quoted(turn: int, quote: str, indicator: str = "states-the-cost", supports: bool = True) -> dict[str, Any]:
    return {"turn": turn, "quote": quote, "indicator": indicator, "supports": supports}


def answer(*evidence: dict[str, Any], level: Any = 4, state: str = "scored", **rest: Any) -> dict[str, Any]:
    number = level if state == "scored" else None
    sure = 0.8 if state == "scored" else None
    given = {"missing": ["It names no fallback."], "reasoning": "It weighs the cost.", "state": state, "level": number, "confidence": sure}
    return {"evidence": list(evidence), **given, **rest}


UNSEEN = answer(state="not_observed", reasoning="Nothing was said about it.")


class ScriptedJudge(Model):
    """Says the answers in turn when asked about trade-offs (the last again and again), and of the rest that it was not observed."""

    address = Address("scripted", "judge")

    def __init__(self, *answers: Answer, when: Callable[[Call], Answer | None] = lambda call: None) -> None:
        self._answers = list(answers)
        self._when = when
        self.calls: list[Call] = []

    @property
    def asked(self) -> list[Call]:
        """The calls about trade-offs."""
        return [call for call in self.calls if is_about(call, "Trade-off")]

    async def ask(self, call: Call) -> AsyncIterator[str | Reply]:
        self.calls.append(call)
        said = self._when(call) or (self._next() if is_about(call, "Trade-off") else UNSEEN)
        if isinstance(said, ModelError):
            raise said
        text = said if isinstance(said, str) else json.dumps(said)
        yield text
        yield Reply(text, Finish.STOP, Usage(1000, 50, 400), "judge-2026-01")

    def _next(self) -> Answer:
        return self._answers.pop(0) if len(self._answers) > 1 else self._answers[0]


def is_about(call: Call, name: str) -> bool:
    return any(message["content"].rsplit("Grade ", 1)[-1].startswith(name) for message in call.messages)


def seen(call: Call) -> str:
    """All that the model read."""
    return "\n".join(message["content"] for message in call.messages)
