"""`hotseat rubrics …`: which there are, and what changed between two of them."""

from __future__ import annotations

import json
import textwrap
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from agent.cli.screen import ENDLESS

if TYPE_CHECKING:
    from agent.library import Library
    from agent.rubric import Rubric
    from agent.rubric_diff import Change, RubricDiff

app = typer.Typer(help="Rubrics: list them, and see what changed between two.", no_args_is_help=True)

LibraryDir = Annotated[Path | None, typer.Option("--library", help="A directory of your own personas, scenarios and rubrics.")]
AsJson = Annotated[bool, typer.Option("--json", help="One JSON object instead of text.")]


@app.command("list")
def list_(library: LibraryDir = None, as_json: AsJson = False) -> None:
    """List the rubrics, every version of each."""
    from agent.library import Library

    opened = Library.default(library)
    rows = [(rubric.name, len(rubric.competencies), rubric.title) for rubric in map(opened.rubric, opened.names("rubric"))]
    if as_json:
        rubrics = [{"name": name, "competencies": count, "title": title} for name, count, title in rows]
        typer.echo(json.dumps({"format": 1, "rubrics": rubrics}, indent=2, ensure_ascii=False))
        return
    for name, count, title in rows:
        typer.echo(f"{name:<20} {count:>3} competencies  {title}")


@app.command()
def diff(
    before: Annotated[str, typer.Argument(metavar="A", help="A rubric, 'core@1.0.0', or a file.")],
    after: Annotated[str, typer.Argument(metavar="B", help="A rubric, 'core@1.1.0', or a file.")],
    library: LibraryDir = None,
    as_json: AsJson = False,
) -> None:
    """Show which anchors, weights, indicators and caps differ, and which competencies' grades that can move."""
    from agent.library import Library
    from agent.rubric_diff import diff as compare

    opened = Library.default(library)
    found = compare(rubric_of(opened, before), rubric_of(opened, after))
    typer.echo(json.dumps(found.as_json(), indent=2, ensure_ascii=False) if as_json else told(found))


def rubric_of(library: Library, name: str) -> Rubric:
    """The rubric of a name, or in a file."""
    from agent.library.loading import load_file

    path = Path(name)
    if not path.is_file():
        return library.rubric(name)
    rubric: Rubric = load_file("rubric", f"{path.absolute().parent.name}@{path.stem}", path).document
    return rubric


def told(found: RubricDiff, width: int = ENDLESS) -> str:
    """What differs, in words, competency by competency: of a text that changed the words that did, in lines of at most `width`."""
    from agent.counted import counted

    if not found.changes:
        return f"{found.before} and {found.after} say the same."
    changes, affected = counted(len(found.changes), "change"), counted(len(found.affected), "competency", "competencies")
    parts = [f"{found.before} → {found.after}: {changes} in {affected}"]
    for name in found.affected:
        parts.append(f"\n{name}")
        parts += [line for change in found.changes if change.competency == name for line in _lines(change, width)]
    return "\n".join([*parts, "\nGrades of the competencies named above are not comparable between the two."])


def _lines(change: Change, width: int) -> Iterator[str]:
    yield f"  {change.part} {change.way}"
    for text in _texts(change):
        yield textwrap.fill(text, width, initial_indent="    ", subsequent_indent="      ", break_long_words=False, break_on_hyphens=False)


def _texts(change: Change) -> Iterator[str]:
    from agent.cli.word_diff import shortened, word_diff

    if change.before is not None and change.after is not None:
        yield from word_diff(change.before, change.after)
    else:
        yield from (f"{sign} {shortened(text)}" for sign, text in (("-", change.before), ("+", change.after)) if text is not None)
