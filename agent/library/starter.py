"""New data files to start from: small, valid, commented."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from string import Template
from typing import Literal, get_args

from agent.errors import LibraryError, nearest
from agent.library.kinds import FOLDERS, files_of
from agent.library.library import Library
from agent.library.source import read_text

Startable = Literal["persona", "scenario", "twist", "rubric"]
STARTABLE: tuple[Startable, ...] = get_args(Startable)
FIRST_VERSION = "1.0.0"

_SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_MAX_SLUG = 60


def start(library: Library, kind: str, name: str, root: Path) -> Path:
    """Writes a new file of `kind` called `name` into the library directory `root`; never over another file.

    It refers to parts that `root` or else `library` has.

    Raises:
        LibraryError: the kind or name cannot be, the file is there already or cannot be written, or a part is missing.
    """
    if kind not in STARTABLE:
        raise LibraryError(f"{kind!r} cannot be started{nearest(kind, STARTABLE)}; choose one of {', '.join(STARTABLE)}")
    if len(name) > _MAX_SLUG or not _SLUG.fullmatch(name):
        raise LibraryError(f"{name!r} is no name; write lower-case words joined by hyphens, at most {_MAX_SLUG} characters")
    path = _path(kind, name, root)
    other = path.with_suffix(".yml")
    if path.exists() or path.is_symlink() or other.exists():
        raise LibraryError(f"{path if path.exists() else other} is there already; choose another name or edit that file")
    return _write(path, _filled(library, kind, name, root))


def _path(kind: Startable, name: str, root: Path) -> Path:
    folder = root / FOLDERS[kind]
    return folder / name / f"{FIRST_VERSION}.yaml" if kind == "rubric" else folder / f"{name}.yaml"


def _filled(library: Library, kind: Startable, name: str, root: Path) -> str:
    template = Template(read_text(Path(__file__).parent / "starters" / f"{kind}.yaml"))
    parts = _PARTS[kind](library, root)
    return template.substitute(slug=name, title=name.replace("-", " ").capitalize(), version=FIRST_VERSION, **parts)


def _scenario_parts(library: Library, root: Path) -> dict[str, str]:
    """A persona, a twist and two competencies of the newest core rubric; people and twists of one's own before others."""
    ids = [competency.id for competency in library.rubric("core").competencies]
    return {
        "persona": _first(library, "persona", root),
        "twist": _first(library, "twist", root),
        "rubric": library.rubric("core").name,
        "competencies": ", ".join(dict.fromkeys((ids[0], ids[-1]))),
        "competency": ids[0],
        "other": ids[-1],
    }


def _twist_parts(library: Library, root: Path) -> dict[str, str]:
    return {"competency": library.rubric("core").competencies[0].id}


def _nothing(library: Library, root: Path) -> dict[str, str]:
    return {}


_PARTS: dict[Startable, Callable[[Library, Path], dict[str, str]]] = {
    "persona": _nothing,
    "scenario": _scenario_parts,
    "twist": _twist_parts,
    "rubric": _nothing,
}


def _first(library: Library, kind: Startable, root: Path) -> str:
    names = [*(name for name, _ in files_of(kind, root)), *library.names(kind)]
    if not names:
        raise LibraryError(f"the library has no {kind} to refer to; write one first: hotseat library new {kind} NAME")
    return names[0]


def _write(path: Path, text: str) -> Path:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("x", encoding="utf-8", newline="\n") as file:
            file.write(text)
    except OSError as error:
        raise LibraryError(f"{path} cannot be written: {error.strerror}; name another directory with --dir") from error
    return path
