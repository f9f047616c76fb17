"""The bench on which a judge is probed: transcripts, a rubric, a seed, and a judge that is asked several times at once."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterable, Sequence
from pathlib import Path
from random import Random
from typing import TypeVar

from agent.errors import InputError
from agent.evaluation.golden import Golden, read_golden
from agent.protocols import Judge
from agent.rubric import Rubric
from agent.transcript import Transcript
from agent.verdict import GradeReport, JudgePin

AT_ONCE = 4
"""Of a judge that waits for a network. A judge that works in this process gains nothing from threads, and is asked one at a time."""
LIMIT = 60
T = TypeVar("T")
R = TypeVar("R")


class Bench:
    """Grades transcripts with one judge, at most `at_once` at a time; what is plain is graded once for all probes."""

    def __init__(
        self,
        judge: Judge,
        rubric: Rubric,
        goldens: Sequence[Golden],
        evals: Path,
        *,
        seed: int = 0,
        limit: int = LIMIT,
        again: Judge | None = None,
        at_once: int | None = None,
    ) -> None:
        """`evals` is the folder with the other material; `limit` is how much of it a probe takes at most.

        `again` grades what was graded before, where `judge` would hand out what it said then. `at_once` is as the judge needs it, see
        `AT_ONCE`, unless given.
        """
        self.judge = judge
        self.rubric = rubric
        self.goldens = goldens
        self.evals = evals
        self.seed = seed
        self.limit = limit
        self.gradings = 0
        self.pin: JudgePin | None = None
        self._again = again or judge
        self._at_once = at_once or (1 if self.is_repeatable else AT_ONCE)
        self._plain: dict[str, GradeReport] = {}

    @property
    def names(self) -> tuple[str, ...]:
        """The competencies of the rubric."""
        return tuple(each.id for each in self.rubric.competencies)

    @property
    def is_repeatable(self) -> bool:
        """Whether the judge promises the same report for the same transcript, as the embedded one does."""
        return self.judge.id == "embedded"

    async def grade(self, transcript: Transcript, rubric: Rubric | None = None) -> GradeReport:
        """A fresh report."""
        self.gradings += 1
        report = await self.judge.grade(transcript, rubric or self.rubric)
        self.pin = report.judge
        return report

    async def once_more(self, transcript: Transcript) -> GradeReport:
        """A fresh report on what was graded before."""
        self.gradings += 1
        return await self._again.grade(transcript, self.rubric)

    async def plain(self, golden: Golden) -> GradeReport:
        """The report on a golden as it is, the same for all probes."""
        if golden.id not in self._plain:
            self._plain[golden.id] = await self.grade(golden.transcript)
        return self._plain[golden.id]

    async def each(self, work: Callable[[T], Awaitable[R]], of: Iterable[T]) -> list[R]:
        """`work` on each, some at a time, in order; the first failure ends it."""
        free = asyncio.Semaphore(self._at_once)

        async def when_free(one: T) -> R:
            async with free:
                return await work(one)

        tasks = [asyncio.ensure_future(when_free(one)) for one in of]
        try:
            return await asyncio.gather(*tasks)
        finally:
            for task in tasks:
                task.cancel()

    def chance(self, *about: object) -> Random:
        """Chance that is the same for the same seed and the same thing."""
        return Random("/".join(map(str, (self.seed, *about))))


def read_goldens(folders: Sequence[Path], *, limit: int = LIMIT, seed: int = 0) -> list[Golden]:
    """At most `limit` goldens of each folder, drawn by seed, in the order of folders and names.

    Raises:
        InputError: a folder holds none, or a file is no golden, or two have one id.
    """
    found = [golden for folder in folders for golden in _goldens_of(folder, limit, seed)]
    twice = {golden.id for golden in found if sum(one.id == golden.id for one in found) > 1}
    if twice:
        raise InputError(f"{', '.join(sorted(twice))}: there are several goldens of that id; name each folder once")
    return found


def _goldens_of(folder: Path, limit: int, seed: int) -> list[Golden]:
    files = sorted(folder.glob("*.yaml"))
    if not files:
        raise InputError(f"there are no goldens in {folder}; name a folder of YAML files with --goldens, such as evals/goldens/dev")
    drawn = Random(f"{seed}/{folder.name}").sample(files, min(limit, len(files)))
    return [read_golden(file) for file in sorted(drawn)]
