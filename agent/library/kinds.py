"""The kinds of files in a library: where they lie, what they are called, which model they have to fit."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Literal, get_args

from pydantic import BaseModel, ConfigDict, Field, RootModel

from agent.candidate import SimulatedCandidate
from agent.document import Document, Pattern
from agent.errors import LibraryError
from agent.observation import Act
from agent.persona import Persona
from agent.questions import QuestionBank
from agent.rubric import Rubric
from agent.scenario import Scenario
from agent.twist import Twist
from agent.walkthrough import Walkthrough

Kind = Literal["persona", "scenario", "twist", "candidate", "rubric", "prompt", "acts", "slips", "questions"]
KINDS: tuple[Kind, ...] = get_args(Kind)
FileKind = Literal[Kind, "walkthrough"]
"""Everything that can be checked: what a library holds, and the plays that test it."""
YAML_SUFFIXES = (".yaml", ".yml")


class Acts(RootModel[dict[Act, Pattern]]):
    """How each act of a candidate is recognised."""

    model_config = ConfigDict(frozen=True)


class Slips(Document):
    """What a person in a scene must not say, recognised by meaning."""

    concedes: Pattern = Field(description="Gives up a view that the person still holds.")
    coaches: Pattern = Field(description="Praises, helps or grades the candidate, as nobody in the scene would.")


MODELS: dict[FileKind, type[BaseModel]] = {
    "persona": Persona,
    "scenario": Scenario,
    "twist": Twist,
    "candidate": SimulatedCandidate,
    "rubric": Rubric,
    "acts": Acts,
    "slips": Slips,
    "questions": QuestionBank,
    "walkthrough": Walkthrough,
}
FOLDERS: dict[Kind, str] = {
    "persona": "personas/cast",
    "scenario": "personas/scenarios",
    "twist": "personas/twists",
    "candidate": "personas/candidates",
    "rubric": "rubrics",
    "prompt": "prompts",
    "acts": "personas",
    "slips": "personas",
    "questions": "personas",
}
WALKTHROUGHS = "evals/walkthroughs"
ACTS_NAME = "acts"
SLIPS_NAME = "slips"
QUESTIONS_NAME = "questions"
SINGLE: dict[Kind, str] = {"acts": ACTS_NAME, "slips": SLIPS_NAME, "questions": QUESTIONS_NAME}
"""Kinds of which a library directory has one file, and what it is called."""


def walkthroughs_of(root: Path) -> Iterator[tuple[str, Path]]:
    """`SCENARIO/NAME` and path of every walkthrough beside a library directory, sorted."""
    yield from ((f"{path.parent.name}/{path.stem}", path) for path in _below(root / WALKTHROUGHS, 1) if _is_yaml(path))


def unread_folders(root: Path) -> Iterator[Path]:
    """Directories with data files that lie one level too deep to be read."""
    for kind in ("persona", "scenario", "twist", "candidate"):
        for entry in _entries(root / FOLDERS[kind]):
            if entry.is_dir() and any(_is_yaml(path) for path in entry.rglob("*")):
                yield entry


def files_of(kind: Kind, root: Path) -> Iterator[tuple[str, Path]]:
    """Name and path of every file of `kind` under one library directory, sorted.

    Raises:
        LibraryError: a directory is there and cannot be read.
    """
    folder = root / FOLDERS[kind]
    if kind in SINGLE:
        yield from ((path.stem, path) for path in _entries(folder) if path.stem == SINGLE[kind] and _is_yaml(path))
    elif kind == "rubric":
        yield from ((f"{path.parent.name}@{path.stem}", path) for path in _below(folder, 1) if _is_yaml(path))
    elif kind == "prompt":
        yield from ((_prompt_name(path), path) for path in _below(folder, 2) if path.suffix == ".j2")
    else:
        yield from ((path.stem, path) for path in _entries(folder) if _is_yaml(path))


def _prompt_name(path: Path) -> str:
    return f"{path.parent.parent.name}/{path.parent.name}@{path.stem}"


def _is_yaml(path: Path) -> bool:
    return path.suffix.lower() in YAML_SUFFIXES


def _below(folder: Path, depth: int) -> Iterator[Path]:
    for entry in _entries(folder):
        if depth == 0:
            yield entry
        elif entry.is_dir():
            yield from _below(entry, depth - 1)


def _entries(folder: Path) -> list[Path]:
    try:
        return sorted(entry for entry in folder.iterdir() if not entry.name.startswith("."))
    except FileNotFoundError:
        return []
    except OSError as error:
        raise LibraryError(f"{folder} cannot be read: {error.strerror}; a library keeps files in that directory") from error
