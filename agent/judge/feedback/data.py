"""The words and patterns of feedback: YAML files beside this module, checked when they are read, once per process."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TypeVar

from pydantic import Field, RootModel

from agent.document import CompetencyId, Cues, Document, Pattern, Slug, Text
from agent.feedback import Frame
from agent.library.lined_yaml import parse_yaml

FOLDER = Path(__file__).parent
D = TypeVar("D", "Templates", "Mistakes", "Frames", "Drills")


class Template(Document):
    """How a sentence of the candidate is taken up and continued."""

    text: Text = Field(description="The candidate's words as slots, what only they can know in brackets.")
    needs: Cues = Field(default=(), description="Only a sentence in which one of these occurs is taken up.")
    lacks: Cues = Field(default=(), description="A sentence in which one of these occurs has it already, and is not taken up.")


class CompetencyTemplates(Document):
    """The templates of one competency, by the id of the indicator that was missing."""

    instead: dict[Slug, Slug] = Field(default_factory=dict, description="By counter-indicator: the indicator that turns it round.")
    indicators: dict[Slug, tuple[Template, ...]]


class Templates(RootModel[dict[CompetencyId, CompetencyTemplates]]):
    """The templates of every competency they are written for."""


class MistakeKind(Document):
    """One mistake: how it is recognised, what excuses it, and the fix."""

    name: Text
    fix: Text = Field(description="One line that says what to do instead.")
    worst: int = Field(ge=1, le=100, description="Of several mistakes those with the highest number are shown.")
    heard: Pattern | None = Field(default=None, description="Recognised by its head, among sentences with one of the required words.")
    threshold: float = Field(default=0.5, description="What the head has to say at least.")
    sure: Cues = Field(default=(), description="Words that decide alone, in a sentence in lower case.")
    counted: Cues = Field(default=(), description="An answer in which `at_least` different ones of these occur has it.")
    at_least: int = Field(default=1, ge=1)
    shortest: int = Field(default=0, ge=0, description="A shorter answer is not counted, nor one with a figure, where this is given.")
    told_by: tuple[Text, ...] = Field(default=(), description="`competency/counter-indicator`: a verdict that quotes it says so.")
    asked: Cues = Field(default=(), description="Only in an answer to a turn in which one of these occurs.")
    after_twist: bool = Field(default=False, description="Only in the first answer after a twist.")
    first_answer: bool = Field(default=False, description="Only in the candidate's first answer.")
    excused: Cues = Field(default=(), description="An answer in which one of these occurs is not accused.")
    redeemed: Cues = Field(default=(), description="Nor one where one of these occurs in the next answer.")
    denied_by: tuple[Text, ...] = Field(
        default=(), description="`competency/indicator`: where a verdict heard that, the mistake is not shown."
    )
    competency: CompetencyId | None = Field(default=None, description="Where its level is 4 or 5, the mistake is not shown.")


class Mistakes(RootModel[dict[Slug, MistakeKind]]):
    """All mistakes, by id."""


class PartKind(Document):
    """One part of a frame: the words that give it away in a sentence, and what to add where none does."""

    name: Text
    cues: Cues = Field(min_length=1, description="The first of these that occurs anywhere decides which sentence is quoted.")
    hint: Text


class FrameKind(Document):
    """One frame: which questions ask for it, and its parts in order."""

    asked: Cues = Field(min_length=1, description="Words of an interviewer that ask for such an answer.")
    parts: tuple[PartKind, ...] = Field(min_length=3)


class Frames(RootModel[dict[Frame, FrameKind]]):
    """The frames that answers are held against."""


class DrillKind(Document):
    """One drill, for whom it is, and its text in variants: the first whose slots can be filled is taken."""

    title: Text
    minutes: int = Field(ge=5, le=15)
    mistakes: tuple[Slug, ...] = ()
    competencies: tuple[CompetencyId, ...] = ()
    texts: tuple[Text, ...] = Field(min_length=1)


class Drills(RootModel[dict[Slug, DrillKind]]):
    """All drills, by id."""


FILES: dict[str, type[Templates | Mistakes | Frames | Drills]] = {
    "templates": Templates,
    "mistakes": Mistakes,
    "frames": Frames,
    "drills": Drills,
}


@cache
def templates() -> dict[CompetencyId, CompetencyTemplates]:
    """The templates as shipped."""
    return _read("templates", Templates).root


@cache
def mistakes() -> dict[Slug, MistakeKind]:
    """The mistakes as shipped."""
    return _read("mistakes", Mistakes).root


@cache
def frames() -> dict[Frame, FrameKind]:
    """The frames as shipped."""
    return _read("frames", Frames).root


@cache
def drills() -> dict[Slug, DrillKind]:
    """The drills as shipped."""
    return _read("drills", Drills).root


def _read(name: str, model: type[D]) -> D:
    file = FOLDER / f"{name}.yaml"
    return model.model_validate(parse_yaml(file.read_text(encoding="utf-8"), file).data)
