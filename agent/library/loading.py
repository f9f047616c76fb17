"""From a file to a checked document that still knows its lines."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from agent.library.check import check
from agent.library.kinds import MODELS, SINGLE, FileKind
from agent.library.lined_yaml import Lined, parse_yaml
from agent.library.problem import Loc, Problem, Severity, Wrong, field_name
from agent.library.source import read_text


@dataclass(frozen=True)
class Loaded:
    """A document with where it came from."""

    kind: FileKind
    name: str
    path: Path
    document: Any
    lined: Lined

    def problem(self, loc: Loc, message: str, severity: Severity = "error") -> Problem:
        """A problem with the part of this document at `loc`."""
        return Problem(self.path, self.lined.line(loc), field_name(loc), message, severity)


def load_file(kind: FileKind, name: str, path: Path) -> Loaded:
    """The document in the file at `path`, which has to be called `name`.

    Raises:
        InvalidDocument: the file cannot be read, does not fit its model, or carries another name inside.
    """
    lined = parse_yaml(read_text(path), path)
    loaded = Loaded(kind, name, path, check(path, lined, MODELS[kind]), lined)
    wrong = _misnamed(loaded)
    if wrong:
        raise Wrong(wrong)
    return loaded


def _misnamed(loaded: Loaded) -> list[Problem]:
    if loaded.kind in SINGLE or loaded.kind == "walkthrough":
        return []
    slug, _, version = loaded.name.partition("@")
    return [*_differs(loaded, "slug", slug), *(_differs(loaded, "version", version) if version else [])]


def _differs(loaded: Loaded, field: str, expected: str) -> list[Problem]:
    given = getattr(loaded.document, field)
    message = f"the file's name says {expected!r}, the field says {given!r}; make them equal"
    return [] if given == expected else [loaded.problem((field,), message)]


def duplicates(kind: FileKind, name: str, paths: list[Path]) -> list[Problem]:
    """A problem for every directory in which several of `paths` claim the same name."""
    problems = []
    for folder in dict.fromkeys(path.parent for path in paths):
        same = [path for path in paths if path.parent == folder]
        if len(same) > 1:
            also = ", ".join(path.name for path in same[1:])
            problems.append(Problem(same[0], 1, "", f"the {kind} {name!r} is there twice, also as {also}; keep one file"))
    return problems
