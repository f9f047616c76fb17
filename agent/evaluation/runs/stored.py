"""A judge whose every grading is kept: asked again for the same, it hands out what it said before."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import NamedTuple

from agent.document import PerDocument, fingerprint
from agent.errors import FailureKind, HotseatError
from agent.evaluation.runs.folder import RunFolder
from agent.evaluation.runs.judgement import Calls, Judgement, Of, key_of
from agent.judge.model import ModelJudge
from agent.protocols import Judge
from agent.rubric import Rubric
from agent.transcript import Transcript
from agent.verdict import GradeReport, State

HOPELESS = frozenset({FailureKind.AUTH, FailureKind.QUOTA, FailureKind.NOT_FOUND, FailureKind.BREAKER})
"""Failures that every further call would meet: the run ends, and what they would have spoilt is graded when it goes on."""

Watch = Callable[[Judgement, bool], None]
"""Is told of every judgement that is handed out for the first time, and whether it is new."""


def _nobody(judgement: Judgement, is_new: bool) -> None:
    return


class JudgeGone(HotseatError):
    """A model cannot be asked any more: no key, no quota, no such model, or too many failures in a row."""


class Stopping(HotseatError):
    """The run is coming to its end: nothing new is begun."""


class _Said(NamedTuple):
    report: GradeReport
    failures: frozenset[str]


class StoredJudge:
    """Looks up what is asked in a run's folder, and otherwise grades and keeps it. `name` is the judge's in the suite.

    A grading that was begun goes on when nobody waits for it any more; see `settle`. One that ended with an instrument error in an
    earlier run is tried again. What is asked twice at the same time is graded once.
    """

    def __init__(self, judge: Judge, folder: RunFolder, name: str, *, watch: Watch = _nobody) -> None:
        self.id = judge.id
        self.name = name
        self._judge = judge
        self._folder = folder
        self._watch = watch
        self._running: dict[str, asyncio.Task[GradeReport]] = {}
        self._seen: set[str] = set()
        self._fingerprint = PerDocument[Rubric, str](fingerprint)
        self._is_stopping = False
        self.unrecorded: dict[str, None] = {}
        """Items about which, as they are, a cassette had no answer to one call at least: it was never recorded, or is damaged."""

    async def grade(self, transcript: Transcript, rubric: Rubric) -> GradeReport:
        """The report that is kept for this transcript and rubric; its line is on the disk.

        Raises:
            JudgeGone: the model cannot be asked any more.
            InputError: the report cannot be kept.
        """
        return await self._graded(transcript, rubric, 0)

    def again(self) -> Judge:
        """The same judge for gradings of what it has graded already: they are done, and kept, apart from the first."""
        return _Again(self)

    async def settle(self) -> None:
        """Begins nothing new, and waits for what runs; what is done is kept."""
        self._is_stopping = True
        while self._running:
            await asyncio.gather(*self._running.values(), return_exceptions=True)

    @property
    def running(self) -> int:
        """Gradings that were begun and are not done."""
        return len(self._running)

    async def _graded(self, transcript: Transcript, rubric: Rubric, again: int) -> GradeReport:
        seen = _Seen(fingerprint(transcript), self._fingerprint(rubric), again)
        key = key_of(self._folder.plan.judges[self.name], seen.rubric, seen.transcript, again)
        task = self._running.get(key)
        if task is None:
            if self._is_stopping:
                raise Stopping("the run is ending")
            task = asyncio.ensure_future(self._kept(key, self._of(transcript, seen), transcript, rubric))
            self._running[key] = task
            task.add_done_callback(lambda done: self._running.pop(key, None))
        return await asyncio.shield(task)

    async def _kept(self, key: str, of: Of, transcript: Transcript, rubric: Rubric) -> GradeReport:
        known = self._folder.get(key)
        is_first = key not in self._seen
        self._seen.add(key)
        is_new = known is None or (is_first and _has_error(known.report))
        if known is None or is_new:
            report = await self._new(transcript, rubric, of)
            made = Judgement(judge=self.name, item=transcript.source, of=of, key=key, report=report, calls=Calls.of(report))
            known = await self._folder.keep(made)
        if is_first:
            self._watch(known, is_new)
        return known.report

    async def _new(self, transcript: Transcript, rubric: Rubric, of: Of) -> GradeReport:
        said = await self._said(transcript, rubric)
        if of is Of.ITEM and FailureKind.NOT_RECORDED in said.failures:
            self.unrecorded[transcript.source] = None
        if said.failures & HOPELESS and _has_error(said.report):
            reason = next(each.reasoning for each in said.report.verdicts.values() if each.state is State.INSTRUMENT_ERROR)
            raise JudgeGone(f"the judge {self.name!r} cannot go on. {reason}")
        return said.report

    async def _said(self, transcript: Transcript, rubric: Rubric) -> _Said:
        if not isinstance(self._judge, ModelJudge):
            return _Said(await self._judge.grade(transcript, rubric), frozenset())
        report, calls = await self._judge.grading(transcript, rubric)
        return _Said(report, frozenset(str(call["outcome"]).removeprefix("failed: ") for call in calls))

    def _of(self, transcript: Transcript, seen: _Seen) -> Of:
        plan = self._folder.plan
        is_item = (plan.items.get(transcript.source), plan.rubric.sha256) == (seen.transcript, seen.rubric)
        return Of.AGAIN if seen.again else Of.ITEM if is_item else Of.TWIN


class _Seen(NamedTuple):
    """Fingerprints of what is graded, and whether it is graded once more."""

    transcript: str
    rubric: str
    again: int


class _Again:
    def __init__(self, first: StoredJudge) -> None:
        self.id = first.id
        self._first = first

    async def grade(self, transcript: Transcript, rubric: Rubric) -> GradeReport:
        return await self._first._graded(transcript, rubric, 1)


def _has_error(report: GradeReport) -> bool:
    return any(verdict.state is State.INSTRUMENT_ERROR for verdict in report.verdicts.values())
