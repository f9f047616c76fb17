"""`hotseat evals replay`: the figures of a run computed again, and graded again where no network is needed."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from agent.cli.screen import Screen
    from agent.evaluation.replay.check import Checked
    from agent.evaluation.replay.result import Replayed
    from agent.evaluation.runs.reading import Run
    from agent.library import Library

SHOWN = 20
"""So many differences of a part are shown."""


def replay(
    run: Annotated[Path, typer.Argument(metavar="RUN", help="The folder of a run that has ended.")],
    kept_only: Annotated[bool, typer.Option("--kept-only", help="Compute from the kept gradings; grade nothing again.")] = False,
    html: Annotated[
        Path | None, typer.Option("--html", metavar="FILE", help="Write the report as one HTML file, with this replay.")
    ] = None,
    baseline: Annotated[
        Path | None, typer.Option("--baseline", metavar="RUN", help="The folder of another run: the HTML shows what moved since.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object instead of text.")] = False,
    evals: Annotated[Path, typer.Option("--evals", help="The directory with goldens, ratings and what probes need.")] = Path("evals"),
    library: Annotated[Path | None, typer.Option("--library", help="A directory of your own personas, scenarios and rubrics.")] = None,
    plain: Annotated[bool, typer.Option("--plain", help="No colours, boxes or motion; for screen readers and pipes.")] = False,
) -> None:
    """Compute every figure of a run again from the gradings it kept, let embedded and recorded judges grade again, and name what differs.

    No network is used. Exits with 0 if everything is the same, with 1 if something differs, with 2 if it could not be computed.
    """
    from agent.cli.grading import write
    from agent.errors import InputError
    from agent.evaluation.page import to_html
    from agent.evaluation.runs.offline import no_network
    from agent.evaluation.runs.reading import read_run
    from agent.library import Library

    if baseline and not html:
        raise InputError("--baseline is shown in the HTML report; name a file with --html")
    made, known = read_run(run), Library.default(library)
    before = read_run(baseline) if baseline else None
    with no_network():
        replayed = _replayed(made, evals, known, kept_only=kept_only)
    _show(replayed, as_json=as_json, plain=plain)
    if html:
        write(html, to_html(made, evals, known, replayed=replayed, baseline=before))
    raise typer.Exit(replayed.exit_code)


def _replayed(run: Run, evals: Path, library: Library, *, kept_only: bool) -> Replayed:
    from agent.cli.evals_workshop import workshop
    from agent.cli.progress import Line
    from agent.errors import HotseatError
    from agent.evaluation.replay.regrade import regraded
    from agent.evaluation.replay.result import from_kept

    replayed = from_kept(run, evals, library)
    if kept_only or replayed.failed:
        return replayed
    rubric = library.rubric(f"{run.plan.rubric.id}@{run.plan.rubric.version}")
    suite = run.plan.suite
    try:
        with Line(sys.stderr) as line:
            again = regraded(run, workshop(suite, rubric, evals, library, suite.concurrency), rubric, line.tell)
    except HotseatError as error:
        return replayed.model_copy(update={"again_failed": str(error)})
    return replayed.model_copy(update={"again": again.checked, "again_failed": again.failed})


def _show(replayed: Replayed, *, as_json: bool, plain: bool) -> None:
    if as_json:
        typer.echo(replayed.model_dump_json(indent=2))
        return
    from agent.cli.setup import Options, make_screen

    screen = make_screen(Options(plain=plain))
    if replayed.failed:
        screen.text(f"The figures could not be computed again: {replayed.failed}", style="bold red")
        return
    _parts("From the kept gradings", replayed.kept, screen)
    if replayed.again:
        _parts("Graded again without a network", replayed.again, screen)
    if replayed.again_failed:
        screen.text(f"Not graded again: {replayed.again_failed}", style="bold red")
    elif not replayed.again and replayed.again is not None:
        screen.note("No judge of this run can grade without a network; their gradings are taken as kept.")
    screen.text()
    screen.text(_outcome(replayed), style="bold")


def _outcome(replayed: Replayed) -> str:
    if not (replayed.is_kept_same and replayed.is_again_same):
        return "Not everything is the same."
    return "Everything is the same." if replayed.is_whole else "What could be computed is the same; not everything could be."


def _parts(head: str, parts: tuple[Checked, ...], screen: Screen) -> None:
    screen.text(head, style="bold")
    for checked in parts:
        outcome = "the same" if checked.is_same else f"{len(checked.differ):,} differ"
        screen.text(f"{checked.part:<32}{checked.figures:>8,} values  {outcome}", style="" if checked.is_same else "bold red")
        for difference in checked.differ[:SHOWN]:
            screen.text(f"  {difference.figure}: was {difference.was}, is now {difference.now}")
        if len(checked.differ) > SHOWN:
            screen.text(f"  and {len(checked.differ) - SHOWN:,} more; --json has them all")
