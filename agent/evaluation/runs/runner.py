"""Runs a suite: every judge grades every item, then the probes; what was graded before is not graded again."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from random import Random

from agent.evaluation.golden import Golden
from agent.evaluation.probes.bench import Bench
from agent.evaluation.probes.finding import Finding
from agent.evaluation.probes.probe import Probe
from agent.evaluation.runs.folder import REPORT, RunFolder
from agent.evaluation.runs.garbage import rarely_collected
from agent.evaluation.runs.judgement import Calls, Judgement, Of
from agent.evaluation.runs.prepared import Prepared
from agent.evaluation.runs.reporting import reported
from agent.evaluation.runs.run_report import RunReport
from agent.evaluation.runs.stored import StoredJudge
from agent.evaluation.runs.suite import SuiteProbes


@dataclass
class Progress:
    """How far a run is. `planned` gradings of items; how many probes need is not known beforehand.

    `kept`: of all these, gradings that were there already. `calls` are of this attempt alone.
    """

    planned: int
    stage: str = ""
    items: int = 0
    for_probes: int = 0
    kept: int = 0
    calls: Calls = field(default_factory=Calls)


Tell = Callable[[Progress], None]


class Runner:
    """One run in an open folder."""

    def __init__(self, prepared: Prepared, folder: RunFolder, *, tell: Tell = lambda progress: None) -> None:
        self._prepared = prepared
        self._folder = folder
        self._tell = tell
        self.progress = Progress(sum(len(prepared.plan.items_of(name)) for name in prepared.judges))
        self.unrecorded: dict[str, tuple[str, ...]] = {}
        """By judge the items about which, as they are, its cassette did not answer every call; known at the end."""

    async def run(self) -> RunReport:
        """Grades what is left, and reports; the report lies in the folder. However it ends, what was begun is waited for and kept.

        Raises:
            JudgeGone: a model cannot be asked any more.
            InputError: the folder cannot be written.
        """
        judges = {name: StoredJudge(made.judge, self._folder, name, watch=self._watch) for name, made in self._prepared.judges.items()}
        try:
            with rarely_collected():
                findings = {name: await self._of(judge) for name, judge in judges.items()}
        except BaseException:
            self._begin(f"ending, waiting for {sum(judge.running for judge in judges.values())} gradings")
            await asyncio.gather(*(judge.settle() for judge in judges.values()))
            raise
        finally:
            await asyncio.gather(*(made.aclose() for made in self._prepared.judges.values()))
        self.unrecorded = {name: tuple(judge.unrecorded) for name, judge in judges.items()}
        report = await asyncio.to_thread(reported, self._prepared, self._folder, findings)
        self._folder.write(REPORT, report.model_dump_json(indent=1) + "\n")
        return report

    async def _of(self, judge: StoredJudge) -> Sequence[Finding]:
        """What the probes find of one judge, after it has graded the items."""
        own = set(self._prepared.plan.items_of(judge.name))
        goldens = [golden for golden in self._prepared.goldens if golden.id in own]
        self._begin(f"{judge.name}: items")
        await self._bench(judge, goldens).each(lambda golden: self._graded(golden, judge), goldens)
        asked = self._prepared.suite.probes
        if asked is None or judge.name not in asked.judges:
            return ()
        bench = self._bench(judge, drawn(goldens, asked), asked)
        return [await self._found(probe, bench) for probe in self._prepared.probes]

    def _bench(self, judge: StoredJudge, goldens: Sequence[Golden], asked: SuiteProbes | None = None) -> Bench:
        drawn = {"seed": asked.seed, "limit": asked.limit} if asked else {}
        at_once = self._prepared.judges[judge.name].at_once
        return Bench(judge, self._prepared.rubric, goldens, self._prepared.evals, again=judge.again(), at_once=at_once, **drawn)

    async def _graded(self, golden: Golden, judge: StoredJudge) -> None:
        """Grades an item; the report is read from the folder when it is needed."""
        await judge.grade(golden.transcript, self._prepared.rubric)

    async def _found(self, probe: Probe, bench: Bench) -> Finding:
        assert isinstance(bench.judge, StoredJudge)
        self._begin(f"{bench.judge.name}: probe {probe.name}")
        return await probe.run(bench)

    def _begin(self, stage: str) -> None:
        self.progress.stage = stage
        self._tell(self.progress)

    def _watch(self, judgement: Judgement, is_new: bool) -> None:
        progress = self.progress
        progress.items += judgement.of is Of.ITEM
        progress.for_probes += judgement.of is not Of.ITEM
        progress.kept += not is_new
        progress.calls += judgement.calls if is_new else Calls()
        self._tell(progress)


def drawn(goldens: Sequence[Golden], asked: SuiteProbes) -> list[Golden]:
    """At most as many goldens as probes are asked about, drawn by seed, in the order of the suite."""
    some = Random(f"{asked.seed}/probes").sample(goldens, min(asked.limit, len(goldens)))
    return sorted(some, key=goldens.index)
