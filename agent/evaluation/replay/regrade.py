"""The same items graded again by judges that need no network: the embedded one, and models whose answers are on a cassette."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from agent.document import fingerprint
from agent.evaluation.replay.check import Checked, Value, check_judge, compared
from agent.evaluation.runs.folder import opened
from agent.evaluation.runs.judgement import Judgement
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


class Regraded(NamedTuple):
    """What judges that graded again said, held against what they had said; and why others could not, or nothing."""

    checked: tuple[Checked, ...] = ()
    failed: str = ""


def regraded(run: Run, workshop: Workshop, rubric: Rubric, tell: Tell) -> Regraded:
    """What the offline judges of a run say now against what they said: their verdicts, and the figures that come of those.

    Of a judge whose recording no longer has every answer that it had only the items that it still answers are held against each other.

    Raises:
        InputError: a cassette or a golden cannot be read, or something reached for the network.
    """
    names = offline_judges(run.plan.suite)
    if not names:
        return Regraded()
    prepared = prepare(run.plan.suite.only(names), workshop, rubric)
    with TemporaryDirectory(prefix="hotseat-replay-") as place:
        with opened(Path(place) / "run", prepared.plan) as folder:
            runner = Runner(prepared, folder, tell=tell)
            report = run_sync(runner.run())
        now = read_run(Path(place) / "run")
        lost = {name: items for name in names if (items := _lost(name, run, now, runner.unrecorded[name]))}
        verdicts = {name: _verdicts(name, run, now, but=lost.get(name, ())) for name in names}
        whole = {name: check_judge(name, run.report, report) for name in names if name not in lost}
        checked = tuple(each for name in names for each in (verdicts[name], *whole.get(name, ())) if each.figures or name in whole)
    return Regraded(checked, "; ".join(_told(name, items, run.plan.suite) for name, items in lost.items()))


def _lost(judge: str, was: Run, now: Run, unrecorded: Sequence[str]) -> list[str]:
    """The items about which a judge's recording says less than it said: an answer is missing now, and a verdict is another."""
    missing = {*unrecorded, *now.plan.left_out.get(judge, ())}
    before, after = ({item: list(said) for item, said in _by_item(judge, run)} for run in (was, now))
    return [item for item in before if item in missing and before[item] != after.get(item)]


def _told(judge: str, items: Sequence[str], suite: Suite) -> str:
    what = f"{items[0]!r}" if len(items) == 1 else f"{len(items)} items, such as {items[0]!r}"
    return (
        f"the recording {suite.judges[judge].model!r} of the judge {judge!r} does not have every answer about {what} any more: "
        "files of it are gone or damaged, or something else is asked now; restore it, or leave this part out with --kept-only"
    )


def _verdicts(judge: str, was: Run, now: Run, but: Collection[str]) -> Checked:
    """Every verdict with its words and quotes, but those on some items."""
    before, after = (dict(each for item, said in _by_item(judge, run) if item not in but for each in said) for run in (was, now))
    return compared(f"{judge}/verdicts", before, after)


def _by_item(judge: str, run: Run) -> Iterator[tuple[str, Iterator[tuple[str, Value]]]]:
    yield from ((judgement.item, _said(judge, judgement)) for judgement in run.of_items(judge))


def _said(judge: str, judgement: Judgement) -> Iterator[tuple[str, Value]]:
    """Each verdict as its state, its score, and a fingerprint of all of it."""
    for name, verdict in judgement.report.verdicts.items():
        score = "" if verdict.score is None else f" {verdict.score:g}"
        yield f"{judge}/verdicts/{judgement.item}/{name}", f"{verdict.state}{score}, sha256 {fingerprint(verdict)[:8]}"
