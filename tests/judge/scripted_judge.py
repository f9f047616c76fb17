"""A model that answers about each competency of a question as it is told to."""

from __future__ import annotations

import json
import re
from collections.abc import AsyncIterator, Callable
from typing import Any

from agent.errors import ModelError
from agent.llm.call import Address, Call, Finish, Model, Reply, Usage

COMPETENCY = "trade_off_thinking"

Answer = dict[str, Any] | str | ModelError


def quoted(turn: int, quote: str, indicator: str = "states-the-cost", supports: bool = True) -> dict[str, Any]:
    return {"turn": turn, "quote": quote, "indicator": indicator, "supports": supports}


def answer(*evidence: dict[str, Any], level: Any = 4, state: str = "scored", **rest: Any) -> dict[str, Any]:
    number = level if state == "scored" else None
    sure = 0.8 if state == "scored" else None
    given = {"missing": ["It names no fallback."], "reasoning": "It weighs the cost.", "state": state, "level": number, "confidence": sure}
    return {"evidence": list(evidence), **given, **rest}


UNSEEN = answer(state="not_observed", reasoning="Nothing was said about it.")


_ASKED = re.compile(r"(?:Now grade|Write only) ([a-z_, ]+?) (?:in the transcript|again)")


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
        return [call for call in self.calls if is_about(call, COMPETENCY)]

    async def ask(self, call: Call) -> AsyncIterator[str | Reply]:
        self.calls.append(call)
        said = self._when(call) or self._said(call)
        if isinstance(said, ModelError):
            raise said
        text = said if isinstance(said, str) else json.dumps(said)
        yield text
        yield Reply(text, Finish.STOP, Usage(1000, 50, 400), "judge-2026-01")

    def _said(self, call: Call) -> Answer:
        answers = {name: self._next() if name == COMPETENCY else UNSEEN for name in asked_for(call)}
        whole = next((one for one in answers.values() if isinstance(one, str | ModelError)), None)
        return whole or {"grades": [{"competency": name, **one} for name, one in answers.items() if isinstance(one, dict)]}

    def _next(self) -> Answer:
        return self._answers.pop(0) if len(self._answers) > 1 else self._answers[0]


def asked_for(call: Call) -> list[str]:
    """The competencies that a call asks for."""
    return str(_ASKED.findall(call.messages[-1]["content"])[-1]).split(", ")


def is_about(call: Call, name: str) -> bool:
    return name in asked_for(call)


def seen(call: Call) -> str:
    """All that the model read."""
    return "\n".join(message["content"] for message in call.messages)
