"""A YAML file of the evals directory as a checked document, or a refusal that names everything that is wrong in it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel

from agent.errors import InputError
from agent.library.check import check
from agent.library.lined_yaml import Lined, parse_yaml
from agent.library.problem import Problem, Wrong
from agent.library.source import read_text

MOST = 10
"""So many problems of a file are told."""

Model = TypeVar("Model", bound=BaseModel)


def read_checked(file: Path, model: type[Model], what: str) -> Model:
    """The document in a file; `what` it should be, such as "suite".

    Raises:
        InputError: the file cannot be read, or does not fit the model.
    """
    return checked(lined(file), file, model, what)


def lined(file: Path) -> Lined:
    """The data in a file.

    Raises:
        InputError: the file cannot be read, or is no YAML.
    """
    try:
        return parse_yaml(read_text(file), file)
    except Wrong as wrong:
        raise InputError(str(wrong)) from wrong


def checked(data: Lined, file: Path, model: type[Model], what: str) -> Model:
    """The document that a file's data hold.

    Raises:
        InputError: they do not fit the model.
    """
    try:
        return check(file, data, model)
    except Wrong as wrong:
        raise InputError(told(f"{file} is no {what}", [line for problem in sorted(wrong.problems) for line in _lines(problem)])) from wrong


def told(what: str, problems: Sequence[str]) -> str:
    """A refusal with its reasons: one behind the colon, several on a line each, and how many more there are."""
    if len(problems) == 1:
        return f"{what}: {problems[0]}"
    more = [f"and {len(problems) - MOST:,} more"] if len(problems) > MOST else []
    return "\n  ".join([f"{what}:", *problems[:MOST], *more])


def _lines(problem: Problem) -> list[str]:
    """A problem with the place of it, unless it is about the whole file; one that says several things, a line each."""
    place = f"line {problem.line}, {problem.field}: " if problem.field else ""
    return [f"{place}{message}" for message in problem.message.splitlines()]
