"""What every interview built from a post has, read from the file beside this one."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from agent.document import CompetencyId, Cues, Document, Pattern, Slug, Text
from agent.library.lined_yaml import parse_yaml
from agent.library.source import read_text
from agent.scenario import Beat, Ending

FILE = Path(__file__).with_name("frame.yaml")


class FittingTwist(Document):
    """A twist that can come in such an interview, and the sentences of a post that it fits."""

    twist: Slug
    fits: Pattern
    slots: dict[str, Text]
    lines: tuple[Text, ...]


class Askable(Document):
    """Something that one asks about a place: the sentences of a post that say it, and the questions that want it."""

    id: Slug
    about: Text
    sign: Pattern
    asked: Pattern


class Frame(Document):
    """The fixed parts of the scene; see the file for what stands in for `%…%`."""

    format: Text
    title: Text
    brief: Text
    you: Text
    goal: Text
    role: Text
    minutes: int
    difficulty: int
    max_turns: int
    beats: tuple[Beat, ...]
    endings: tuple[Ending, ...]
    hints: dict[Slug, tuple[Text, ...]]
    competencies: dict[CompetencyId, Cues]
    twists: tuple[FittingTwist, ...]
    facts: tuple[Askable, ...]
    told: tuple[Text, ...]
    short: Text
    silent: tuple[Text, ...]
    silent_short: Text
    silent_term: Text


@cache
def frame() -> Frame:
    """The frame; the same for every post."""
    return Frame.model_validate(parse_yaml(read_text(FILE), FILE).data)
