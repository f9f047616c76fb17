"""`hotseat evals diff-rubric`: what a new version of a rubric does to grades."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from agent.counted import counted

if TYPE_CHECKING:
    from agent.cli.screen import Screen
    from agent.evaluation.comparing.blast import BlastRadius
    from agent.rubric import Rubric

DEV = Path("evals/goldens/dev")
GROUPS = {
    "levels": "graded by both versions, for anchors, indicators, caps, definition or what is not observed changed",
    "weights": "another weight, which enters the overall score alone",
    "advice": "other next steps, which enter no figure",
    "added": "new",
    "removed": "taken out",
}


def diff_rubric(
    before: Annotated[str, typer.Argument(metavar="V1", help="A rubric, 'core@1.0.0', or a file.")],
    after: Annotated[str, typer.Argument(metavar="V2", help="A rubric, 'core@1.1.0', or a file.")],
    goldens: Annotated[
        list[Path] | None, typer.Option("--goldens", metavar="DIR", help=f"A folder of goldens; may be given again. Without it {DEV}.")
    ] = None,
    judge: Annotated[str, typer.Option("--judge", help="Who grades: embedded, or a model.")] = "embedded",
    margin: Annotated[float, typer.Option(min=0, help="A shift up to so many levels does not matter.")] = 0.1,
    limit: Annotated[int, typer.Option(min=1, help="At most so many goldens of each folder, drawn by seed.")] = 60,
    show: Annotated[int, typer.Option(min=0, help="So many of the largest movers side by side.")] = 5,
    seed: Annotated[int, typer.Option(min=0, help="Fixes the draws.")] = 0,
    library: Annotated[
        Path | None, typer.Option("--library", help="A directory with the edited rubric; V1 is looked up without it where it can be.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object instead of text.")] = False,
    plain: Annotated[bool, typer.Option("--plain", help="No colours, boxes or motion; for screen readers and pipes.")] = False,
) -> None:
    """Show what differs between two versions of a rubric in words, and in the grades of goldens that it can touch.

    Exits with 0 if grades are the same or it cannot be told, with 1 if any moved beyond the margin, or any moved that could not have been
    touched, with 2 if it could not be done.
    """
    from agent.cli.models import chosen
    from agent.cli.setup import Options, make_engine, make_screen
    from agent.evaluation.comparing.blast import blast_radius
    from agent.evaluation.probes.bench import Bench, read_goldens
    from agent.sync import run_sync

    engine = make_engine(library, chosen(Options(model="embedded", judge=judge)))
    old, new = _versions(before, after, library)
    bench = Bench(engine.judge, old, read_goldens(goldens or [DEV], limit=limit, seed=seed), DEV, seed=seed)
    screen = make_screen(Options(plain=plain))
    with screen.waiting(f"{counted(len(bench.goldens), 'golden')} graded by {old.name} and {new.name}"):
        engine.prepare(old)
        engine.prepare(new)
        found = run_sync(blast_radius(bench, new, margin=margin))
    if as_json:
        typer.echo(found.model_dump_json(indent=2))
    else:
        _show(found, screen, show)
    raise typer.Exit(found.exit_code)


def _versions(before: str, after: str, library: Path | None) -> tuple[Rubric, Rubric]:
    """Both rubrics. An edited file may carry the name of the one that it replaces, so the older is looked up where it cannot be hidden."""
    from agent.cli.rubrics import rubric_of
    from agent.errors import NotInLibrary
    from agent.library import Library

    edited = Library.default(library)
    try:
        old = rubric_of(Library.default(), before)
    except NotInLibrary:
        old = rubric_of(edited, before)
    return old, rubric_of(edited, after)


def _show(found: BlastRadius, screen: Screen, show: int) -> None:
    from agent.cli.comparing import show_rows
    from agent.cli.moving import show_moved
    from agent.cli.rubrics import told as in_words

    screen.text(in_words(found.rubrics, screen.width))
    screen.heading("What it touches")
    for group, why in GROUPS.items():
        if names := getattr(found.affected, group):
            screen.text(f"{', '.join(names)}: {why}")
    screen.text(f"Levels that cannot move: {', '.join(found.affected.untouched) or 'none'}")
    screen.heading("Blast radius")
    screen.text(
        f"{counted(found.goldens, 'golden')}, {counted(found.gradings, 'grading')} by {found.judge.id if found.judge else 'nobody'}, "
        f"margin ±{found.margin:g}"
    )
    if found.rows:
        show_rows(found.rows, screen, every=True)
    show_moved(found.moved, screen, show)
    _show_proof(found, screen)
    for note in found.notes:
        screen.text(note, style="yellow")
    screen.text(f"\n{_outcome(found)}", style="bold")


def _show_proof(found: BlastRadius, screen: Screen) -> None:
    proof = found.proof
    screen.heading("What stays")
    if proof.proved:
        screen.text(f"Proved: {proof.proved}")
    for one in proof.differing[:10]:
        screen.text(f"Not the same: {one.competency} of {one.item}", style="bold red")
    if proof.follows:
        screen.text(f"Follows: {proof.follows}")


def _outcome(found: BlastRadius) -> str:
    if found.proof.differing:
        moved = counted(len(found.proof.differing), "verdict")
        return f"{moved} moved that the change cannot have touched; do not release this before you know why."
    from agent.cli.comparing import few

    names = [row.name for row in found.rows if row.change == found.change]
    if found.change == "moved":
        return f"Moved beyond ±{found.margin:g}: {', '.join(names)}. Grades by the two versions are not comparable there."
    if found.change == "same":
        return f"The same within ±{found.margin:g} wherever it could have moved."
    return f"Nothing is shown to have moved beyond ±{found.margin:g}; it cannot be told for {few(names)}."
