"""What was found in a file, kept for as long as neither the file nor the rules of hearing change."""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import tempfile
from collections.abc import Iterable, Mapping
from pathlib import Path

from agent.library.problem import Problem

MOST = 2_000
"""Files whose findings are kept; beyond that, only those of the last run."""
FINDINGS = "heard.json"


def key_of(file: Path, rules: bytes) -> str:
    """A name for the content of `file` under these rules."""
    return hashlib.sha256(rules + file.read_bytes()).hexdigest()[:32]


def read(folder: Path) -> dict[str, list[list[str]]]:
    """What earlier runs left in `folder`; nothing where it cannot be read."""
    try:
        kept = json.loads((folder / FINDINGS).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return kept if isinstance(kept, dict) else {}


def write(folder: Path, kept: Mapping[str, list[list[str]]], used: Iterable[str]) -> None:
    """Leaves `kept` for later runs; a folder that cannot be written to is no error."""
    wanted = kept if len(kept) <= MOST else {key: kept[key] for key in used}
    with contextlib.suppress(OSError):
        folder.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=folder, suffix=".json")
        try:
            with os.fdopen(handle, "w", encoding="utf-8") as stream:
                json.dump(wanted, stream)
            Path(name).replace(folder / FINDINGS)
        finally:
            Path(name).unlink(missing_ok=True)


def packed(problems: Iterable[Problem]) -> list[list[str]]:
    """Problems of one file as plain data, without its path."""
    return [[str(one.line), one.field, one.message, one.severity] for one in problems]


def unpacked(path: Path, found: Iterable[list[str]]) -> list[Problem]:
    """The problems again, of the file at `path`."""
    return [
        Problem(path, int(line), field, message, "error" if severity == "error" else "warning") for line, field, message, severity in found
    ]
