"""`hotseat evals probe`: paired experiments on a judge, with a verdict on each."""

from __future__ import annotations

import shlex
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from agent.counted import counted

if TYPE_CHECKING:
    from agent.cli.screen import Screen
    from agent.evaluation.probes.bench import Bench
    from agent.evaluation.probes.finding import Bound, Counts, Family, Finding
    from agent.evaluation.probes.probe import Probe
    from agent.evaluation.probes.report import ProbeReport

FOLDERS = ("dev", "train")
ROW = "{:<18}{:>9}  {:<16}  {:<14}  {}"
STYLE: Mapping[str, str] = {"held": "", "failed": "bold red", "unsure": "yellow", "not_run": "bold red"}


@dataclass(frozen=True)
class Wish:
    """What was asked for on the command line."""

    names: tuple[str, ...]
    folders: tuple[Path, ...]
    evals: Path
    judge: str
    limit: int
    seed: int
    library: Path | None

    def command(self, rubric: str) -> str:
        """The command that asks for the same again, by the same version of the rubric."""
        folders = [part for folder in self.folders for part in ("--goldens", str(folder))]
        library = ["--library", str(self.library)] if self.library else []
        options = ["--judge", self.judge, "--limit", str(self.limit), "--seed", str(self.seed), "--rubric", rubric]
        return shlex.join(["hotseat", "evals", "probe", *self.names, *folders, "--evals", str(self.evals), *options, *library])


def probe(
    names: Annotated[list[str] | None, typer.Argument(metavar="NAME...", help="Probes, by name; all of them without one.")] = None,
    goldens: Annotated[
        list[Path] | None,
        typer.Option("--goldens", metavar="DIR", help="A folder of goldens; may be given again. Without it dev and train."),
    ] = None,
    evals: Annotated[Path, typer.Option("--evals", help="The directory with padding, twins, attacks and answers.")] = Path("evals"),
    judge: Annotated[str, typer.Option("--judge", help="Who is probed: embedded, or a model.")] = "embedded",
    limit: Annotated[int, typer.Option(min=1, help="At most so many goldens of each folder, and questions, drawn by seed.")] = 60,
    seed: Annotated[int, typer.Option(min=0, help="Fixes what is drawn, planted and changed, and the intervals.")] = 0,
    rubric: Annotated[str, typer.Option(help="A rubric, 'core' or 'core@1.0.0'.")] = "core",
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object instead of text.")] = False,
    library: Annotated[Path | None, typer.Option("--library", help="A directory of your own personas, scenarios and rubrics.")] = None,
    plain: Annotated[bool, typer.Option("--plain", help="No colours, boxes or motion; for screen readers and pipes.")] = False,
) -> None:
    """Ask a judge the same twice, padded, shortened, attacked, as somebody else: what moves a grade that should not, and what should.

    Exits with 0 if all held or were unsure, with 1 if one failed, with 2 if one could not run.
    """
    folders = tuple(goldens or [evals / "goldens" / name for name in FOLDERS])
    wish = Wish(tuple(names or ()), folders, evals, judge, limit, seed, library)
    raise typer.Exit(_probed(wish, rubric, as_json=as_json, plain=plain))


def _probed(wish: Wish, rubric: str, *, as_json: bool, plain: bool) -> int:
    """Runs the probes and shows what they found; the exit code."""
    from agent.cli.setup import Options, make_screen
    from agent.evaluation.probes.catalogue import chosen
    from agent.evaluation.probes.report import report_of

    probes, began = chosen(wish.names), time.monotonic()
    bench = _bench(wish, rubric)
    screen = None if as_json else make_screen(Options(plain=plain))
    findings = tuple(_run(probes, bench, screen))
    report = report_of(bench, findings, wish.command(bench.rubric.name))
    if screen:
        _sum_up(report, screen, time.monotonic() - began)
    else:
        typer.echo(report.model_dump_json(indent=2))
    return report.exit_code


def _bench(wish: Wish, rubric: str) -> Bench:
    from agent.cli.models import chosen
    from agent.cli.setup import Options, make_engine
    from agent.evaluation.probes.bench import Bench, read_goldens

    engine = make_engine(wish.library, chosen(Options(model="embedded", judge=wish.judge)))
    used, goldens = engine.rubric(rubric), read_goldens(wish.folders, limit=wish.limit, seed=wish.seed)
    engine.prepare(used)
    return Bench(engine.judge, used, goldens, wish.evals, seed=wish.seed, limit=wish.limit)


def _run(probes: Sequence[Probe], bench: Bench, screen: Screen | None) -> Iterator[Finding]:
    """What each probe found, shown as soon as it is there."""
    from agent.sync import run_sync

    if screen:
        screen.text(f"{counted(len(bench.goldens), 'golden')}, rubric {bench.rubric.name}, judge {bench.judge.id}, seed {bench.seed}")
        screen.text("\n" + ROW.format("probe", "estimate", "95% interval", "has to be", "verdict").rstrip(), style="bold")
    for each in probes:
        if screen is None:
            yield run_sync(each.run(bench))
            continue
        with screen.waiting(f"{each.name}: {each.asks}"):
            finding = run_sync(each.run(bench))
        screen.text(_row(finding), style=STYLE[finding.outcome.value])
        yield finding


def _sum_up(report: ProbeReport, screen: Screen, seconds: float) -> None:
    """What stands behind the rows, and how to get them again."""
    for finding in report.findings:
        screen.text()
        screen.text(f"{finding.probe}: {finding.asks}; {_told(finding)}", style="bold")
        for line in _behind(finding):
            screen.text(f"  {line}")
        for line in finding.notes:
            screen.note(f"  {line}")
    screen.text()
    if report.judge and report.judge.id == "embedded":
        screen.note("The embedded judge was fitted to the train and dev goldens of this project.")
    screen.note(f"{counted(report.gradings, 'grading')} in {seconds:.0f} s. The same again: {report.reproduce}")


def _row(finding: Finding) -> str:
    interval = "" if finding.interval is None else f"{_figure(finding.interval[0])} to {_figure(finding.interval[1])}"
    return ROW.format(finding.probe, _figure(finding.estimate), interval, _bound(finding.bound), finding.outcome.value.replace("_", " "))


def _told(finding: Finding) -> str:
    """The verdict in words."""
    if finding.estimate is None:
        return "could not run, for there was nothing to compare"
    if finding.bound.is_exact:
        return f"{finding.outcome.value}, {'without an exception' if finding.outcome == 'held' else 'for there are exceptions'}"
    if finding.interval is None:
        return "unsure, for there are too few items for an interval"
    where = {"held": "inside the bound", "failed": "outside the bound"}.get(finding.outcome.value, "on both sides of the bound")
    return f"{finding.outcome.value}, the interval lies {where}"


def _bound(bound: Bound) -> str:
    if bound.is_exact:
        return f"{bound.low:g}"
    if bound.low is None or bound.high is None:
        return f"at most {bound.high:g}" if bound.low is None else f"at least {bound.low:g}"
    return f"{bound.low:g} to {bound.high:g}"


def _behind(finding: Finding) -> Iterator[str]:
    yield _counted(finding.counts)
    yield from (f"{_figure(value):>8}  {name}" for name, value in finding.also.items())
    if finding.families:
        yield from _families(finding.families)


def _counted(counts: Counts) -> str:
    unchanged = f" ({counts.unchanged:,} without anything to change)" if counts.unchanged else ""
    return (
        f"{counted(counts.items, 'item')}{unchanged}, {counted(counts.pairs, 'pair')}, "
        f"{counted(counts.competencies, 'competency', 'competencies')}: {counts.both:,} scored in both, "
        f"{counts.only_before:,} only before, {counts.only_after:,} only after, {counts.neither:,} in neither, "
        f"{counted(counts.errors, 'instrument error')}"
    )


def _families(families: Sequence[Family]) -> Iterator[str]:
    names = list(families[0].figures)
    yield f"{'of these':<24}{'cases':>6}" + "".join(f"{name:>{len(name) + 3}}" for name in names)
    for each in families:
        yield f"{each.id:<24}{each.cases:>6}" + "".join(f"{_figure(value):>{len(name) + 3}}" for name, value in each.figures.items())


def _figure(value: float | None) -> str:
    if value is None:
        return "–"
    return f"{value:,}" if isinstance(value, int) else f"{value:.3f}"
