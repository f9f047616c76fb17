"""Writing a document as a data file that loads as the same document again."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import Any

import yaml
from pydantic import BaseModel

from agent.errors import LibraryError
from agent.library.kinds import FOLDERS, Kind
from agent.library.library import Library
from agent.library.loading import load_file
from agent.library.problem import Problem, Wrong
from agent.library.rules.patterns import check_patterns

_BARE = re.compile(r"[a-z][a-z0-9]*(?:[-_][a-z0-9]+)*")
_TAKEN = frozenset(("y", "n", "yes", "no", "on", "off", "true", "false", "null"))
WIDTH = 120


class _Dumper(yaml.SafeDumper):
    """No aliases, texts in double quotes, lists indented."""

    def ignore_aliases(self, data: Any) -> bool:
        return True

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:
        super().increase_indent(flow, False)


def _represent_text(dumper: yaml.SafeDumper, text: str) -> yaml.ScalarNode:
    is_bare = _BARE.fullmatch(text) is not None and text not in _TAKEN
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style=None if is_bare else '"')


_Dumper.add_representer(str, _represent_text)


def document_yaml(kind: Kind, document: BaseModel, remark: str = "") -> str:
    """The text of a data file that holds `document`, what equals a default left out; `remark` becomes a comment at its top."""
    data = document.model_dump(mode="json", exclude_defaults=True)
    comment = "".join(f"# {line}\n" for line in remark.splitlines())
    body = yaml.dump(data, Dumper=_Dumper, sort_keys=False, allow_unicode=True, width=WIDTH)
    return f"# yaml-language-server: $schema=../{kind}.schema.json\n{comment}{body}"


def write_document(kind: Kind, document: Any, root: Path, *, library: Library, remark: str = "", over: bool = False) -> Path:
    """Writes `document` into the library directory `root`, once it has shown to load as the same.

    Raises:
        InvalidDocument: it cannot be a library file, or a cue in it can take forever.
        LibraryError: the file is there already, or cannot be written.
    """
    path = root / FOLDERS[kind] / f"{document.slug}.yaml"
    if not over and (path.exists() or path.is_symlink() or path.with_suffix(".yml").exists()):
        raise LibraryError(f"{path} is there already; choose another name or edit that file")
    text = document_yaml(kind, document, remark)
    _check(kind, document, text, path, library)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="\n")
    except OSError as error:
        raise LibraryError(f"{path} cannot be written: {error.strerror}; name another directory") from error
    return path


def _check(kind: Kind, document: Any, text: str, path: Path, library: Library) -> None:
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / path.name
        file.write_text(text, encoding="utf-8", newline="\n")
        try:
            loaded = load_file(kind, document.slug, file)
        except Wrong as wrong:
            raise _at(path, wrong.problems) from wrong
    cues = list(check_patterns(loaded, library))
    if any(problem.severity == "error" for problem in cues):
        raise _at(path, cues)
    if loaded.document != document:
        raise LibraryError(f"the {kind} {document.slug!r} holds a text that a YAML file cannot keep; remove control characters from it")


def _at(path: Path, problems: Iterable[Problem]) -> Wrong:
    return Wrong(replace(problem, path=path) for problem in problems)
