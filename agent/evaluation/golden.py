"""A golden: a transcript, or a piece of one, that independent raters rated without seeing each other's ratings."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Literal, get_args

from pydantic import Field, model_validator

from agent.document import Document, Slug, Text
from agent.errors import InputError
from agent.evaluation.checked_file import read_checked
from agent.transcript import Mark, Role, Transcript, Turn

Split = Literal["train", "dev", "test"]
SPLITS: tuple[Split, ...] = get_args(Split)
CANDIDATE = "Candidate"


class Interviewer(Document):
    """What somebody in the room says. `twist` tells, in a neutral sentence, what changed with it."""

    name: Text
    role: Text
    text: Text
    twist: Text | None = None


class Said(Document):
    """One turn: the candidate's words, or an interviewer's."""

    candidate: Text | None = None
    interviewer: Interviewer | None = None

    @model_validator(mode="after")
    def _is_of_one(self) -> Said:
        if (self.candidate is None) == (self.interviewer is None):
            raise ValueError("a turn is either the candidate's or an interviewer's")
        return self


class Golden(Document):
    """One file of `evals/goldens/SPLIT/`. Goldens of one `family` share setting and question, and so the split."""

    id: Slug
    family: Slug
    format: Text = Field(description="The kind of interview, as a row of the formats that the product stages.")
    kind: Literal["answer", "excerpt", "session"] = Field(description="1 to 3, 4 to 8, or 9 and more turns of the candidate.")
    profile: Slug = Field(description="What kind of candidate the writer had in mind; raters and judges never see it.")
    title: Text
    brief: Text | None = Field(default=None, description="What the candidate was told before the first turn; raters see it.")
    provenance: Literal["author", "model", "human"] = Field(default="model", description="Who wrote it.")
    turns: tuple[Said, ...] = Field(min_length=2)

    @property
    def transcript(self) -> Transcript:
        """It as a judge gets it: without profile, family and provenance."""
        turns = tuple(_turn(number, said) for number, said in enumerate(self.turns, 1))
        marks = tuple(
            Mark(turn=number, kind="twist", label=f"twist-{number}", text=said.interviewer.twist)
            for number, said in enumerate(self.turns, 1)
            if said.interviewer and said.interviewer.twist
        )
        return Transcript(title=self.title, format=self.format, turns=turns, marks=marks, source=self.id)


def read_golden(file: Path) -> Golden:
    """The golden in a YAML file.

    Raises:
        InputError: the file cannot be read, or is no golden.
    """
    golden = read_checked(file, Golden, "golden")
    if golden.id != file.stem:
        raise InputError(f"{file}: the golden's id {golden.id!r} and the file's name differ; make them equal")
    return golden


def goldens(folder: Path, split: Split | None = None) -> Iterator[Golden]:
    """The goldens of one split, or of all, sorted by split and name.

    Raises:
        InputError: there is none, or a file is no golden.
    """
    files = [file for each in SPLITS if split in (None, each) for file in sorted((folder / each).glob("*.yaml"))]
    if not files:
        raise InputError(f"there are no goldens in {folder / (split or '')}; a golden is a YAML file in train, dev or test")
    yield from map(read_golden, files)


def _turn(number: int, said: Said) -> Turn:
    role: Role = "interviewer" if said.interviewer else "candidate"
    if said.interviewer:
        return Turn(number=number, role=role, speaker=said.interviewer.name, title=said.interviewer.role, text=said.interviewer.text)
    return Turn(number=number, role=role, speaker=CANDIDATE, text=said.candidate or "")
