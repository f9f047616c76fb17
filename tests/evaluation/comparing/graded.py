"""Reports of a judge that only exists here."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from agent.evaluation.comparing.sides import Side
from agent.judge.grade import report
from agent.library import Library
from agent.library.library import shipped
from agent.rubric import Rubric
from agent.transcript import Transcript, Turn
from agent.verdict import Evidence, GradeReport, JudgePin, Opinion, State, Verdict

RUBRIC = Library((shipped(),)).rubric("core@1.1.0")
NAMES = tuple(each.id for each in RUBRIC.competencies)
FIRST, SECOND = NAMES[:2]
PIN = JudgePin(
    id="model:openai/judge-1",
    version="2.0.0",
    package="0.1.0",
    parameters={"prompts": {"judge/group@1.0.0": "a" * 64}, "model": ["judge-1-0801"], "repeats": 1, "usage": {"calls": 4, "cost": 0.01}},
)

Answer = float | None | tuple[int | None, ...]
"""A score, nothing observed, or the levels of several answers."""


def verdict(answer: Answer, *, quote: str = "We wrote it down.", why: str = "Because of that.") -> Verdict:
    """The verdict on one competency."""
    levels = answer if isinstance(answer, tuple) else ()
    scored = sorted(level for level in levels if level is not None)
    score = float(scored[len(scored) // 2]) if scored else None if isinstance(answer, tuple) else answer
    opinions = (Opinion(judge=PIN.id, state=State.SCORED, levels=levels, score=score),) if levels else ()
    if score is None:
        return Verdict(state=State.NOT_OBSERVED, reasoning="Nothing was heard.", opinions=opinions)
    numbers: dict[str, Any] = {"level": int(score + 0.5), "score": score, "confidence": 0.5, "opinions": opinions}
    return Verdict(state=State.SCORED, evidence=(Evidence(turn=2, quote=quote),), reasoning=why, **numbers)


ERROR = Verdict(state=State.INSTRUMENT_ERROR, reasoning="The model did not answer.")


def graded(
    answers: Mapping[str, Answer | Verdict], *, rubric: Rubric = RUBRIC, pin: JudgePin = PIN, said: str = "We wrote it."
) -> GradeReport:
    """A report in which the other competencies were not observed."""
    found = {name: answers.get(name) for name in (each.id for each in rubric.competencies)}
    verdicts = {name: one if isinstance(one, Verdict) else verdict(one) for name, one in found.items()}
    talk = Transcript(turns=(Turn(number=1, role="candidate", speaker="C", text=said),))
    return report(talk, rubric, pin, verdicts)


def side(scores: Mapping[str, Mapping[str, Answer | Verdict]], *, name: str = "a", judge: str = "strong", **how: Any) -> Side:
    """A side with a report for each item."""
    return Side(name, judge, {item: graded(answers, **how) for item, answers in scores.items()})
