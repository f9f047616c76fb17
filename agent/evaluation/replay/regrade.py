"""The same items graded again by judges that need no network: the embedded one, and models whose answers are on a cassette."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from agent.document import fingerprint
from agent.evaluation.replay.check import Checked, Value, check_judge, compared
from agent.evaluation.runs.folder import opened
from agent.evaluation.runs.judges import Workshop, is_cassette
from agent.evaluation.runs.prepared import prepare
from agent.evaluation.runs.reading import Run, read_run
from agent.evaluation.runs.runner import Runner, Tell
from agent.evaluation.runs.suite import EMBEDDED, Suite
from agent.rubric import Rubric
from agent.sync import run_sync


def offline_judges(suite: Suite) -> tuple[str, ...]:
    """The judges of a suite that can grade without a network."""
    return tuple(name for name, judge in suite.judges.items() if judge.model == EMBEDDED or is_cassette(judge))


def regraded(run: Run, workshop: Workshop, rubric: Rubric, tell: Tell) -> tuple[Checked, ...]:
    """What the offline judges of a run say now against what they said: their verdicts, and the figures that come of those.

    Raises:
        InputError: a cassette or a golden cannot be read, or something reached for the network.
    """
    names = offline_judges(run.plan.suite)
    if not names:
        return ()
    prepared = prepare(run.plan.suite.only(names), workshop, rubric)
    with TemporaryDirectory(prefix="hotseat-replay-") as place:
        with opened(Path(place) / "run", prepared.plan) as folder:
            report = run_sync(Runner(prepared, folder, tell=tell).run())
        now = read_run(Path(place) / "run")
        return tuple(checked for name in names for checked in (_verdicts(name, run, now), *check_judge(name, run.report, report)))


def _verdicts(judge: str, was: Run, now: Run) -> Checked:
    """Every verdict with its words and quotes."""
    return compared(f"{judge}/verdicts", *(dict(_said(judge, run)) for run in (was, now)))


def _said(judge: str, run: Run) -> Iterator[tuple[str, Value]]:
    """Each verdict as its state, its score, and a fingerprint of all of it."""
    for judgement in run.of_items(judge):
        for name, verdict in judgement.report.verdicts.items():
            score = "" if verdict.score is None else f" {verdict.score:g}"
            yield f"{judge}/verdicts/{judgement.item}/{name}", f"{verdict.state}{score}, sha256 {fingerprint(verdict)[:8]}"
