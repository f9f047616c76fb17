"""A panel: several models grade the same talk, each without knowing of the others, and the middle of what they say counts."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from statistics import median

from agent.errors import InputError
from agent.judge.grade import report
from agent.judge.model import Grading, ModelJudge
from agent.judge.repeats import MISSING, confidence, majority, ranked
from agent.llm.account import usage_of
from agent.rubric import LEVELS, Rubric
from agent.transcript import Transcript
from agent.verdict import GradeReport, JudgePin, Opinion, State, Verdict
from agent.version import __version__

NO_MAJORITY = "The judges of the panel did not agree on whether this can be graded."
NOBODY = "No judge of the panel delivered."


class Panel:
    """Grades by the judges of several models. A score is the median of their scores, so of medians where each is asked several times.

    It is no fallback: every judge is always asked. One that does not deliver is named and left out.

    Raises:
        InputError: they are fewer than two, or two of them ask the same model.
    """

    version = "1.0.0"

    def __init__(self, judges: Sequence[ModelJudge]) -> None:
        if len({judge.id for judge in judges}) < max(2, len(judges)):
            raise InputError(f"a panel needs two or more different models, got {', '.join(str(judge.address) for judge in judges)}")
        self.id = f"panel:{' + '.join(str(judge.address) for judge in judges)}"
        self._judges = tuple(judges)

    async def grade(self, transcript: Transcript, rubric: Rubric) -> GradeReport:
        """The verdicts on every competency of the rubric."""
        return (await self.grading(transcript, rubric)).report

    async def grading(self, transcript: Transcript, rubric: Rubric) -> Grading:
        """See `grade`; with the account of every call."""
        gradings = await asyncio.gather(*(judge.grading(transcript, rubric) for judge in self._judges))
        reports = {str(judge.address): grading.report for judge, grading in zip(self._judges, gradings, strict=True)}
        calls = [call for grading in gradings for call in grading.calls]
        parameters = {"judges": [one.judge.parameters for one in reports.values()], "usage": usage_of(calls)}
        pin = JudgePin(id=self.id, version=self.version, package=__version__, parameters=parameters)
        verdicts = {each.id: together({name: one.verdicts[each.id] for name, one in reports.items()}) for each in rubric.competencies}
        first = next(iter(reports.values()))
        return Grading(report(transcript, rubric, pin, verdicts, twists=first.twists, notes=_notes(reports)), calls)


def together(verdicts: Mapping[str, Verdict]) -> Verdict:
    """What a panel says about one competency, from what its judges say by name."""
    opinions = tuple(_opinion(name, verdict) for name, verdict in verdicts.items())
    delivered = [one for one in verdicts.values() if one.state is not State.INSTRUMENT_ERROR]
    state = majority(one.state for one in delivered) if delivered else State.INSTRUMENT_ERROR
    if state is None:
        return Verdict(state=State.ABSTAINED, reasoning=NO_MAJORITY, opinions=opinions)
    agreeing = [one for one in verdicts.values() if one.state is state]
    if state is State.SCORED:
        return _scored(agreeing, len(delivered), opinions)
    reasoning = agreeing[0].reasoning if delivered else f"{NOBODY} {agreeing[0].reasoning}"
    return agreeing[0].model_copy(update={"reasoning": reasoning, "opinions": opinions})


def _scored(agreeing: Sequence[Verdict], answers: int, opinions: tuple[Opinion, ...]) -> Verdict:
    scores = [one.score or 0.0 for one in agreeing]
    score = float(median(scores))
    nearest = agreeing[min(range(len(agreeing)), key=lambda place: abs(scores[place] - score))]
    level = int(score + 0.5)
    return Verdict(
        state=State.SCORED,
        level=level,
        score=score,
        confidence=confidence(scores, answers, nearest.confidence or 0.0),
        evidence=ranked([evidence for one in agreeing for evidence in one.evidence]),
        missing=nearest.missing[:MISSING] if level < LEVELS[-1] else (),
        reasoning=nearest.reasoning,
        opinions=opinions,
    )


def _opinion(name: str, verdict: Verdict) -> Opinion:
    """What a judge said in all its answers, or in its one."""
    if verdict.opinions:
        return verdict.opinions[0]
    return Opinion(judge=name, state=verdict.state, levels=(verdict.level,), score=verdict.score, reasoning=verdict.reasoning)


def _notes(reports: Mapping[str, GradeReport]) -> list[str]:
    """What each report notes, once; with the judge's name where not all say so."""
    by: dict[str, list[str]] = {}
    for name, one in reports.items():
        for note in one.notes:
            by.setdefault(note, []).append(name)
    return [note if len(names) == len(reports) else f"{', '.join(names)}: {note}" for note, names in by.items()]
