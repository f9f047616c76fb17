"""`hotseat evals run`: judges grade a suite, and gates tell whether anything moved."""

from __future__ import annotations

import sys
import time
from contextlib import nullcontext
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from agent.counted import counted

if TYPE_CHECKING:
    from agent.evaluation.runs.judgement import Judgement
    from agent.evaluation.runs.lines import Lines
    from agent.evaluation.runs.prepared import Prepared
    from agent.evaluation.runs.reading import Run
    from agent.evaluation.runs.run_report import RunReport
    from agent.evaluation.runs.runner import Runner
    from agent.evaluation.workers.crew import Crew


@dataclass(frozen=True)
class Wish:
    """What was asked for on the command line."""

    suite: str
    out: Path | None
    evals: Path
    judges: tuple[str, ...]
    library: Path | None
    offline: bool
    anew: bool
    concurrency: int | None
    workers: int
    cluster: str | None
    junit: Path | None
    html: Path | None
    baseline: Path | None
    rubric: str | None
    record: Path | None


def run(
    suite: Annotated[str, typer.Argument(metavar="SUITE", help="A suite: a name in evals/suites, or a YAML file.")],
    out: Annotated[Path | None, typer.Option("--out", metavar="DIR", help="Keep the run here; without it in runs/SUITE.")] = None,
    anew: Annotated[bool, typer.Option("--anew", help="Start over: what the folder holds of a run is removed first.")] = False,
    offline: Annotated[bool, typer.Option("--offline", help="Embedded judges and cassettes only; no socket is opened.")] = False,
    judge: Annotated[
        list[str] | None, typer.Option("--judge", metavar="NAME", help="Only this judge of the suite; again for more.")
    ] = None,
    concurrency: Annotated[
        int | None, typer.Option(min=1, max=512, help="Calls of models at the same time, instead of the suite's.")
    ] = None,
    workers: Annotated[
        int, typer.Option("--workers", min=1, max=16, help="Processes in which the embedded judge grades, on this machine.")
    ] = 1,
    cluster: Annotated[
        str | None,
        typer.Option(
            "--cluster",
            metavar="tcp://HOST:PORT",
            help="Let the workers of this Dask cluster do it instead. Models are asked from here, where their keys and pace are.",
        ),
    ] = None,
    rubric: Annotated[str | None, typer.Option(help="Grade by this rubric instead of the suite's, 'core' or 'core@1.0.0'.")] = None,
    record: Annotated[
        Path | None, typer.Option("--record", metavar="DIR", help="Keep every answer of a model in this folder, for cassette:DIR.")
    ] = None,
    junit: Annotated[Path | None, typer.Option("--junit", metavar="FILE", help="Write gates and probes as JUnit XML.")] = None,
    html: Annotated[Path | None, typer.Option("--html", metavar="FILE", help="Write the report as one HTML file.")] = None,
    baseline: Annotated[
        Path | None, typer.Option("--baseline", metavar="RUN", help="The folder of another run: the HTML shows what moved since.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="The report as one JSON object instead of text.")] = False,
    evals: Annotated[Path, typer.Option("--evals", help="The directory with suites, goldens and what probes need.")] = Path("evals"),
    library: Annotated[Path | None, typer.Option("--library", help="A directory of your own personas, scenarios and rubrics.")] = None,
    plain: Annotated[bool, typer.Option("--plain", help="No colours, boxes or motion; for screen readers and pipes.")] = False,
) -> None:
    """Let the judges of a suite grade its items, hold them against raters, probes and gates, and keep every grading.

    The same command goes on where it was interrupted. Exits with 0 if all held or was unsure, with 1 if a gate or a probe failed, with 2
    if it could not run.
    """
    asked = tuple(judge or ())
    wish = Wish(suite, out, evals, asked, library, offline, anew, concurrency, workers, cluster, junit, html, baseline, rubric, record)
    raise typer.Exit(_ran(wish, as_json=as_json, plain=plain))


def _ran(wish: Wish, *, as_json: bool, plain: bool) -> int:
    """Runs the suite and shows what came of it; the exit code."""
    from agent.cli.evals_elsewhere import crew_of
    from agent.evaluation.runs.offline import no_network

    began = time.monotonic()
    with no_network() if wish.offline else nullcontext(), crew_of(wish.workers, wish.cluster, offline=wish.offline) as crew:
        report, runner, folder = _report(wish, crew)
    if as_json:
        typer.echo(report.model_dump_json(indent=2))
    else:
        from agent.cli.run_table import show
        from agent.cli.setup import Options, make_screen

        show(report, make_screen(Options(plain=plain)))
    _tell_what_it_took(runner, folder, time.monotonic() - began)
    return report.exit_code


def _report(wish: Wish, crew: Crew | None) -> tuple[RunReport, Runner, Path]:
    """Grades what is left to grade, and writes what was asked for."""
    from agent.cli.grading import write
    from agent.cli.progress import Line
    from agent.errors import InputError
    from agent.evaluation.page import to_html
    from agent.evaluation.runs.folder import opened
    from agent.evaluation.runs.junit import to_junit
    from agent.evaluation.runs.reading import read_run
    from agent.evaluation.runs.runner import Runner
    from agent.evaluation.runs.stored import JudgeGone
    from agent.library import Library
    from agent.sync import run_sync

    baseline = _baseline(wish)
    prepared = _prepared(wish, crew)
    folder = wish.out or Path("runs") / prepared.suite.id
    with opened(folder, prepared.plan, anew=wish.anew) as run_folder, Line(sys.stderr) as line:
        for number in run_folder.lines.damaged:
            line.say(f"{run_folder.lines.path}, line {number} is damaged; what it held is graded again")
        runner = Runner(prepared, run_folder, tell=line.tell)
        try:
            report = run_sync(runner.run())
        except KeyboardInterrupt:
            line.say(_how_to_go_on("ended early", run_folder.lines, folder))
            raise
        except JudgeGone as error:
            raise InputError(f"{error}\n{_how_to_go_on('The run has stopped', run_folder.lines, folder)}") from error
    if wish.junit:
        write(wish.junit, to_junit(report))
    if wish.html:
        write(wish.html, to_html(read_run(folder), wish.evals, Library.default(wish.library), baseline=baseline))
    return report, runner, folder


def _baseline(wish: Wish) -> Run | None:
    """The run that this one is held against, read before anything is graded."""
    from agent.errors import InputError
    from agent.evaluation.runs.reading import read_run

    if wish.baseline and not wish.html:
        raise InputError("--baseline is shown in the HTML report; name a file with --html")
    return read_run(wish.baseline) if wish.baseline else None


def _prepared(wish: Wish, crew: Crew | None) -> Prepared:
    """The suite made ready."""
    from agent.cli.evals_elsewhere import elsewhere
    from agent.cli.evals_workshop import workshop
    from agent.evaluation.runs.judges import require_offline
    from agent.evaluation.runs.prepared import prepare
    from agent.evaluation.runs.suite import read_suite
    from agent.library import Library

    suite = read_suite(wish.suite, wish.evals).only(wish.judges)
    suite = suite.model_copy(update={"rubric": wish.rubric}) if wish.rubric else suite
    if wish.offline:
        require_offline(suite)
    library, at_once = Library.default(wish.library), wish.concurrency or suite.concurrency
    rubric = library.rubric(suite.rubric)
    made = workshop(suite, rubric, wish.evals, library, at_once, wish.record)
    return prepare(suite, replace(made, elsewhere=elsewhere(suite, crew, wish.library)) if crew else made, rubric)


def _how_to_go_on(what: str, lines: Lines[Judgement], folder: Path) -> str:
    return f"{what}; {counted(len(lines), 'grading')} kept in {folder}. The same command goes on from there."


def _tell_what_it_took(runner: Runner, folder: Path, seconds: float) -> None:
    """Times and costs of this attempt, which no report holds: they are others when a run was interrupted."""
    progress = runner.progress
    calls = progress.calls
    cost = "at an unknown price" if calls.cost is None else f"for ${calls.cost:.4f}"
    asked = f", {counted(calls.number, 'call')} {cost}" if calls.number else ""
    gradings = counted(progress.items + progress.for_probes, "grading")
    typer.echo(f"{gradings}, {progress.kept:,} of them kept from before, in {seconds:.1f} s{asked}. Kept in {folder}", err=True)
