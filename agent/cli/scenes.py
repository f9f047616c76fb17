"""`hotseat evals scenes`: simulated candidates play scenes, and the table tells whether all holds and the scenes separate."""

from __future__ import annotations

import shlex
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from agent.counted import counted

if TYPE_CHECKING:
    from agent.evaluation.scenes.report import SceneReport
    from agent.evaluation.scenes.run import Progress, Spread
    from agent.evaluation.scenes.suite import SceneSuite

SUITE = Path("evals/suites/scenes.yaml")


@dataclass(frozen=True)
class Wish:
    """What was asked for on the command line."""

    scenarios: tuple[str, ...]
    candidates: tuple[str, ...]
    seeds: int | None
    suite: Path
    out: Path | None
    anew: bool
    workers: int
    cluster: str | None
    junit: Path | None
    library: Path | None

    def command(self, suite: SceneSuite) -> str:
        """The command that asks for the same again."""
        options = ["--candidates", ",".join(suite.candidates), "--seeds", str(suite.seeds)]
        options += [] if self.suite == SUITE else ["--suite", str(self.suite)]
        options += ["--library", str(self.library)] if self.library else []
        return shlex.join(["hotseat", "evals", "scenes", *suite.scenarios, *options])


def scenes(
    names: Annotated[list[str] | None, typer.Argument(metavar="SCENARIO...", help="Scenes; those of the suite without one.")] = None,
    candidates: Annotated[
        str | None, typer.Option("--candidates", metavar="A,B", help="Simulated candidates, instead of the suite's.")
    ] = None,
    seeds: Annotated[int | None, typer.Option("--seeds", min=1, max=1000, help="The seeds 1 to this, instead of the suite's.")] = None,
    suite: Annotated[Path, typer.Option("--suite", metavar="SUITE", help="The suite: a name in evals/suites, or a file.")] = SUITE,
    out: Annotated[Path | None, typer.Option("--out", metavar="DIR", help="Keep the sessions here; without it in runs/SUITE.")] = None,
    anew: Annotated[bool, typer.Option("--anew", help="Start over: what the folder holds of a run is removed first.")] = False,
    workers: Annotated[int, typer.Option("--workers", min=1, max=2, help="Processes that play, on this machine.")] = 1,
    cluster: Annotated[
        str | None, typer.Option("--cluster", metavar="tcp://HOST:PORT", help="Let the workers of this Dask cluster play instead.")
    ] = None,
    junit: Annotated[Path | None, typer.Option("--junit", metavar="FILE", help="Write what holds and separates as JUnit XML.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="The report as one JSON object instead of text.")] = False,
    library: Annotated[Path | None, typer.Option("--library", help="A directory of your own personas, scenarios and rubrics.")] = None,
    plain: Annotated[bool, typer.Option("--plain", help="No colours, boxes or motion; for screen readers and pipes.")] = False,
) -> None:
    """Let simulated candidates play scenes at several seeds: does all hold, and does each scene tell a strong one from a weak one?

    The same command goes on where it was interrupted. Exits with 0 if all holds and no scene surely fails to separate, with 1 if not, with
    2 if it could not run.
    """
    chosen = tuple(name.strip() for name in candidates.split(",")) if candidates else ()
    wish = Wish(tuple(names or ()), chosen, seeds, suite, out, anew, workers, cluster, junit, library)
    raise typer.Exit(_ran(wish, as_json=as_json, plain=plain))


def _ran(wish: Wish, *, as_json: bool, plain: bool) -> int:
    """Plays what is left to play and shows what came of it; the exit code."""
    from agent.cli.grading import write
    from agent.cli.scenes_table import show
    from agent.cli.setup import Options, make_screen
    from agent.evaluation.scenes.junit import to_junit

    began = time.monotonic()
    report, progress, folder = _report(wish)
    if wish.junit:
        write(wish.junit, to_junit(report))
    if as_json:
        typer.echo(report.model_dump_json(indent=2))
    else:
        show(report, make_screen(Options(plain=plain)))
    took = f"{counted(progress.played, 'session')} in {time.monotonic() - began:.1f} s, {progress.kept:,} kept from before"
    typer.echo(f"{took}. Kept in {folder}", err=True)
    return report.exit_code


def _report(wish: Wish) -> tuple[SceneReport, Progress, Path]:
    from agent.cli.progress import Line
    from agent.cli.setup import make_engine
    from agent.evaluation.runs.folder import REPORT, write_whole
    from agent.evaluation.scenes.folder import opened, plan_of
    from agent.evaluation.scenes.report import report_of
    from agent.evaluation.scenes.run import play_all
    from agent.evaluation.scenes.unit import units_of

    spread, suite, engine = _spread(wish), _suite(wish), make_engine(wish.library)
    units = units_of(suite, engine, str(wish.library.resolve()) if wish.library else None)
    folder = wish.out or Path("runs") / suite.id
    with opened(folder, plan_of(suite, units), anew=wish.anew) as sessions, Line(sys.stderr) as line:
        for number in sessions.damaged:
            line.say(f"{sessions.path}, line {number} is damaged; what it held is played again")
        try:
            progress = play_all(units, sessions, spread, _teller(line.show))
        except KeyboardInterrupt:
            line.say(f"ended early; {counted(len(sessions), 'session')} kept in {folder}. The same command goes on from there.")
            raise
        done = {session.key: session for session in sessions.each()}
        report = report_of(suite, units, done, engine.library, wish.command(suite))
        write_whole(folder / REPORT, report.model_dump_json(indent=1) + "\n")
    return report, progress, folder


def _suite(wish: Wish) -> SceneSuite:
    """The suite in its file, with what the command line says instead.

    Raises:
        InputError: there is none, or what was asked for does not fit.
    """
    from agent.evaluation.scenes.suite import read_suite

    asked = {"scenarios": wish.scenarios, "candidates": wish.candidates, "seeds": wish.seeds}
    return read_suite(wish.suite).but({name: value for name, value in asked.items() if value})


def _spread(wish: Wish) -> Spread:
    """Who plays.

    Raises:
        InputError: both, processes of this machine and a cluster, are asked for.
    """
    from agent.cli.evals_elsewhere import require_one_place
    from agent.evaluation.scenes.work import do
    from agent.evaluation.workers.cluster import on_cluster
    from agent.evaluation.workers.processes import in_processes

    require_one_place(wish.workers, wish.cluster)
    if wish.cluster:
        return partial(on_cluster, do, address=wish.cluster)
    return partial(in_processes, do, count=wish.workers)


def _teller(show: Callable[[str], None]) -> Callable[[Progress], None]:
    def tell(progress: Progress) -> None:
        show(f"{progress.played + progress.kept:,} of {progress.planned:,} sessions {progress.last}")

    return tell
