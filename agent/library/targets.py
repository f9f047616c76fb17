"""Which files a lint run looks at, and what each of them is."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from agent.errors import LibraryError
from agent.library.kinds import FOLDERS, KINDS, SINGLE, YAML_SUFFIXES, FileKind, files_of, walkthroughs_of
from agent.library.library import is_library
from agent.library.lined_yaml import parse_yaml
from agent.library.problem import Wrong
from agent.library.source import read_text

_NAME = re.compile(r"[a-z0-9]+(?:[-/][a-z0-9]+)*(?:@\d+\.\d+\.\d+)?")
_TELLING: dict[str, FileKind] = {
    "replies": "walkthrough",
    "beats": "scenario",
    "behaviours": "twist",
    "voice": "persona",
    "temperament": "persona",
    "words_per_minute": "candidate",
}


class Target(NamedTuple):
    """A file to check, what it is, and what it has to be called."""

    kind: FileKind
    name: str
    path: Path


def targets_in(root: Path) -> list[Target]:
    """Every file of a library directory, and the walkthroughs beside it."""
    files = [Target(kind, name, path) for kind in KINDS for name, path in files_of(kind, root)]
    return [*files, *(Target("walkthrough", name, path) for name, path in walkthroughs_of(root))]


def targets_of(paths: Sequence[Path]) -> list[Target]:
    """The files at `paths`; directories are searched, links to directories are not followed.

    Raises:
        LibraryError: a path is not there, or it cannot be told what a file is.
    """
    return [target for path in paths for target in _targets(path)]


def roots_of(paths: Sequence[Path]) -> list[Path]:
    """The library directories that `paths` are, or lie in."""
    found = [root for path in paths for root in [_root_above(path.absolute())] if root]
    return list(dict.fromkeys(found))


def is_slug(target: Target) -> bool:
    """Whether the file's name is one that can be referred to."""
    return _NAME.fullmatch(target.name) is not None


def _targets(path: Path) -> Iterator[Target]:
    if not path.exists() and not path.is_symlink():
        raise LibraryError(f"there is no file or directory {str(path)!r} to check")
    if not path.is_dir():
        yield _target(path)
    elif is_library(path):
        yield from targets_in(path.absolute())
    else:
        yield from (_target(file) for file in sorted(path.rglob("*")) if _is_data(file))


def _is_data(path: Path) -> bool:
    hidden = any(part.startswith(".") for part in path.parts if part not in (".", ".."))
    return path.suffix.lower() in (*YAML_SUFFIXES, ".j2") and not hidden


def _target(path: Path) -> Target:
    path = path.absolute()
    kind = _kind_by_place(path) or _kind_by_content(path)
    if kind == "rubric":
        return Target(kind, f"{path.parent.name}@{path.stem}", path)
    if kind == "walkthrough":
        return Target(kind, f"{path.parent.name}/{path.stem}", path)
    if kind == "prompt":
        return Target(kind, f"{path.parent.parent.name}/{path.parent.name}@{path.stem}", path)
    return Target(kind, path.stem, path)


def _kind_by_place(path: Path) -> FileKind | None:
    if path.parent.parent.name == "walkthroughs":
        return "walkthrough"
    if path.suffix == ".j2":
        return "prompt"
    for kind, name in SINGLE.items():
        if path.parent.name == "personas" and path.stem == name:
            return kind
    if path.parent.parent.name == "rubrics":
        return "rubric"
    for kind in ("persona", "scenario", "twist", "candidate"):
        if path.parent.as_posix().endswith(FOLDERS[kind]):
            return kind
    return None


def _kind_by_content(path: Path) -> FileKind:
    try:
        data = parse_yaml(read_text(path), path).data
    except Wrong:
        data = {}
    for key, kind in _TELLING.items():
        if isinstance(data, dict) and key in data:
            return kind
    if isinstance(data, dict) and "competencies" in data:
        return "rubric"
    raise LibraryError(
        f"it cannot be told whether {str(path)!r} is a persona, scenario, twist or rubric; "
        "put it into personas/cast, personas/scenarios, personas/twists or rubrics/NAME"
    )


def _root_above(path: Path) -> Path | None:
    if path.is_dir() and is_library(path):
        return path
    for folder in (path, *path.parents):
        if folder.name in ("personas", "rubrics", "prompts", "evals"):
            return folder.parent
    return None
