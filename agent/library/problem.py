"""One thing that is wrong with a data file, and where."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from agent.errors import InvalidDocument

Severity = Literal["error", "warning"]
Loc = tuple[str | int, ...]
"""A place inside a document: keys and list positions from the top."""


@dataclass(frozen=True, order=True)
class Problem:
    """A sentence about one field of one file. `line` counts from 1."""

    path: Path
    line: int
    field: str
    message: str
    severity: Severity = "error"

    def __str__(self) -> str:
        """`path:line: field: message`, as editors and CI understand it."""
        label = "" if self.severity == "error" else f"{self.severity}: "
        field = f"{self.field}: " if self.field else ""
        return f"{self.path}:{self.line}: {label}{field}{self.message}"


def field_name(loc: Loc) -> str:
    """A place as one writes it: `beats[2].points[0].ask`."""
    return "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in loc).removeprefix(".")


class Wrong(InvalidDocument):
    """A file that is wrong, with every problem found in it, one a line."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(str(problem) for problem in self.problems))
