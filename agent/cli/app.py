"""The commands, with nothing heavy imported before one of them runs."""

from __future__ import annotations

from dataclasses import replace
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from agent.cli import evals, library, rubrics
from agent.cli import judge as judge_commands
from agent.version import __version__

app = typer.Typer(
    name="hotseat",
    help="Practise the machine-learning interviews nobody lists in the job post: a scene, people with their own goals, a twist, "
    "and a grade that quotes you. Works without a key and without a network.",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


class ExportFormat(StrEnum):
    """What `hotseat export` writes."""

    MD = "md"
    JSON = "json"
    JSONL = "jsonl"
    HTML = "html"


Plain = Annotated[bool, typer.Option("--plain", help="No colours, boxes or motion; for screen readers and pipes.")]
LibraryDir = Annotated[Path | None, typer.Option("--library", help="A directory of your own personas, scenarios and rubrics.")]
AnswersFile = Annotated[
    Path | None, typer.Option("--answers", help="Read the answers from a file ('-': standard input), divided by lines of ---.")
]
Model = Annotated[
    str | None, typer.Option("--model", help="A model for every role: provider/model, scripted:FILE, cassette:DIR, embedded.")
]
Voice = Annotated[str | None, typer.Option("--voice", help="The model that speaks.")]
Observer = Annotated[str | None, typer.Option("--observer", help="The model that notes what you did.")]
Judge = Annotated[str | None, typer.Option("--judge", help="The model that grades.")]
Panel = Annotated[
    str | None, typer.Option("--panel", help="Models that grade together, each apart: A,B,C. All are asked; the median counts.")
]
Repeats = Annotated[int | None, typer.Option("--repeats", min=1, max=9, help="How often a model judge is asked; the median counts.")]
Examples = Annotated[int | None, typer.Option("--examples", min=0, max=5, help="Rated talks that a model judge is shown.")]
Record = Annotated[Path | None, typer.Option("--record", help="Keep every answer of a model in this folder, for cassette:DIR.")]
SessionId = Annotated[str, typer.Argument(metavar="SESSION", help="A session's id, its beginning, or 'last'.")]


def _show_version(asked: bool) -> None:
    if asked:
        typer.echo(f"hotseat {__version__}")
        raise typer.Exit


@app.callback()
def _common(
    version: Annotated[bool, typer.Option("--version", callback=_show_version, is_eager=True, help="Show the version.")] = False,
) -> None:
    pass


@app.command()
def play(
    scenario: Annotated[str | None, typer.Argument(help="A scenario; without one you pick from a list.")] = None,
    seed: Annotated[int | None, typer.Option(min=0, help="Fixes every choice of the director.")] = None,
    assessed: Annotated[bool, typer.Option("--assessed", help="No hints, no retries; rubric and seed pinned.")] = False,
    minutes: Annotated[float | None, typer.Option(min=0, help="Another time box; 0 switches the clock off.")] = None,
    calm: Annotated[bool, typer.Option("--calm", help="No time pressure: no clock, nobody cuts in, silence is fine.")] = False,
    answers: AnswersFile = None,
    plain: Plain = False,
    fast: Annotated[bool, typer.Option("--fast", help="No typing pauses.")] = False,
    grade: Annotated[bool, typer.Option(help="Grade at the end.")] = True,
    library: LibraryDir = None,
    job_post: Annotated[Path | None, typer.Option("--job-post", help="Play an interview built from this job post, a text file.")] = None,
    explain: Annotated[bool, typer.Option("--explain", help="Only say why a job post brings its questions.")] = False,
    model: Model = None,
    voice: Voice = None,
    observer: Observer = None,
    judge: Judge = None,
    record: Record = None,
) -> None:
    """Play a scene and get a report."""
    from agent.cli.play import play as run
    from agent.cli.setup import Options

    scene = Options(scenario, seed, assessed, minutes, answers, plain, library, fast, grade, calm, job_post, explain)
    run(replace(scene, model=model, voice=voice, observer=observer, judge=judge, record=record))


@app.command()
def resume(
    session: SessionId = "last",
    answers: AnswersFile = None,
    plain: Plain = False,
    fast: bool = False,
    library: LibraryDir = None,
    model: Model = None,
    voice: Voice = None,
    observer: Observer = None,
    judge: Judge = None,
    record: Record = None,
) -> None:
    """Go on with a paused session."""
    from agent.cli.play import resume as run
    from agent.cli.setup import Options

    scene = Options(answers=answers, plain=plain, fast=fast, library=library)
    run(session, replace(scene, model=model, voice=voice, observer=observer, judge=judge, record=record))


@app.command()
def sessions(as_json: Annotated[bool, typer.Option("--json", help="As JSON.")] = False, plain: Plain = False) -> None:
    """List what you have played."""
    from agent.cli.sessions import list_sessions

    list_sessions(as_json=as_json, plain=plain)


@app.command()
def replay(session: SessionId = "last", plain: Plain = False) -> None:
    """Show a session and its report as they were; never grades again."""
    from agent.cli.sessions import replay as run

    run(session, plain=plain)


@app.command()
def simulate(
    scenario: Annotated[str, typer.Argument(help="A scenario.")],
    candidate: Annotated[
        str, typer.Option(help="strong, middling, weak, rambler, silent, hostile, agreeable, injector, or one of your own.")
    ] = "strong",
    walkthrough: Annotated[Path | None, typer.Option(help="A walkthrough to play instead: a YAML file.")] = None,
    seed: Annotated[int | None, typer.Option(min=0, help="Fixes every choice, the candidate's too; 1, or the walkthrough's.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Only what was found, as JSON.")] = False,
    library: LibraryDir = None,
    plain: Plain = False,
    model: Model = None,
    voice: Voice = None,
    observer: Observer = None,
    record: Record = None,
) -> None:
    """Let a simulated candidate play a scene, and check what has to hold in every session."""
    from agent.cli.setup import Options
    from agent.cli.simulate import simulate as run

    options = Options(scenario, seed, plain=plain, library=library, model=model, voice=voice, observer=observer, record=record)
    run(options, candidate=candidate, walkthrough=walkthrough, as_json=as_json)


@app.command()
def grade(
    source: Annotated[
        str, typer.Argument(metavar="SESSION|FILE", help="A session, or a transcript: our export, chat JSON, 'Name: text', VTT, SRT.")
    ],
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object.")] = False,
    html: Annotated[Path | None, typer.Option(help="Also write a page to this file.")] = None,
    rubric: Annotated[str | None, typer.Option(help="A rubric, 'core' or 'core@1.0.0'.")] = None,
    candidate: Annotated[str | None, typer.Option(help="The candidate's name in the file.")] = None,
    library: LibraryDir = None,
    plain: Plain = False,
    judge: Judge = None,
    panel: Panel = None,
    repeats: Repeats = None,
    examples: Examples = None,
    record: Record = None,
) -> None:
    """Grade a session or a transcript of any interview."""
    from agent.cli.grading import grade_command
    from agent.cli.setup import Options

    options = Options(plain=plain, library=library, judge=judge, panel=panel, repeats=repeats, examples=examples, record=record)
    grade_command(source, options, as_json=as_json, html=html, rubric=rubric, candidate=candidate)


@app.command()
def export(
    session: SessionId = "last",
    to: Annotated[ExportFormat, typer.Option("--format", help="Format.")] = ExportFormat.MD,
    out: Annotated[Path | None, typer.Option("--out", "-o", help="A file; standard output without it.")] = None,
) -> None:
    """Write a session as Markdown, JSON, JSONL (the whole log) or a page."""
    from agent.cli.sessions import export as run

    run(session, to=to.value, out=out)


@app.command(name="import")
def import_(
    file: Annotated[Path, typer.Argument(help="A session exported as JSONL.")],
    as_id: Annotated[str | None, typer.Option("--as", help="Another id for it.")] = None,
) -> None:
    """Take in a session that was exported as JSONL."""
    from agent.cli.sessions import import_session

    typer.echo(f"Imported as {import_session(file, as_id=as_id)}")


@app.command()
def delete(session: SessionId, yes: Annotated[bool, typer.Option("--yes", "-y", help="Do not ask.")] = False) -> None:
    """Delete a session for good."""
    from agent.cli.sessions import delete as run

    deleted = run(session, yes=yes)
    typer.echo(f"Deleted {deleted}" if deleted else "Kept.")


@app.command()
def models(
    check: Annotated[bool, typer.Option("--check", help="Make one real call to each model.")] = False,
    model: Model = None,
    voice: Voice = None,
    observer: Observer = None,
    judge: Judge = None,
    plain: Plain = False,
) -> None:
    """Show which models were found, which are used for what, and why."""
    from agent.cli.models import show_models
    from agent.cli.setup import Options

    if not show_models(Options(plain=plain, model=model, voice=voice, observer=observer, judge=judge), check=check):
        raise typer.Exit(1)


@app.command()
def usage(as_json: Annotated[bool, typer.Option("--json", help="As JSON.")] = False, plain: Plain = False) -> None:
    """Show what models took in all your sessions: tokens, cost, time."""
    from agent.cli.models import show_usage

    show_usage(as_json=as_json, plain=plain)


app.add_typer(library.app, name="library")
app.add_typer(rubrics.app, name="rubrics")
app.add_typer(judge_commands.app, name="judge")
app.add_typer(evals.app, name="evals")
app.command(name="lint")(library.lint)
