"""Verdicts as any judge might give them, with one quote each."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from agent.judge.grade import ungraded
from agent.rubric import Rubric
from agent.verdict import Evidence, State, Verdict

Verdicts = dict[str, Verdict]


def evidence(turn: int, quote: str, indicator: str, *, supports: bool = True) -> Evidence:
    return Evidence(turn=turn, quote=quote, indicator=indicator, text=indicator, supports=supports)


@pytest.fixture(scope="session")
def graded(rubric: Rubric) -> Callable[..., Verdicts]:
    """Every competency not observed but for those named, which are scored at a level with evidence."""

    def build(**scored: tuple[int, list[Evidence]]) -> Verdicts:
        verdicts = ungraded(rubric, State.NOT_OBSERVED, "Nothing was heard.")
        for name, (level, found) in scored.items():
            verdicts[name] = Verdict(
                state=State.SCORED, level=level, score=float(level), confidence=0.6, evidence=tuple(found), reasoning="Heard."
            )
        return verdicts

    return build
