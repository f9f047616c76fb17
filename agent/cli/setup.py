"""What a command needs before it can work: the screen, the engine, the store, as the options and the environment ask."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from agent.cli.screen import Screen
from agent.errors import InputError

if TYPE_CHECKING:
    from agent.engine import Engine
    from agent.models import Models
    from agent.store import LogStore


@dataclass(frozen=True)
class Options:
    """What the command line asked for."""

    scenario: str | None = None
    seed: int | None = None
    assessed: bool = False
    minutes: float | None = None
    answers: Path | None = None
    plain: bool = False
    library: Path | None = None
    fast: bool = False
    grade: bool = True
    calm: bool = False
    job_post: Path | None = None
    explain: bool = False
    model: str | None = None
    voice: str | None = None
    observer: str | None = None
    judge: str | None = None
    panel: str | None = None
    repeats: int | None = None
    examples: int | None = None
    record: Path | None = None


def is_person(options: Options) -> bool:
    """Whether somebody types the answers."""
    return options.answers is None and sys.stdin.isatty()


def ask(question: str) -> str:
    """What the user answers to the program itself.

    Raises:
        InputError: the input ends before there is an answer.
    """
    try:
        return input(question)
    except EOFError as error:
        raise InputError(f"the input ended at the question {question.strip()!r}; start again when you like") from error


def make_screen(options: Options) -> Screen:
    """The screen that the options, the environment and the terminal ask for."""
    from agent.settings import Settings

    settings = Settings.from_environment()
    plain = options.plain or settings.plain
    return Screen(plain=plain, color=settings.color and not plain, pauses=is_person(options) and not options.fast)


def make_engine(library: Path | None, models: Models | None = None) -> Engine:
    """The engine with the library of this user, and with models where a command needs them."""
    from agent.engine import Engine
    from agent.library import Library
    from agent.models import Models

    return Engine(library=Library.default(library), models=models or Models())


def open_store() -> LogStore:
    """This user's sessions."""
    from agent.settings import Settings
    from agent.store import LogStore

    return LogStore.open(Settings.from_environment().database)
