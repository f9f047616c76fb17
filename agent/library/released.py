"""What was released stays as it is: lock files with the sha256 of every released rubric and prompt.

`rubrics/released.lock` and `prompts/released.lock` hold lines `sha256  path`, as `sha256sum -c` reads them.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from pathlib import Path

from agent.errors import LibraryError
from agent.library.kinds import Kind, files_of
from agent.library.problem import Problem, Wrong
from agent.library.source import read_text

LOCK_NAME = "released.lock"
_LOCKED: dict[str, Kind] = {"rubrics": "rubric", "prompts": "prompt"}
_ENTRY = re.compile(r"([0-9a-f]{64})  (\S.*)")


def check_released(root: Path) -> list[Problem]:
    """A problem for every released file of a library directory that has changed or is gone."""
    return [problem for folder in _LOCKED for problem in _check_lock(root / folder)]


def release(root: Path) -> list[Path]:
    """Adds every rubric and prompt of `root` that is not locked yet to its lock file; returns the files added.

    Raises:
        LibraryError: a file released before has changed; nothing is written then.
    """
    changed = check_released(root)
    if changed:
        raise LibraryError("nothing was released:\n" + "\n".join(str(problem) for problem in changed))
    return [path for folder, kind in _LOCKED.items() for path in _lock_new(root, root / folder, kind)]


def _lock_new(root: Path, folder: Path, kind: Kind) -> list[Path]:
    lock = folder / LOCK_NAME
    known = {name for _, name, _ in _entries(lock)}
    new = [path for _, path in files_of(kind, root) if path.relative_to(folder).as_posix() not in known]
    if new:
        with lock.open("a", encoding="utf-8", newline="\n") as file:
            file.writelines(f"{_sha256(path)}  {path.relative_to(folder).as_posix()}\n" for path in new)
    return new


def _check_lock(folder: Path) -> Iterator[Problem]:
    lock = folder / LOCK_NAME
    try:
        entries = _entries(lock)
    except Wrong as wrong:
        yield from wrong.problems
        return
    for line, name, sha256 in entries:
        path = folder / name
        if not path.is_file():
            yield Problem(lock, line, name, "this file was released and is gone; restore it")
        elif _sha256(path) != sha256:
            yield Problem(path, 1, "", f"this version was released and has since changed ({lock}:{line}); restore it, write a new version")


def _entries(lock: Path) -> list[tuple[int, str, str]]:
    if not lock.exists():
        return []
    found = []
    for number, line in enumerate(read_text(lock).splitlines(), start=1):
        match = _ENTRY.fullmatch(line)
        if not match:
            raise Wrong([Problem(lock, number, "", f"expected 'sha256  path', got {line[:60]!r}; restore the lock file")])
        found.append((number, match.group(2), match.group(1)))
    return found


def _sha256(path: Path) -> str:
    return hashlib.sha256(path.read_bytes().replace(b"\r\n", b"\n")).hexdigest()
