"""`hotseat library …` and `hotseat lint`: what can be played, where it lies, and whether it is right."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from agent.cli import cards, finding

if TYPE_CHECKING:
    from agent.hearing import Hearing
    from agent.library import Kind, Library
    from agent.library.problem import Problem

app = typer.Typer(help="Personas, scenarios, twists, rubrics and prompts: list, show, start new ones.", no_args_is_help=True)

LibraryDir = Annotated[Path | None, typer.Option("--library", help="A directory of your own personas, scenarios and rubrics.")]
AsJson = Annotated[bool, typer.Option("--json", help="One JSON object instead of text.")]


app.command("export-card")(cards.export_card)
app.command("import-card")(cards.import_card)
app.command("search")(finding.search)


@app.command("list")
def list_(
    kind: Annotated[
        str | None, typer.Argument(help="persona, scenario, twist, rubric, prompt, acts, slips, questions; all without it.")
    ] = None,
    library: LibraryDir = None,
    as_json: AsJson = False,
) -> None:
    """List what there is, and where it lies."""
    rows = _rows(_open(library), _kinds(kind))
    if as_json:
        typer.echo(json.dumps({"format": 1, "library": rows}, indent=2, ensure_ascii=False))
    else:
        typer.echo(_table(rows))


@app.command()
def show(
    name: Annotated[str, typer.Argument(help="A name from `hotseat library list`; KIND:NAME where two kinds share it.")],
    library: LibraryDir = None,
    as_json: AsJson = False,
) -> None:
    """Show one file: which one won, what it shadows, what it says. A scenario's file gives its hidden facts away."""
    from agent.library.source import read_text
    from agent.prose import clean

    opened = _open(library)
    kind, full = _find(opened, name)
    if as_json:
        typer.echo(json.dumps({"format": 1, **_shown(opened, kind, full)}, indent=2, ensure_ascii=False))
        return
    won, *shadowed = opened.files(kind, full)
    text, sha256 = read_text(won), opened.fingerprint(kind, full)
    typer.echo(f"{kind} {full}\n  file     {won}")
    for path in shadowed:
        typer.echo(f"  shadows  {path}")
    typer.echo(f"  sha256   {sha256}\n\n{clean(text)}")


@app.command()
def new(
    kind: Annotated[str, typer.Argument(help="persona, scenario, twist or rubric.")],
    name: Annotated[str, typer.Argument(help="Lower-case words joined by hyphens.")],
    directory: Annotated[Path | None, typer.Option("--dir", help="The library directory to write to; without it, your own.")] = None,
    library: LibraryDir = None,
) -> None:
    """Write a small, valid, commented file to start from."""
    from agent.library.schemas import write_schemas
    from agent.library.starter import start
    from agent.settings import Settings

    root = directory or library or Settings.from_environment().user_dirs[0]
    path = start(_open(library), kind, name, root)
    _or_unwritable(write_schemas, root)
    typer.echo(f"Wrote {path}\nCheck it after every change: hotseat lint {path}")


@app.command()
def schema(
    write: Annotated[bool, typer.Option("--write", help="Write the schema files beside the data files.")] = False,
    directory: Annotated[Path | None, typer.Option("--dir", help="The library directory; without it, the one that was shipped.")] = None,
) -> None:
    """Check that the JSON Schemas beside the data files are current, or write them."""
    from agent.library.library import shipped
    from agent.library.schemas import outdated, write_schemas

    root = directory or shipped()
    found = _or_unwritable(write_schemas if write else outdated, root)
    for path in found:
        typer.echo(f"{'wrote' if write else 'outdated'} {path}")
    if not found:
        typer.echo("The schemas are current.")
    elif not write:
        typer.echo("Write them: hotseat library schema --write")
        raise typer.Exit(1)


@app.command()
def release(
    directory: Annotated[Path | None, typer.Option("--dir", help="The library directory; without it, the one that was shipped.")] = None,
) -> None:
    """Lock every rubric and prompt that is not locked yet: from then on its file must not change."""
    from agent.errors import LibraryError
    from agent.library.library import shipped
    from agent.library.lint import lint as check
    from agent.library.released import release as run

    root = directory or shipped()
    wrong = [problem for problem in check(_open(None), [root]) if problem.severity == "error"]
    if wrong:
        raise LibraryError(f"nothing was released: {len(wrong)} problems in {root}; see them: hotseat lint {root}")
    added = _or_unwritable(run, root)
    typer.echo("\n".join(f"released {path}" for path in added) or "Nothing new to release.")


def lint(
    paths: Annotated[list[Path] | None, typer.Argument(help="Files or directories; the whole library without them.")] = None,
    strict: Annotated[bool, typer.Option("--strict", help="Warnings count as problems.")] = False,
    quick: Annotated[bool, typer.Option("--quick", help="Leave out whether examples are heard; slow the first time.")] = False,
    library: LibraryDir = None,
    as_json: AsJson = False,
) -> None:
    """Check data files: fields, references, lines, leaks, examples, released versions. Exit code 1 when something is wrong."""
    from agent.library.lint import lint as check

    problems = check(_open(library), paths or None, None if quick else _hearing())
    failed = [problem for problem in problems if strict or problem.severity == "error"]
    if as_json:
        found = [_problem(problem) for problem in problems]
        typer.echo(json.dumps({"format": 1, "ok": not failed, "problems": found}, indent=2, ensure_ascii=False))
    else:
        _report(problems)
    if failed:
        raise typer.Exit(1)


def _hearing() -> Hearing:
    from agent.hearing import Hearing
    from agent.memory.embedder import LazyEmbedder
    from agent.settings import Settings

    return Hearing(LazyEmbedder(), Settings.from_environment().cache_dir)


def _report(problems: list[Problem]) -> None:
    from agent.counted import counted
    from agent.prose import clean

    for problem in problems:
        typer.echo(clean(str(problem)))
    errors = sum(problem.severity == "error" for problem in problems)
    told = f"{counted(errors, 'error')}, {counted(len(problems) - errors, 'warning')}"
    typer.echo(told if problems else "No problems.")


def _problem(problem: Problem) -> dict[str, Any]:
    return {
        "path": str(problem.path),
        "line": problem.line,
        "field": problem.field,
        "message": problem.message,
        "severity": problem.severity,
    }


def _open(directory: Path | None) -> Library:
    from agent.library import Library

    return Library.default(directory)


def _or_unwritable(write: Any, root: Path) -> list[Path]:
    from agent.errors import LibraryError

    try:
        written: list[Path] = write(root)
    except OSError as error:
        raise LibraryError(f"{error.filename or root} cannot be read or written: {error.strerror}; name another with --dir") from error
    return written


def _kinds(kind: str | None) -> list[Kind]:
    from agent.errors import LibraryError, nearest
    from agent.library import KINDS

    if kind is None:
        return list(KINDS)
    found = [known for known in KINDS if kind in (known, f"{known}s")]
    if not found:
        raise LibraryError(f"there is no kind {kind!r}{nearest(kind, KINDS) or '; choose one of ' + ', '.join(KINDS)}")
    return found


def _find(library: Library, name: str) -> tuple[Kind, str]:
    from agent.errors import LibraryError, NotInLibrary

    kind, divided, rest = name.partition(":")
    among = _kinds(kind if divided else None)
    found = [one for one in library.find(rest if divided else name) if one[0] in among]
    if not found:
        raise NotInLibrary("entry", name, places=library.search_path, known=library.all_names)
    if len(found) > 1:
        choices = " or ".join(f"{one}:{full}" for one, full in found)
        raise LibraryError(f"{name!r} is the name of several things; say which: {choices}")
    return found[0]


def _shown(library: Library, kind: Kind, name: str) -> dict[str, Any]:
    won, *shadowed = library.files(kind, name)
    return {
        "kind": kind,
        "name": name,
        "file": str(won),
        "shadows": [str(path) for path in shadowed],
        "sha256": library.fingerprint(kind, name),
        "content": library.prompt(name).text if kind == "prompt" else library.load(kind, name).document.model_dump(mode="json"),
    }


def _rows(library: Library, kinds: list[Kind]) -> list[dict[str, Any]]:
    return [_row(library, kind, name) for kind in kinds for name in library.names(kind)]


def _row(library: Library, kind: Kind, name: str) -> dict[str, Any]:
    from agent.errors import LibraryError
    from agent.prose import clean

    path, *shadowed = library.files(kind, name)
    slug, _, version = name.partition("@")
    row = {"kind": kind, "name": name, "slug": slug, "version": version, "where": str(path), "shadows": [str(one) for one in shadowed]}
    try:
        title, version = _title(library, kind, name)
        return {**row, "title": clean(title), "version": version or row["version"]}
    except LibraryError as error:
        return {**row, "title": "", "error": str(error).splitlines()[0]}


def _title(library: Library, kind: Kind, name: str) -> tuple[str, str]:
    if kind == "prompt":
        return library.prompt(name).header.purpose, ""
    document = library.load(kind, name).document
    if kind == "acts":
        return f"How {len(document.root)} things a candidate does are recognised", ""
    if kind == "slips":
        return "How lines that a person must not say are recognised", ""
    if kind == "questions":
        return f"{len(document.questions)} questions for interviews built from a job post", document.version
    if kind == "candidate":
        return document.about, document.version
    title = f"{document.name}, {document.title}" if kind == "persona" else document.title
    return title, document.version


def _table(rows: list[dict[str, Any]]) -> str:
    if not rows:
        return "There is nothing of that kind."
    lines = []
    for row in rows:
        shadows = f" (shadows {len(row['shadows'])})" if row["shadows"] else ""
        wrong = f"WRONG, see: hotseat lint {row['where']}" if "error" in row else row["title"]
        lines.append(f"{row['kind']:<9} {row['slug']:<22} {row['version'] or '-':<7} {wrong}\n{'':10}{row['where']}{shadows}")
    return "\n".join(lines)
