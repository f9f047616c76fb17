"""A suite of simulated sessions: which scenes, which candidates, how many seeds, and what a scene has to separate."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple

from pydantic import Field, ValidationError, model_validator

from agent.document import Document, Slug, Text
from agent.errors import InputError
from agent.evaluation.checked_file import checked, lined
from agent.evaluation.suites import SCENES, is_graded, there_is_none


class Pair(NamedTuple):
    """Two candidates whom a scene has to tell apart: whose sessions have to score lower, and whose higher."""

    weak: str
    strong: str

    def __str__(self) -> str:
        return f"{self.strong} above {self.weak}"


class SceneSuite(Document):
    """One file `evals/suites/NAME.yaml` of simulated sessions."""

    id: Slug
    about: Text
    scenarios: tuple[Slug, ...] = Field(default=(), description="The scenes to play; all of the library where none is named.")
    candidates: tuple[Slug, ...] = Field(min_length=1, description="The simulated candidates who play each of them.")
    seeds: int = Field(ge=1, le=1000, description="Each scene is played by each candidate at the seeds 1 to this.")
    strong: Slug = Field(default="strong", description="The candidate whose sessions have to score higher, where there are no `contrasts`.")
    weak: Slug = Field(default="weak", description="The candidate whose sessions have to score lower, where there are no `contrasts`.")
    contrasts: tuple[tuple[Slug, Slug], ...] = Field(
        default=(), description="The pairs to tell apart, the lower one first: [[weak, middling], [middling, strong]]."
    )
    least: float = Field(
        default=0.8, gt=0.5, le=1, description="How often at least a strong session has to score higher than a weak one, 0.5 to 1."
    )

    @model_validator(mode="after")
    def _names_are_unique(self) -> SceneSuite:
        for names in (self.scenarios, self.candidates):
            twice = {name for name in names if names.count(name) > 1}
            if twice:
                raise ValueError(f"{', '.join(sorted(twice))}: named twice")
        return self

    @model_validator(mode="after")
    def _pairs_are_two(self) -> SceneSuite:
        for pair in self._stated:
            if pair.weak == pair.strong:
                raise ValueError(f"{pair.weak} cannot be told apart from {pair.strong}")
            if self._stated.count(pair) > 1:
                raise ValueError(f"{pair}: named twice")
        if circle := _circle(self._stated):
            raise ValueError(f"the pairs go round in a circle: {', '.join(map(str, circle))}")
        return self

    @property
    def pairs(self) -> tuple[Pair, ...]:
        """Who of those who play has to be told apart; where somebody between two does not play, those two. All, where no pair plays."""
        pairs = self._stated
        for absent in dict.fromkeys(name for pair in pairs for name in pair if name not in self.candidates):
            pairs = _without(pairs, absent)
        return tuple(pair for pair in pairs if {*pair} <= {*self.candidates}) or pairs

    @property
    def _stated(self) -> tuple[Pair, ...]:
        return tuple(Pair(*each) for each in self.contrasts) or (Pair(self.weak, self.strong),)

    @property
    def top(self) -> tuple[str, ...]:
        """The candidates above whom nobody has to score."""
        below = {pair.weak for pair in self.pairs}
        return tuple(dict.fromkeys(pair.strong for pair in self.pairs if pair.strong not in below))

    def but(self, changes: Mapping[str, Any]) -> SceneSuite:
        """The suite with these values instead.

        Raises:
            InputError: they do not fit.
        """
        try:
            return SceneSuite.model_validate({**self.model_dump(), **changes})
        except ValidationError as error:
            first = error.errors()[0]
            raise InputError(f"{first['input']!r} will not do: {first['msg'].removeprefix('Value error, ')}") from error


def _without(pairs: tuple[Pair, ...], absent: str) -> tuple[Pair, ...]:
    """The pairs with the neighbours of somebody absent joined; as they are where there are none on one side."""
    below = [pair.weak for pair in pairs if pair.strong == absent]
    above = [pair.strong for pair in pairs if pair.weak == absent]
    joined = [Pair(low, high) for low in below for high in above]
    return tuple(dict.fromkeys([*(pair for pair in pairs if absent not in pair), *joined])) if joined else pairs


def _circle(pairs: tuple[Pair, ...]) -> tuple[Pair, ...]:
    """The pairs of which each has one above and one below; nothing where they lead from somebody to somebody."""
    lower, higher = {pair.weak for pair in pairs}, {pair.strong for pair in pairs}
    left = tuple(pair for pair in pairs if pair.strong in lower and pair.weak in higher)
    return left if left == pairs else _circle(left)


def read_suite(file: Path) -> SceneSuite:
    """The suite in a YAML file, or that of a name in `evals/suites`.

    Raises:
        InputError: the file cannot be read, or is no suite of simulated sessions.
    """
    if file.suffix not in (".yaml", ".yml"):
        file = SCENES.with_name(f"{file.name}.yaml")
    if not file.is_file():
        raise there_is_none(str(file), file, "name its file with --suite")
    data = lined(file)
    if is_graded(data.data):
        raise InputError(f"{file} is no suite of simulated sessions: judges grade it; run it: hotseat evals run {file}")
    suite = checked(data, file, SceneSuite, "suite of simulated sessions")
    strangers = [name for pair in suite.contrasts for name in pair if name not in suite.candidates]
    if strangers:
        raise InputError(f"{file}: contrasts name {strangers[0]!r}, who is none of its candidates: {', '.join(suite.candidates)}")
    return suite
