"""`hotseat library search`: what there is, found by meaning."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from agent.finding import Findable, Found

MAX_QUESTION = 500


def search(
    question: Annotated[str, typer.Argument(help="What you look for, in your own words: 'they changed the requirements'.")],
    kind: Annotated[str | None, typer.Option("--kind", help="scenario, persona or twist; all without it.")] = None,
    count: Annotated[int, typer.Option("--count", min=1, max=50, help="How many at most.")] = 5,
    library: Annotated[Path | None, typer.Option("--library", help="A directory of your own personas, scenarios and rubrics.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object instead of text.")] = False,
) -> None:
    """Find scenes, people and twists by what they are about. Hidden facts are neither searched nor shown."""
    from agent.finding import Finder
    from agent.library import Library
    from agent.memory.embedder import LazyEmbedder
    from agent.settings import Settings

    asked, kinds = _checked(question), _kinds(kind)
    finder = Finder(Library.default(library), LazyEmbedder(), Settings.from_environment().cache_dir)
    found = finder.find(asked, kinds=kinds, count=count)
    typer.echo(_as_json(asked, found, finder.wrong) if as_json else _table(found, finder.wrong))


def _checked(question: str) -> str:
    from agent.errors import InputError
    from agent.prose import clean, words

    asked = " ".join(clean(question).split())
    if not words(asked) or len(asked) > MAX_QUESTION:
        raise InputError(f"say in 1 to {MAX_QUESTION} characters what you look for, like 'they changed the requirements'")
    return asked


def _kinds(kind: str | None) -> Sequence[Findable]:
    from agent.errors import InputError, nearest
    from agent.finding import FINDABLE

    found = [known for known in FINDABLE if kind in (None, known, f"{known}s")]
    if not found:
        raise InputError(f"{kind!r} cannot be searched{nearest(kind or '', FINDABLE)}; choose one of {', '.join(FINDABLE)}")
    return found


def _as_json(question: str, found: Sequence[Found], wrong: Sequence[str]) -> str:
    rows = [{**one._asdict(), "file": str(one.file)} for one in found]
    return json.dumps({"format": 1, "question": question, "found": rows, "unread": list(wrong)}, indent=2, ensure_ascii=False)


def _table(found: Sequence[Found], wrong: Sequence[str]) -> str:
    lines = [_row(one) for one in found] or ["Nothing in the library is near that; try other words, or: hotseat library list"]
    return "\n".join([*lines, *([f"Not searched, because wrong: {len(wrong)} files; see them: hotseat lint"] if wrong else [])])


def _row(one: Found) -> str:
    return f"{one.kind:<9} {one.name:<26} {one.title}\n{'':10}“{one.passage}” ({one.field}, {one.similarity:.2f})\n{'':10}{one.file}"
