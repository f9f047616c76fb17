"""What a judge said of the canary when somebody last looked at it and agreed."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Literal

from pydantic import Field, ValidationError

from agent.document import Document
from agent.errors import InputError
from agent.evaluation.comparing.canary import FOLDER
from agent.evaluation.comparing.pins import pins_of
from agent.evaluation.runs.folder import write_whole
from agent.evaluation.why import why
from agent.verdict import GradeReport, State, Verdict

MOST_RUNS = 60
"""Older runs fall out when more are accepted."""


class Cell(Document):
    """One competency of one item: each answer's level, or the score of a single one; None for an answer without a level."""

    state: State
    answers: tuple[float | None, ...]


class Reading(Document):
    """One run over the canary, by item and competency."""

    pins: dict[str, tuple[str, ...]]
    items: dict[str, dict[str, Cell]]

    @property
    def errors(self) -> tuple[str, ...]:
        """Items on which a part that measures failed."""
        return tuple(item for item, cells in self.items.items() if any(cell.state is State.INSTRUMENT_ERROR for cell in cells.values()))


class Baseline(Document):
    """The accepted runs of one judge, the oldest first. All have the same pins, but for what the provider names."""

    format: Literal[1] = 1
    judge: str
    canary: str = Field(description="The sha256 of the canary they were made with.")
    runs: tuple[Reading, ...] = Field(min_length=1)

    def more(self, reading: Reading) -> Baseline:
        """The baseline with one more run."""
        return self.model_copy(update={"runs": (*self.runs, reading)[-MOST_RUNS:]})


def reading_of(reports: Mapping[str, GradeReport]) -> Reading:
    """What reports by item come to."""
    items = {item: {name: _cell(verdict) for name, verdict in report.verdicts.items()} for item, report in reports.items()}
    return Reading(pins=pins_of(reports.values()), items=items)


def place_of(judge: str, evals: Path) -> Path:
    """Where a judge's baseline lies, unless another file is named."""
    slug = re.sub(r"[^a-z0-9.]+", "-", judge.lower()).strip("-.")
    return evals / FOLDER / f"{slug}.json"


def read_baseline(file: Path) -> Baseline:
    """The baseline in a file.

    Raises:
        InputError: it is not there, or damaged.
    """
    try:
        return Baseline.model_validate_json(file.read_bytes())
    except OSError as error:
        raise InputError(f"there is no baseline in {file}; grade the canary once and keep it: the same command with --accept") from error
    except ValidationError as error:
        raise InputError(f"{file} is no baseline: {why(error)}; restore it, or --accept anew") from error


def write_baseline(baseline: Baseline, file: Path) -> None:
    """Writes a baseline, whole or not at all; a line for each item, so that a difference of two versions can be read.

    Raises:
        InputError: it cannot be written.
    """
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise InputError(f"cannot write {file}: {error.strerror}") from error
    write_whole(file, baseline.model_dump_json().replace('},"', '},\n"') + "\n")


def _cell(verdict: Verdict) -> Cell:
    levels = [level for opinion in verdict.opinions for level in opinion.levels]
    return Cell(state=verdict.state, answers=tuple(levels) if verdict.opinions else (verdict.score,))
